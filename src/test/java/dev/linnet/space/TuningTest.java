package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TuningTest {
  private static final SearchSpace CELL = Spaces.named("cell");
  private static final SearchSpace TUNED = Spaces.named("cell-tuned");

  @Test
  void aSpaceHasTwentySevenWaysOfTrainingPerNetwork() {
    assertEquals("cell-tuned", TUNED.name());
    assertEquals(CELL.size().multiply(BigInteger.valueOf(27)), TUNED.size());
    assertEquals(BigInteger.valueOf(6_466 * 27), TUNED.distinctSize().orElseThrow());
    assertEquals("cell-5-tuned", Spaces.named("cell-5-tuned").name());
  }

  @Test
  void theDecoderIgnoresHowANetworkIsTrained() {
    Genotype plain = CELL.genotype(2, 1, 3, 0, 0, 4);
    Genotype tuned = TUNED.genotype(2, 1, 3, 0, 0, 4, 1, 2, 2);
    assertEquals(
        Graphs.structure(Graphs.inference(CELL, plain, Graphs.DIGITS)),
        Graphs.structure(Graphs.inference(TUNED, tuned, Graphs.DIGITS)));
  }

  @Test
  void theRuleOfTheSpaceStillHolds() {
    Genotype plain = CELL.canonical(CELL.genotype(0, 0, 3, 1, 3, 3));
    Genotype tuned = TUNED.canonical(TUNED.genotype(0, 0, 3, 1, 3, 3, 1, 0, 2));
    assertArrayEquals(plain.values(), Arrays.copyOf(tuned.values(), 6));
    assertArrayEquals(new int[] {1, 0, 2}, Arrays.copyOfRange(tuned.values(), 6, 9));
    assertNotEquals(CELL.genotype(0, 0, 3, 1, 3, 3), plain);
  }
}
