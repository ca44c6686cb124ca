package dev.linnet.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import org.junit.jupiter.api.Test;

class RanksTest {

  @Test
  void wilcoxonsTestIsThatOfTheNormalApproximation() {
    double[] a = new double[11];
    double[] b = {-1, -2, 3, 4, 5, 6, 7, 8, 9, 10, 0};
    Ranks.Pair pair = Ranks.of(new double[][] {a, b}, false).pairs().get(0);
    assertEquals(0, pair.better());
    // ten differences, those of ranks 1 and 2 against the others: z = (27.5 - 3 - 0.5) / 9.8107
    assertEquals(0.01443, pair.p(), 2e-5);
    assertEquals(1, Ranks.of(new double[][] {a, b}, true).pairs().get(0).better());
  }

  @Test
  void ranksAreMeansOfTiesAndFriedmansTestSeesADifference() {
    double[][] losses = new double[3][20];
    for (int r = 0; r < 20; r++) {
      losses[0][r] = r;
      losses[1][r] = r + 1;
      losses[2][r] = r + 1;
    }
    Ranks ranks = Ranks.of(losses, false);
    assertArrayEquals(new double[] {1, 2.5, 2.5}, ranks.means());
    // with this tie correction the statistic is 2 · 20
    assertEquals(Math.exp(-20), ranks.friedman(), 1e-12);
    assertArrayEquals(new double[] {3, 1.5, 1.5}, Ranks.of(losses, true).means());
    assertEquals(1, ranks.pairs().get(2).p(), "equal strategies do not differ");
    assertEquals(0, ranks.pairs().get(0).better());
    assertTrue(ranks.pairs().get(0).p() < 0.001);
  }

  @Test
  void holmsCorrectionRaisesProbabilities() {
    double[][] losses = new double[3][30];
    for (int r = 0; r < 30; r++) {
      losses[0][r] = RandomStream.of(1, r).nextGaussian();
      losses[1][r] = losses[0][r] + 0.3 + 0.7 * RandomStream.of(2, r).nextGaussian();
      losses[2][r] = RandomStream.of(3, r).nextGaussian();
    }
    double alone = Ranks.of(new double[][] {losses[0], losses[1]}, false).pairs().get(0).p();
    Ranks three = Ranks.of(losses, false);
    double least = three.pairs().stream().mapToDouble(Ranks.Pair::p).min().orElseThrow();
    assertTrue(three.pairs().get(0).p() >= alone, "corrected");
    assertTrue(three.pairs().stream().allMatch(p -> p.p() <= 1 && p.p() >= least));
  }

  @Test
  void equalStrategiesAreRarelySaidToDiffer() {
    int wrong = 0;
    for (int study = 0; study < 400; study++) {
      double[][] losses = new double[2][25];
      for (int r = 0; r < 25; r++) {
        losses[0][r] = RandomStream.of(study, 1, r).nextGaussian();
        losses[1][r] = RandomStream.of(study, 2, r).nextGaussian();
      }
      wrong += Ranks.of(losses, false).pairs().get(0).p() < 0.05 ? 1 : 0;
    }
    assertTrue(wrong > 5 && wrong < 36, wrong + " of 400 at a level of 0.05");
  }

  @Test
  void theTailsAreThoseOfTables() {
    assertEquals(0.05, Distributions.normalTail(1.6448536269514722), 1e-10);
    assertEquals(0.5, Distributions.normalTail(0), 1e-12);
    assertEquals(0.975, Distributions.normalTail(-1.959963984540054), 1e-10);
    assertEquals(0.05, Distributions.chiSquareTail(3.841458820694124, 1), 1e-10);
    assertEquals(0.05, Distributions.chiSquareTail(11.070497693516351, 5), 1e-10);
    assertEquals(0.01, Distributions.chiSquareTail(23.20925115895436, 10), 1e-10);
  }
}
