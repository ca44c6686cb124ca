package dev.linnet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times kernels and networks on this machine. */
@Command(
    name = "bench",
    description = {
      "Time kernels, inference and a training step on this machine.",
      "",
      "Each case warms up for 2 s, then runs for 3 s (0.5 s and 1 s with --quick), at least 5 times."
          + " Printed are the median, the quartiles, and GFLOP/s by the median: two operations for"
          + " each multiply-accumulate of convolutions and dense layers, nothing else is counted."
          + " Images are random and already on the device."
    },
    footer = {
      "  linnet bench --threads 1",
      "  linnet bench --quick --filter training --json bench.json",
      "  linnet bench --model runs/first/model.linnet --backend scalar"
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private MachineOptions machine;

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      description = "Only the cases with this in their names.")
  private String filter;

  @Option(names = "--quick", description = "Shorter runs, rougher figures.")
  private boolean quick;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Time inference of this model instead.")
  private Path model;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the figures to this file; one that is there is replaced.")
  private Path json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<BenchCase> cases = cases();
    List<Map<String, Object>> rows = new ArrayList<>();
    try (Backend backend = machine.open(line -> {})) {
      out.println(backend.description() + "; Java " + Runtime.version());
      int width = cases.stream().mapToInt(c -> c.name().length()).max().orElse(0);
      for (BenchCase each : cases) {
        out.print(String.format(Locale.ROOT, "  %-" + width + "s  ", each.name()));
        out.flush();
        Timing timing = time(each, backend);
        double gflops = each.flops() / timing.medianMs() / 1e6;
        out.println(
            String.format(
                Locale.ROOT,
                "%10.4f ms (%.4f…%.4f, %d runs)  %.1f GFLOP/s",
                timing.medianMs(),
                timing.lowMs(),
                timing.highMs(),
                timing.runs(),
                gflops));
        out.flush();
        rows.add(row(each, timing, gflops));
      }
      if (json != null) {
        write(backend, rows);
      }
    }
    return 0;
  }

  private List<BenchCase> cases() {
    List<BenchCase> all =
        model == null ? BenchCase.builtIn() : BenchCase.of(ModelOptions.read(model));
    List<BenchCase> chosen =
        all.stream().filter(c -> filter == null || c.name().contains(filter)).toList();
    if (chosen.isEmpty()) {
      throw new UsageException(
          "--filter: no case has '"
              + filter
              + "' in its name; there are "
              + String.join(", ", all.stream().map(BenchCase::name).toList()));
    }
    return chosen;
  }

  private Timing time(BenchCase each, Backend backend) {
    try (Program program = each.compile(backend)) {
      return Timing.of(program::run, quick ? 0.5 : 2, quick ? 1 : 3, System::nanoTime);
    }
  }

  private static Map<String, Object> row(BenchCase each, Timing timing, double gflops) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", each.name());
    row.put("runs", timing.runs());
    row.put("medianMs", timing.medianMs());
    row.put("lowMs", timing.lowMs());
    row.put("highMs", timing.highMs());
    row.put("gflops", gflops);
    return row;
  }

  private void write(Backend backend, List<Map<String, Object>> rows) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("linnet", Main.version());
    all.put("java", Runtime.version().toString());
    all.put("backend", backend.name());
    all.put("device", backend.description());
    all.put("threads", machine.threads());
    all.put("quick", quick);
    all.put("cases", rows);
    Files.write(json, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
  }
}
