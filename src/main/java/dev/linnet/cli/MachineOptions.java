package dev.linnet.cli;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.text.Nearest;
import java.util.ArrayList;
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

  /**
   * The name of a backend that exists, a device behind a colon if one is chosen, or {@code auto},
   * which is the default.
   *
   * @throws UsageException if there is none of that name
   * @throws CommandException with the reason if it is not usable here, or has no such device
   */
  String backend() {
    if (backend == null) {
      return Backends.AUTO;
    }
    List<String> known = new ArrayList<>(List.of(Backends.AUTO));
    Backends.providers().forEach(p -> known.add(p.name()));
    String plain = backend.split(":", 2)[0];
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
    return open(backend == null ? fallback : backend(), line -> {});
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
