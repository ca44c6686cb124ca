package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import org.junit.jupiter.api.Test;

class DominanceTest {
  private static final double END = Double.POSITIVE_INFINITY;

  @Test
  void onlyWhatIsNowhereWorseAndSomewhereBetterDominates() {
    assertTrue(Dominance.dominates(new double[] {1, 2}, new double[] {1, 3}));
    assertFalse(Dominance.dominates(new double[] {1, 2}, new double[] {1, 2}));
    assertFalse(Dominance.dominates(new double[] {1, 2}, new double[] {2, 1}));
  }

  @Test
  void ranksAreThoseOfFrontsTakenAwayOneAfterTheOther() {
    double[][] losses = {{1, 4}, {3, 3}, {2, 2}, {4, 1}, {4, 4}, {2, 2}, {3, 4}};
    assertArrayEquals(new int[] {0, 1, 0, 0, 3, 0, 2}, Dominance.ranks(losses));
    assertArrayEquals(new int[0], Dominance.ranks(new double[0][]));
  }

  @Test
  void ofRandomPointsEveryRankIsOneMoreThanTheGreatestOfItsDominators() {
    RandomStream random = RandomStream.of(5);
    double[][] losses = new double[200][];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = new double[] {random.nextInt(20), random.nextInt(20), random.nextInt(20)};
    }
    int[] ranks = Dominance.ranks(losses);
    for (int i = 0; i < losses.length; i++) {
      int rank = 0;
      for (int j = 0; j < losses.length; j++) {
        rank = Dominance.dominates(losses[j], losses[i]) ? Math.max(rank, ranks[j] + 1) : rank;
      }
      assertEquals(rank, ranks[i]);
    }
  }

  @Test
  void crowdingIsTheDistanceOfTheNeighboursAsAPartOfTheRange() {
    double[][] losses = {{0, 10}, {10, 0}, {2, 6}, {1, 8}};
    assertArrayEquals(
        new double[] {END, END, 0.9 + 0.8, 0.2 + 0.4}, Dominance.crowding(losses), 1e-12);
    assertArrayEquals(new double[] {0, 0}, Dominance.crowding(new double[][] {{3, 3}, {3, 3}}));
  }

  @Test
  void aLossThatIsTheSameEverywhereMakesNoEnds() {
    double[][] losses = {{0, 7}, {1, 7}, {2, 7}};
    assertArrayEquals(new double[] {END, 1, END}, Dominance.crowding(losses), 1e-12);
  }
}
