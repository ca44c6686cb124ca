package dev.linnet.bench;

import dev.linnet.bench.cases.Case;
import dev.linnet.bench.cases.Cases;
import dev.linnet.bench.guard.Baselines;
import dev.linnet.bench.guard.Check;
import dev.linnet.bench.guard.Checkout;
import dev.linnet.bench.guard.History;
import dev.linnet.bench.guard.Sample;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the benchmarks and prints a table; see bench/README.md. {@code ./linnet bench} starts it.
 *
 * <pre>
 *   java --add-modules jdk.incubator.vector -cp … dev.linnet.bench.Main [OPTION …]
 * </pre>
 */
public final class Main {
  private static final int ACCEPTED_OF = 3;

  private final Options options;
  private final List<Case> cases;
  private final Machine machine = Machine.current();
  private final String device;
  private final Suite suite;
  private final Table table;

  private Main(Options options) {
    this.options = options;
    this.cases = cases(options);
    this.table = new Table(cases);
    BackendProvider.Options threads = new BackendProvider.Options(options.threads());
    try (Backend backend = Backends.open(options.backend(), threads, line -> {})) {
      this.device = backend.description();
      this.suite =
          new Suite(
              backend.name(),
              options.threads(),
              options.quick(),
              options.verbose(),
              options.model());
    }
  }

  /** Ends the JVM with 0, with 1 for a failure, with 2 for a wrong command line. */
  public static void main(String[] args) {
    Options options;
    Main main;
    try {
      options = Options.parse(args);
      main = options.tiles() ? null : new Main(options);
    } catch (IllegalArgumentException e) {
      System.err.println("linnet: bench: " + e.getMessage());
      System.exit(2);
      return;
    }
    try {
      if (main == null) {
        Tiles.run(options);
        System.exit(0);
      }
      System.exit(main.run() ? 0 : 1);
    } catch (RunnerException | RuntimeException | IOException e) {
      System.err.println("linnet: bench: " + e.getMessage());
      System.exit(1);
    }
  }

  /** What the options choose. */
  static List<Case> cases(Options options) {
    List<Case> all =
        options.model() != null
            ? Cases.of(options.model())
            : options.quick() && options.filter() == null ? Cases.quick() : Cases.all();
    String filter = options.filter();
    List<Case> chosen =
        all.stream().filter(each -> filter == null || each.name().contains(filter)).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "--filter: no case has '"
              + filter
              + "' in its name; names begin with "
              + String.join(", ", kinds(all)));
    }
    return chosen;
  }

  /** What names begin with, up to the first slash. */
  private static Set<String> kinds(List<Case> cases) {
    return cases.stream()
        .map(each -> each.name().substring(0, each.name().indexOf('/')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean run() throws RunnerException, IOException {
    System.out.println(head(device, machine));
    System.out.printf(
        Locale.ROOT,
        "%d cases, about %.0f min%s%n%n",
        cases.size(),
        Math.ceil(Plan.seconds(cases, options.quick()) / 60),
        options.accept() == null ? "" : ", " + ACCEPTED_OF + " times");
    List<Measurement> measurements = measureAll();
    double[] peaks = measurements.stream().mapToDouble(Measurement::peak).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%npeak: %.1f GFLOP/s with %d bits (%.1f to %.1f among the forks)%n",
        Measurement.median(peaks),
        measurements.get(0).bits(),
        peaks[0],
        peaks[peaks.length - 1]);
    if (options.json() != null) {
      write(options.json(), ResultFile.json(options, machine, device, measurements));
    }
    if (options.roofline() != null) {
      write(options.roofline(), Roofline.draw(device + ", " + machine.model(), measurements));
    }
    return guard(measurements);
  }

  /** The first line of the output. */
  static String head(String device, Machine machine) {
    return device + "; " + machine.model() + "; Java " + Runtime.version() + "; " + Instant.now();
  }

  private List<Measurement> measureAll() throws RunnerException {
    System.out.println(table.head());
    List<Measurement> measurements = new ArrayList<>();
    for (Case each : cases) {
      measurements.add(measure(each));
    }
    return measurements;
  }

  private Measurement measure(Case each) throws RunnerException {
    Measurement measurement = suite.measure(each);
    System.out.println(table.row(measurement));
    return measurement;
  }

  /** Writes a file, and makes its folder. */
  static void write(Path file, String content) throws IOException {
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    Files.writeString(file, content);
  }

  /** Compares with the baseline, accepts, records; whatever was asked for. */
  private boolean guard(List<Measurement> first) throws RunnerException {
    Map<String, Double> fractions = new LinkedHashMap<>();
    first.forEach(m -> fractions.put(m.name(), m.fraction()));
    String cpu = machine.key(first.get(0).bits());
    boolean passed = options.check() == null || check(cpu, fractions);
    if (options.record() != null) {
      new History(options.record()).add(sample(cpu, fractions, options.record()));
      System.out.println("recorded in " + new History(options.record()).page());
    }
    if (options.accept() != null) {
      Sample accepted = sample(cpu, typical(fractions), options.accept());
      new Baselines(options.accept()).accept(accepted);
      System.out.println("the new baseline is " + new Baselines(options.accept()).file(cpu));
    }
    return passed;
  }

  private boolean check(String cpu, Map<String, Double> fractions) {
    Optional<Sample> baseline = new Baselines(options.check()).of(cpu);
    int java = Runtime.version().feature();
    if (baseline.isEmpty() || baseline.get().java() != java) {
      System.out.printf(
          "no baseline for %s on JDK %d in %s: nothing is compared. To make one: linnet bench"
              + " --quick --threads 1 --accept %s%n",
          cpu, java, options.check(), options.check());
      return true;
    }
    List<String> failures =
        Check.failures(baseline.get(), fractions, name -> again(name).fraction());
    Check.unknown(baseline.get(), fractions)
        .forEach(name -> System.out.println("no baseline yet for " + name));
    failures.forEach(failure -> System.out.println("SLOWER " + failure));
    System.out.printf(
        Locale.ROOT,
        "%d of %d cases are below %.0f %% of the baseline of %s (%s)%n",
        failures.size(),
        fractions.size(),
        100 * Check.LEAST,
        cpu,
        baseline.get().commit());
    return failures.isEmpty();
  }

  private Measurement again(String name) {
    try {
      return measure(Cases.named(name, options.model()));
    } catch (RunnerException e) {
      throw new IllegalStateException(name + ": " + e.getMessage(), e);
    }
  }

  /** Medians of three runs of all cases, the first of them given. */
  private Map<String, Double> typical(Map<String, Double> first) throws RunnerException {
    Map<String, List<Double>> tries = new LinkedHashMap<>();
    first.forEach((name, value) -> tries.put(name, new ArrayList<>(List.of(value))));
    for (int i = 1; i < ACCEPTED_OF; i++) {
      for (Measurement m : measureAll()) {
        tries.get(m.name()).add(m.fraction());
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    tries.forEach(
        (name, values) ->
            medians.put(
                name, Measurement.median(values.stream().mapToDouble(v -> v).sorted().toArray())));
    return medians;
  }

  private Sample sample(String cpu, Map<String, Double> fractions, Path folder) {
    return new Sample(
        Checkout.commit(folder),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Runtime.version().feature(),
        cpu,
        machine.model(),
        fractions);
  }
}
