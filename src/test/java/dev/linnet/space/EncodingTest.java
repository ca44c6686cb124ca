package dev.linnet.space;

import static dev.linnet.space.Choice.intRange;
import static dev.linnet.space.Choice.oneOf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingTest {
  private static final SearchSpace TINY =
      SearchSpace.of(
              "tiny",
              List.of(oneOf("pool", "no", "yes"), intRange("size", 2, 4)),
              (chosen, task) -> (n, x) -> n.classifier("head", x, task.classes()))
          .canonicalizedBy(c -> c.is("pool", "no") ? c.reset("size") : c);
  private static final SearchSpace CELL = CellSpace.space();

  @Test
  void oneHotSetsTheChosenOptionOfEveryGeneAndNothingAround() {
    double[] out = new double[8];
    Arrays.fill(out, 7);
    Encoding.oneHot(TINY).encode(TINY.genotype(1, 2), out, 2);
    assertArrayEquals(new double[] {7, 7, 0, 1, 0, 0, 1, 7}, out);
  }

  @Test
  void equivalentGenotypesHaveOneVector() {
    Encoding oneHot = Encoding.oneHot(TINY);
    assertArrayEquals(oneHot.encode(TINY.genotype(0, 0)), oneHot.encode(TINY.genotype(0, 2)));
  }

  @Test
  void aPathIsTheSequenceOfItsOperations() {
    // of the operations but none, in order: skip, 1x1, 3x3, pool
    double[] vector =
        paths("|nor_conv_1x1~0|+|none~0|nor_conv_3x3~1|+|none~0|nor_conv_3x3~1|none~2|");
    assertEquals(84, vector.length);
    assertOnly(vector, 4 + (4 * 1 + 2));
    assertOnly(paths("|none~0|+|none~0|none~1|+|avg_pool_3x3~0|none~1|none~2|"), 3);
    assertOnly(
        paths("|nor_conv_1x1~0|+|none~0|nor_conv_3x3~1|+|none~0|none~1|avg_pool_3x3~2|"),
        4 + 16 + (16 * 1 + 4 * 2 + 3));
  }

  @Test
  void pathCountsLeaveOutSkipsAndSayHowManyPathsComputeTheSame() {
    double[] vector =
        Encoding.pathCounts(CELL)
            .encode(
                CELL.parse(
                    "|nor_conv_3x3~0|+|skip_connect~0|none~1|+|nor_conv_3x3~0|skip_connect~1|avg_pool_3x3~2|"));
    double[] expected = new double[1 + 3 + 9 + 27];
    expected[1 + 1] = 2; // 3x3 by itself, straight and over a skip
    expected[1 + 2] = 1; // the pool behind a skip
    assertArrayEquals(expected, vector);
    assertThrows(IllegalArgumentException.class, () -> Encoding.pathCounts(TINY));
    assertEquals(true, Encoding.hasPaths(CellSpace.space(5)));
    assertEquals(false, Encoding.hasPaths(TINY));
  }

  @Test
  void aCellOfFourPathsHasFourEntriesAndACellWithoutAPathHasNone() {
    assertOnly(
        paths(
            "|nor_conv_3x3~0|+|nor_conv_1x1~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|"),
        0,
        4 + (4 * 1 + 2),
        4 + (4 * 2 + 2),
        4 + 16 + (16 * 2 + 4 * 2 + 2));
    assertOnly(paths("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|"));
  }

  @Test
  void pathsNeedACellAndEncodingsTheirOwnSpace() {
    assertEquals(
        "the path encoding is for the space cell, not for tiny",
        assertThrows(IllegalArgumentException.class, () -> Encoding.paths(TINY)).getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> Encoding.oneHot(CELL).encode(TINY.genotype(0, 0)));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> Encoding.oneHot(TINY).encode(TINY.genotype(0, 0), new double[5], 1));
  }

  private static double[] paths(String cell) {
    return Encoding.paths(CELL).encode(CELL.parse(cell));
  }

  private static void assertOnly(double[] vector, int... ones) {
    double[] expected = new double[vector.length];
    Arrays.stream(ones).forEach(i -> expected[i] = 1);
    assertArrayEquals(expected, vector);
  }
}
