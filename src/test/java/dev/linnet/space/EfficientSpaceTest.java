package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.ImageShape;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EfficientSpaceTest {
  private static final SearchSpace SPACE = EfficientSpace.space();

  @Test
  void thereAreSixSizesOfEveryBaseNetwork() {
    assertEquals(BigInteger.valueOf(6 * 12 * 12 * 12 * 12 * 12), SPACE.size());
    assertEquals(SPACE.size(), SPACE.distinctSize().orElseThrow());
  }

  @Test
  void depthAndResolutionFollowTheCoefficient() {
    assertEquals(
        List.of(1, 2, 2, 2, 3, 3),
        IntStream.range(0, 6).mapToObj(c -> EfficientSpace.blocks(1, c)).toList());
    assertEquals(
        List.of(2, 3, 3, 4, 5, 5),
        IntStream.range(0, 6).mapToObj(c -> EfficientSpace.blocks(3, c)).toList());
    assertEquals(
        List.of(2, 2, 2, 1, 1, 1),
        IntStream.range(0, 6).mapToObj(EfficientSpace::divisor).toList());
  }

  @Test
  void everyStepOfTheCoefficientCostsMoreAndAllTogetherAboutAsMuchAsDoublingEach() {
    for (Task task : List.of(Graphs.FASHION, new Task(new ImageShape(224, 224, 3), 10))) {
      Chosen chosen = SPACE.chosen(SPACE.genotype(new int[SPACE.genes().size()]));
      long least = Graphs.inference(SPACE, chosen.genotype(), task).macs();
      long last = 0;
      for (int c = 0; c < 6; c++) {
        Genotype scaled = chosen.with("coefficient", Integer.toString(c)).genotype();
        long macs = Graphs.inference(SPACE, scaled, task).macs();
        assertTrue(macs > last, "coefficient " + c);
        last = macs;
      }
      double ratio = (double) last / least;
      assertTrue(ratio > 16 && ratio < 64, "2⁵ is 32, here " + ratio);
    }
  }
}
