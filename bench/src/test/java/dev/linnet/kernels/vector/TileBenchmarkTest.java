package dev.linnet.kernels.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TileBenchmarkTest {
  private static final int ROUNDS = 3;

  @BeforeEach
  void theModuleIsThere() {
    assumeTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "without the module jdk.incubator.vector");
  }

  @Test
  void theTilesThatTheKernelsTakeAreAmongThoseMeasured() {
    List<TileShape> chosen = TileBenchmark.shapes().stream().filter(TileBenchmark::chosen).toList();
    assertEquals(4, chosen.size()); // of one vector and two, of three taps and five
    for (int vectors = 1; vectors <= 2; vectors++) {
      int number = vectors;
      assertTrue(
          chosen.stream()
              .anyMatch(
                  shape ->
                      shape.taps() == 0
                          && shape.vectors() == number
                          && shape.rows() == TileShape.mostRows(number)));
    }
    for (int taps : new int[] {3, 5}) {
      int rows = TileShape.row(1000 * RowTile.MOST_ROWS, 1, taps).rows();
      assertTrue(chosen.stream().anyMatch(s -> s.taps() == taps && s.rows() == rows));
    }
  }

  @Test
  void noTileIsMeasuredTwice() {
    List<TileShape> shapes = TileBenchmark.shapes();
    assertEquals(shapes.size(), shapes.stream().distinct().count());
  }

  @Test
  void aTileIsMeasuredOverFewPositionsAndOverMany() {
    TileBenchmark benchmark = new TileBenchmark(ROUNDS, 1);
    try (TileCopies copies = new TileCopies(0)) {
      measured(benchmark.measure(copies, TileShape.packed(4, 2, TileBenchmark.PIXEL)), 16, 256);
      TileShape row = new TileShape(5, 1, TileBenchmark.PIXEL, true, 3);
      measured(benchmark.measure(copies, row), 15, 255); // whole rows of three taps
    }
  }

  @Test
  void disturbedRoundsDoNotCount() {
    TileBenchmark.Round quiet = new TileBenchmark.Round(90, 100, 100);
    TileBenchmark.Round disturbed = new TileBenchmark.Round(90, 100, 50);
    TileBenchmark.Round slow = new TileBenchmark.Round(30, 99, 101);
    assertEquals(List.of(quiet, slow), TileBenchmark.quiet(List.of(disturbed, slow, quiet)));
    assertEquals(0.9, quiet.fraction());
  }

  private static void measured(List<TileMeasurement> both, int few, int many) {
    assertEquals(List.of(few, many), both.stream().map(TileMeasurement::positions).toList());
    for (TileMeasurement each : both) {
      assertTrue(each.gflops() > 0, each.toString());
      assertTrue(each.peak() > 0, each.toString());
      assertTrue(each.fraction() > 0, each.toString());
    }
  }
}
