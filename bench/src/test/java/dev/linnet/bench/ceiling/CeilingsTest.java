package dev.linnet.bench.ceiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CeilingsTest {
  /** {@code VectorLoops} cannot be loaded without the module. */
  private static List<Loops> loops() {
    List<Loops> loops = new ArrayList<>(List.of(new ScalarLoops()));
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      loops.add(new VectorLoops());
      loops.add(CompiledLoops.copy());
    }
    return loops;
  }

  @Test
  void aLoopDoesTheMultiplyAddsThatItCounts() {
    for (Loops each : loops()) {
      int lanes = each.bits() / 32;
      assertEquals(12 * lanes, each.macsPerRound());
      // s ← s/2 + 1/2 goes towards 1 from where each sum starts: 1/2, 3/2, 5/2 … 23/2
      double expected = 0;
      for (int k = 0; k < 12; k++) {
        expected += lanes * (1 + (k + 0.5 - 1) / (1 << 6));
      }
      assertEquals(expected, each.multiplyAdd(6, 0.5f), 1e-4);
    }
  }

  @Test
  void theTriadAddsAMultiple() {
    float[] a = new float[192];
    float[] b = new float[192];
    float[] c = new float[192];
    for (int i = 0; i < a.length; i++) {
      b[i] = i;
      c[i] = -2 * i + 1;
    }
    Ceilings.triad(a, b, c, 0.25f);
    for (int i = 0; i < a.length; i++) {
      assertEquals(b[i] + 0.25f * c[i], a[i]);
    }
  }

  @Test
  void ceilingsAreWhatTheTimesSay() {
    Ceilings ceilings = new Ceilings(1, 1 << 20);
    double gflops = ceilings.gflops();
    double gigabytes = ceilings.gigabytes();
    assertTrue(gflops > 0.1 && gflops < 10_000, gflops + " GFLOP/s");
    assertTrue(gigabytes > 0.1 && gigabytes < 10_000, gigabytes + " GB/s");
  }

  @Test
  void widerVectorsReachMore() {
    assumeTrue(loops().size() > 1, "the incubator module is not there");
    double scalar = new Ceilings(new ScalarLoops(), 1, 0).gflops();
    double vector = new Ceilings(CompiledLoops.vector(), 1, 0).gflops();
    assertTrue(vector > 1.5 * scalar, vector + " GFLOP/s with vectors, without " + scalar);
  }

  @Test
  void withoutBytesThereIsNoTriad() {
    assertEquals(0, new Ceilings(1, 0).gigabytes());
  }

  @Test
  void severalThreadsAreMeasuredTogether() {
    Ceilings ceilings = new Ceilings(2, 1 << 20);
    assertTrue(ceilings.gflops() > 0.1);
    assertTrue(ceilings.gigabytes() > 0.1);
  }
}
