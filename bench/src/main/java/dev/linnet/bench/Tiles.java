package dev.linnet.bench;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.kernels.vector.TileBenchmark;
import dev.linnet.kernels.vector.TileMeasurement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures the tiles of the vector backend and prints a table of them. */
final class Tiles {
  /** The only one that has tiles. */
  static final String BACKEND = "vector";

  private static final int ROUNDS = 60;
  private static final int QUICK_ROUNDS = 9;
  private static final int MILLIS = 1; // short, so that the machine does not change meanwhile
  private static final double QUIET = 0.95;

  private Tiles() {}

  /**
   * Measures, prints, and writes the file if the options name one.
   *
   * @throws IllegalArgumentException with the reason if the backend is not usable
   */
  static void run(Options options) throws IOException {
    String device = device();
    Machine machine = Machine.current();
    System.out.println(Main.head(device, machine));
    TileBenchmark benchmark = new TileBenchmark(options.quick() ? QUICK_ROUNDS : ROUNDS, MILLIS);
    System.out.println();
    System.out.println(head());
    List<TileMeasurement> tiles = new ArrayList<>();
    benchmark.run(
        tile -> {
          tiles.add(tile);
          System.out.println(row(tile));
        });
    double[] peaks = tiles.stream().mapToDouble(TileMeasurement::peak).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%npeak: %.1f GFLOP/s with %d bits (%.1f to %.1f beside the tiles); * what the kernels take%n",
        Measurement.median(peaks),
        benchmark.bits(),
        peaks[0],
        peaks[peaks.length - 1]);
    if (peaks[0] < QUIET * peaks[peaks.length - 1]) {
      System.out.println("the machine was not quiet: the peak changed; measure again");
    }
    if (options.json() != null) {
      Main.write(options.json(), TileFile.json(options, machine, device, benchmark.bits(), tiles));
    }
  }

  private static String device() {
    if (Backends.providers().stream().noneMatch(each -> each.name().equals(BACKEND))) {
      throw new IllegalArgumentException(
          "--tiles measures the backend vector, which is not there: it needs a Java with the module"
              + " jdk.incubator.vector");
    }
    try (Backend backend = Backends.open(BACKEND, new BackendProvider.Options(1), line -> {})) {
      return backend.description();
    }
  }

  static String head() {
    return String.format(
        Locale.ROOT, "%-14s  %9s  %8s  %6s", "rows x vectors", "positions", "GFLOP/s", "peak");
  }

  static String row(TileMeasurement tile) {
    return String.format(
        Locale.ROOT,
        "%-14s  %9d  %8.1f  %6s%s",
        tile.name(),
        tile.positions(),
        tile.gflops(),
        Table.percent(tile.fraction()),
        tile.chosen() ? " *" : "");
  }
}
