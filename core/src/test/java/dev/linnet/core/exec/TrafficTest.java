package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Images;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TrafficTest {
  /** Multiplications that occupy any number of threads. */
  private static final long BUSY = 1_000_000_000;

  @Test
  void anOperationMovesItsImagesAndItsWeights() {
    GraphBuilder builder = new GraphBuilder();
    Node x = builder.input("images", Shape.of(1, 4, 4, 3));
    Node w = builder.parameter("w", Shape.of(5, 3, 1, 1), Initializer.he(3));
    Node y = builder.add(new Conv2d(Window.same(1, 1), 1), x, w);
    y = builder.add(new Activation(Activation.Function.RELU), y);
    Graph graph = builder.build(Map.of("y", y));
    Layout[] layouts =
        graph.nodes().stream().map(n -> Layout.dense(n.shape())).toArray(Layout[]::new);
    assertEquals(
        new Traffic(
            16 * 15, 4 * 15, List.of(4L * 16 * (3 + 5), 4L * 16 * (5 + 5)), 4L * 16 * (3 + 5)),
        Traffic.of(graph, Images.of(graph), Head.none(graph), layouts));
  }

  @Test
  void asManyImagesAsFitShareTheWeights() {
    Traffic traffic = new Traffic(BUSY, 10, List.of(100L, 70L), 0);
    assertEquals(4, traffic.together(32, 1, 400));
    assertEquals(3, traffic.together(32, 1, 399));
    assertEquals(3, traffic.together(3, 1, 400));
  }

  @Test
  void theLargestValuesNeedNotFitWhereWeightsCostMore() {
    Traffic traffic = new Traffic(BUSY, 1000, List.of(300L, 200L, 200L, 100L), 0);
    assertEquals(2, traffic.together(32, 1, 400)); // 500 + 300; 1000 for one, 31 + 800 for all
    assertEquals(32, new Traffic(BUSY, 4000, List.of(300L, 100L), 0).together(32, 1, 400));
  }

  @Test
  void aBatchIsNotDividedWhereCopyingItsInputsAndOutputsCostsMore() {
    List<Long> product = List.of(20L);
    assertEquals(5, new Traffic(BUSY, 10, product, 8).together(8, 1, 100)); // 2 + 16; 1.25 + 20
    assertEquals(8, new Traffic(BUSY, 10, product, 10).together(8, 1, 100)); // 2 + 20
  }

  @Test
  void threadsHaveACacheEachAndImagesEach() {
    Traffic traffic = new Traffic(BUSY, 10, List.of(100L, 70L), 0);
    assertEquals(8, traffic.together(32, 2, 400));
    assertEquals(7, traffic.together(7, 2, 400));
    assertEquals(3, new Traffic(BUSY, 0, List.of(500L), 0).together(3, 4, 400));
    assertEquals(1, new Traffic(BUSY, 10, List.of(100L), 0).together(1, 2, 1000));
  }

  @Test
  void threadsHaveSomethingToShare() {
    Traffic traffic = new Traffic(2_000_000, 1, List.of(100L, 100L), 0); // 1,000,000 an operation
    assertEquals(1, traffic.together(64, 1, 100));
    assertEquals(22, traffic.together(64, 2, 1100)); // 20 would be enough, 22 fit
    assertEquals(20, traffic.together(20, 2, 100));
    assertEquals(64, new Traffic(0, 1, List.of(100L), 0).together(64, 2, 100));
  }

  @Test
  void whereNothingLeavesTheCacheTheBatchStaysWhole() {
    assertEquals(32, new Traffic(BUSY, 10, List.of(100L), 0).together(32, 1, Long.MAX_VALUE));
    assertEquals(33, new Traffic(BUSY, 0, List.of(), 0).together(33, 2, 1));
  }
}
