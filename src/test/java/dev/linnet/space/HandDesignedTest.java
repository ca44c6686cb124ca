package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandDesignedTest {

  @Test
  void itsCostIsNearTheGivenOne() {
    for (Task task : List.of(Graphs.DIGITS, Graphs.FASHION, Graphs.CIFAR)) {
      for (long macs : new long[] {1_000_000, 2_000_000, 4_000_000, 8_000_000, 50_000_000}) {
        HandDesigned network = HandDesigned.comparable(task, macs);
        double ratio = (double) network.macs() / macs;
        assertTrue(ratio > 0.65 && ratio < 1.5, task + " " + macs + ": " + network);
      }
    }
  }

  @Test
  void itStatesTheCostOfItsGraph() {
    HandDesigned network = HandDesigned.comparable(Graphs.FASHION, 3_000_000);
    Graph graph = Graphs.inference(network.architecture(), Graphs.FASHION);
    assertEquals(network.macs(), graph.macs());
    assertEquals(Shape.of(1, 10), graph.output("logits").shape());
  }

  @Test
  void itsChannelsAreMultiplesOfEightAndItsNameSaysThem() {
    HandDesigned network = HandDesigned.comparable(Graphs.FASHION, 3_000_000);
    assertTrue(network.name().matches("resnet-8 \\(\\d+-\\d+-\\d+\\)"), network.name());
    Graphs.parameters(Graphs.inference(network.architecture(), Graphs.FASHION))
        .forEach(
            (name, shape) ->
                assertTrue(!name.endsWith("conv/weight") || shape.dim(0) % 8 == 0, name + shape));
    assertTrue(network.origin().contains("He et al. 2016"), network.origin());
  }

  @Test
  void theSmallestOneIsTakenWhereNoneIsSmallEnough() {
    assertTrue(HandDesigned.comparable(Graphs.CIFAR, 1).name().contains("8-8-16"));
  }
}
