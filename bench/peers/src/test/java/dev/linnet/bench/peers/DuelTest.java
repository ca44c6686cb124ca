package dev.linnet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.bench.ceiling.Ceilings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DuelTest {
  /** An engine that takes a known time. */
  private record Timed(long nanos, float result) implements Contender {
    @Override
    public void run() {
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }

    @Override
    public Map<String, float[]> results() {
      return Map.of("result", new float[] {result});
    }

    @Override
    public void close() {}
  }

  private static Comparison fight(float linnet, float peer) {
    Case each =
        new Case(
            "group",
            "name",
            1,
            Case.IMAGES,
            8,
            0.25,
            Case.TOLERANCE,
            () -> new Timed(500_000, linnet),
            "peer",
            () -> new Timed(1_000_000, peer));
    return Duel.quick(new Ceilings(1, 0)).fight(each);
  }

  @Test
  void anEngineOfHalfTheTimeIsTwiceAsFast() {
    Comparison comparison = fight(1, 1);
    assertEquals(2, comparison.ratio().median(), 0.1);
    assertTrue(comparison.ratio().low() <= comparison.ratio().median());
    assertTrue(comparison.ratio().high() >= comparison.ratio().median());
    assertEquals(16_000, comparison.linnet(), 800);
    assertEquals(8_000, comparison.peer(), 400);
    double gflops = comparison.linnet() * 0.25 / 8;
    assertEquals(gflops / comparison.peak(), comparison.fractionOfPeak(), 1e-9);
    assertTrue(comparison.agrees());
    assertEquals(2, (double) comparison.json().get("ratio"), 0.1);
  }

  @Test
  void anotherResultDoesNotAgree() {
    assertFalse(fight(1, 1.01f).agrees());
  }
}
