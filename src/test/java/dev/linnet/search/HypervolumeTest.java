package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.linnet.core.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HypervolumeTest {

  @Test
  void oneLossIsALength() {
    assertEquals(3, Hypervolume.of(new double[][] {{4}, {2}, {9}}, 5), 1e-12);
  }

  @Test
  void theAreaOfAStaircaseIsThatOfItsSteps() {
    double[][] losses = {{1, 3}, {2, 2}, {3, 1}};
    assertEquals(6, Hypervolume.of(losses, 4, 4), 1e-12);
    assertEquals(6.0 / 9, Hypervolume.share(losses, new double[] {1, 1}, new double[] {4, 4}));
  }

  @Test
  void dominatedRepeatedAndOutlyingPointsAddNothing() {
    double[][] losses = {{1, 3}, {2, 2}, {2, 2}, {3, 1}, {3, 3}, {0, 4}, {5, 0}, {2, 3}};
    assertEquals(6, Hypervolume.of(losses, 4, 4), 1e-12);
    assertEquals(0, Hypervolume.of(new double[0][], 4, 4));
  }

  @Test
  void twoBoxesInThreeDimensionsCountTheirOverlapOnce() {
    double[][] losses = {{0, 0, 2}, {1, 1, 0}};
    assertEquals(9 + 12 - 4, Hypervolume.of(losses, 3, 3, 3), 1e-12);
  }

  @Test
  void inTwoThreeAndFourDimensionsItIsTheNumberOfDominatedCellsOfAGrid() {
    RandomStream random = RandomStream.of(11);
    int side = 7;
    for (int dimensions = 2; dimensions <= 4; dimensions++) {
      for (int round = 0; round < 20; round++) {
        double[][] losses = new double[1 + random.nextInt(12)][dimensions];
        for (double[] point : losses) {
          for (int k = 0; k < dimensions; k++) {
            point[k] = random.nextInt(side);
          }
        }
        double[] reference = new double[dimensions];
        Arrays.fill(reference, side);
        assertEquals(cells(losses, side, dimensions), Hypervolume.of(losses, reference), 1e-9);
      }
    }
  }

  private static int cells(double[][] losses, int side, int dimensions) {
    int count = 0;
    for (int cell = 0; cell < Math.pow(side, dimensions); cell++) {
      boolean dominated = false;
      for (double[] point : losses) {
        boolean covers = true;
        for (int k = 0, rest = cell; k < dimensions; k++, rest /= side) {
          covers &= point[k] <= rest % side;
        }
        dominated |= covers;
      }
      count += dominated ? 1 : 0;
    }
    return count;
  }

  @Test
  void theUsualReferenceIsTheWorstOfEveryLoss() {
    double[][] losses = {{1, 3}, {2, 2}, {3, 1}};
    assertArrayEquals(new double[] {3, 3}, Hypervolume.worst(losses));
    assertArrayEquals(new double[] {1, 1}, Hypervolume.ideal(losses));
  }

  @Test
  void pointsOfAnotherLengthAndInfiniteOnesAreRefused() {
    assertEquals(
        "hypervolume: 2 finite losses are needed for each point and the reference, not [1.0]",
        refused(new double[][] {{1}}, 4, 4));
    refused(new double[][] {{1, Double.NaN}}, 4, 4);
    refused(new double[0][], Double.POSITIVE_INFINITY);
  }

  private static String refused(double[][] losses, double... reference) {
    return assertThrows(IllegalArgumentException.class, () -> Hypervolume.of(losses, reference))
        .getMessage();
  }
}
