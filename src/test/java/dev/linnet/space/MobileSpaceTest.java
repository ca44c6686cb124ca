package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.tensor.RandomStream;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class MobileSpaceTest {
  private static final SearchSpace SPACE = MobileSpace.space();

  @Test
  void thereAreAsManyNetworksAsThePaperSaysTimesWhatIsChosenBesides() {
    BigInteger ofStage = BigInteger.valueOf(9 * 9 + 9 * 9 * 9 + 9 * 9 * 9 * 9);
    assertEquals(2e19, ofStage.pow(5).doubleValue(), 0.3e19, "arXiv:1908.09791, section 3.1");
    BigInteger besides = BigInteger.valueOf(3 * 3).multiply(BigInteger.valueOf(4).pow(5));
    assertEquals(ofStage.pow(5).multiply(besides), SPACE.distinctSize().orElseThrow());
  }

  @Test
  void blocksBeyondTheDepthMakeNoDifference() {
    RandomStream random = RandomStream.of(8);
    for (int i = 0; i < 10; i++) {
      Genotype genotype = SPACE.sample(random);
      assertEquals(
          Graphs.structure(Graphs.inference(SPACE, genotype, Graphs.DIGITS)),
          Graphs.structure(Graphs.inference(SPACE, SPACE.canonical(genotype), Graphs.DIGITS)));
    }
  }

  @Test
  void everyChoiceChangesTheCost() {
    Genotype base = SPACE.genotype(new int[SPACE.genes().size()]);
    for (Task task : List.of(Graphs.DIGITS, Graphs.FASHION)) {
      Graph graph = Graphs.inference(SPACE, base, task);
      for (Genotype neighbour : SPACE.neighbours(base)) {
        Graph other = Graphs.inference(SPACE, neighbour, task);
        boolean same = other.macs() == graph.macs() && other.parameters() == graph.parameters();
        boolean activation = SPACE.chosen(neighbour).toString().contains("hard-swish");
        assertEquals(activation, same, SPACE.chosen(neighbour).toString());
      }
    }
  }

  @Test
  void aSmallerResolutionCostsAboutItsSquare() {
    Chosen full = SPACE.chosen(SPACE.genotype(new int[SPACE.genes().size()]));
    Chosen half = full.with("resolution", "half");
    Chosen third = full.with("resolution", "third");
    Task large = new Task(new ImageShape(224, 224, 3), 10);
    assertEquals(1 / 4.0, macs(half, large) / macs(full, large), 0.02);
    assertEquals(1 / 9.0, macs(third, large) / macs(full, large), 0.04);
    assertEquals(1 / 4.0, macs(half, Graphs.FASHION) / macs(full, Graphs.FASHION), 0.06);
    assertTrue(macs(third, Graphs.FASHION) < 0.8 * macs(half, Graphs.FASHION));
  }

  private static double macs(Chosen chosen, Task task) {
    return Graphs.inference(SPACE, chosen.genotype(), task).macs();
  }

  @Test
  void theNetworkOfThePaperSizeHasFiveHalvingsAndSmallImagesHaveFewer() {
    assertPlan(224, 2, List.of(2, 2, 2, 1, 2), 7);
    assertPlan(64, 1, List.of(2, 2, 2, 1, 2), 4);
    assertPlan(32, 1, List.of(2, 2, 1, 2, 1), 4);
    assertPlan(28, 1, List.of(2, 2, 1, 2, 1), 4);
    assertPlan(16, 1, List.of(2, 1, 2, 1, 1), 4);
    assertPlan(8, 1, List.of(1, 2, 1, 1, 1), 4);
  }

  private static void assertPlan(int size, int stem, List<Integer> strides, int last) {
    MobilePlan plan = MobilePlan.of(new ImageShape(size, size + 3, 1));
    assertEquals(stem, plan.stem());
    assertEquals(strides, plan.strides());
    int left = (size + stem - 1) / stem;
    for (int stride : strides) {
      left = (left + stride - 1) / stride;
    }
    assertEquals(last, left);
  }

  @Test
  void widthsAreMultiplesOfEight() {
    MobilePlan plan = MobilePlan.of(new ImageShape(28, 28, 1));
    assertEquals(8, plan.width(0, 0.25));
    assertEquals(32, plan.width(3, 0.75));
    assertEquals(40, plan.width(5, 0.5));
  }

  @Test
  void itsNetworksForFashionAreSmallEnoughForTwoCores() {
    RandomStream random = RandomStream.of(1);
    double sum = 0;
    for (int i = 0; i < 100; i++) {
      sum += Graphs.inference(SPACE, SPACE.sample(random), Graphs.FASHION).macs();
    }
    assertTrue(sum / 100 < 5e6, "mean of " + sum / 100 + " MACs");
  }
}
