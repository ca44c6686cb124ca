package dev.linnet.cli;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.exec.Precision;
import dev.linnet.text.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Where to compute. */
final class MachineOptions {
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--backend",
      paramLabel = "NAME[:DEVICE]",
      description =
          "Backend, see linnet devices; DEVICE is the number of one of its devices or a part of its"
              + " name; auto takes the best (default: auto; predict: scalar, which is the quickest"
              + " for a few images).")
  private String backend;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads; results do not depend on it (default: all cores; bench: 1).")
  private Integer threads;

  @Option(
      names = "--precision",
      paramLabel = "fp32|tf32",
      description =
          "How exactly convolutions and dense layers take their operands; tf32 rounds them to 11"
              + " bits for the tensor cores of --backend cuda on GPUs of compute capability 8.0 and"
              + " newer (default: fp32).")
  private String precision;

  /**
   * The name of a backend that exists, a device behind a colon and a precision behind a slash if
   * one is chosen, or {@code auto}, which is the default.
   *
   * @throws UsageException if there is none of that name, or it has no such precision
   * @throws CommandException with the reason if it is not usable here, or has no such device
   */
  String backend() {
    return backendOr(Backends.AUTO);
  }

  private String backendOr(String fallback) {
    String name = backend == null ? fallback : known();
    if (precision == null) {
      return name;
    }
    List<String> names = Arrays.stream(Precision.values()).map(Precision::toString).toList();
    if (!names.contains(precision)) {
      throw new UsageException("--precision: " + Nearest.unknown("precision", precision, names));
    }
    if (precision.equals(Precision.FP32.toString())) {
      return name;
    }
    try {
      Backends.check(name + "/" + precision);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--precision: "
              + e.getMessage()
              + "; tf32 is for --backend cuda on a GPU of compute capability 8.0 or newer");
    }
    return name + "/" + precision;
  }

  private String known() {
    List<String> known = new ArrayList<>(List.of(Backends.AUTO));
    Backends.providers().forEach(p -> known.add(p.name()));
    String plain = backend.split("[:/]", 2)[0];
    String leftOut = LeftOut.all().get(plain);
    if (leftOut != null && !known.contains(plain)) {
      throw new CommandException("--backend: backend " + plain + " is not usable: " + leftOut);
    }
    if (!known.contains(plain)) {
      throw new UsageException("--backend: " + Nearest.unknown("backend", plain, known));
    }
    try {
      Backends.check(backend);
    } catch (IllegalArgumentException e) {
      throw new CommandException("--backend: " + e.getMessage(), e);
    }
    return backend;
  }

  /**
   * The number of threads.
   *
   * @throws UsageException if it is out of range
   */
  int threads() {
    return threadsOr(Runtime.getRuntime().availableProcessors());
  }

  /** As {@link #threads()}, with another default. */
  int threadsOr(int fallback) {
    if (threads == null) {
      return fallback;
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new UsageException("--threads must be in 1…" + MOST_THREADS + ", got " + threads);
    }
    return threads;
  }

  /**
   * Opens the backend.
   *
   * @param log receives one line for {@code auto}: which, and why not the better ones
   * @throws CommandException with the reason if it is not usable here
   */
  Backend open(Consumer<String> log) {
    return open(backend(), log);
  }

  /** As {@link #open(Consumer)}, with another default. */
  Backend openOr(String fallback) {
    return open(backendOr(fallback), line -> {});
  }

  private Backend open(String name, Consumer<String> log) {
    BackendProvider.Options options = new BackendProvider.Options(threads());
    try {
      return Backends.open(name, options, log);
    } catch (IllegalArgumentException e) {
      throw new CommandException("--backend: " + e.getMessage(), e);
    }
  }
}
