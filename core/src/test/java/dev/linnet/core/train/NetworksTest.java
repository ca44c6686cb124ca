package dev.linnet.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.graph.Adam;
import dev.linnet.core.graph.BatchMoments;
import dev.linnet.core.graph.Derivative;
import dev.linnet.core.graph.GradientScale;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.MovingAverage;
import dev.linnet.core.graph.Sgd;
import dev.linnet.core.graph.Update;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetworksTest {
  private static final Shape IMAGES = Shape.of(4, 6, 6, 1);
  private static final int PARAMETERS = 4; // convolution, affine, dense weight, bias

  private static Graph training(Mode mode, Optimizer optimizer, float average) {
    Recipe recipe =
        new Recipe(1, 4, optimizer, new Schedule.Constant(0.1f), 0, 1, Augmentation.NONE, average);
    return Networks.training(Shapes.NETWORK, IMAGES, mode, Weights.own(), recipe);
  }

  private static long count(Graph graph, Class<?> op) {
    return graph.nodes().stream().filter(node -> op.isInstance(node.op())).count();
  }

  @Test
  void aTrainingStepUpdatesEveryParameterOnce() {
    Graph sgd = training(Mode.TRAINING, new Optimizer.NesterovSgd(0.9f, 0), 0);
    assertEquals(PARAMETERS, count(sgd, Leaf.Parameter.class));
    assertEquals(PARAMETERS, count(sgd, Sgd.class));
    assertEquals(1, count(sgd, GradientScale.class));
    assertEquals(1, count(sgd, MovingAverage.class)); // the running statistics
    assertEquals(List.of("loss", "logits"), List.copyOf(sgd.outputs().keySet()));
    assertEquals(Shape.of(1), sgd.output("loss").shape());
    assertEquals(Shape.of(4, 2), sgd.output("logits").shape());
    Graph adam = training(Mode.TRAINING, new Optimizer.AdamW(0.9f, 0.999f, 0), 0.9f);
    assertEquals(PARAMETERS, count(adam, Adam.class));
    assertEquals(1 + PARAMETERS, count(adam, MovingAverage.class)); // and the weights' averages
  }

  @Test
  void aSupernetStepTracksNoStatistics() {
    Graph graph = training(Mode.SUPERNET, new Optimizer.NesterovSgd(0.9f, 0), 0);
    assertEquals(0, count(graph, MovingAverage.class));
    assertEquals(PARAMETERS, count(graph, Sgd.class));
  }

  @Test
  void calibrationRenewsStatisticsAndTrainsNothing() {
    Graph graph = Networks.calibration(Shapes.NETWORK, IMAGES, Weights.own());
    assertEquals(1, count(graph, Update.class));
    assertEquals(1, count(graph, MovingAverage.class));
    assertEquals(0, count(graph, Derivative.class));
  }

  @Test
  void inferenceChangesNothingAndServesAnyBatch() {
    Graph graph = Networks.inference(Shapes.NETWORK, IMAGES, Weights.own());
    assertEquals(0, count(graph, Update.class));
    assertEquals(0, count(graph, BatchMoments.class));
    assertEquals(List.of("logits"), List.copyOf(graph.outputs().keySet()));
    Graph one = graph.withBatch(1);
    assertEquals(Shape.of(1, 2), one.output("logits").shape());
    assertEquals(graph.macs(), 4 * one.macs());
    assertEquals(
        Networks.inference(Shapes.NETWORK, Shape.of(1, 6, 6, 1), Weights.own()).toString(),
        one.toString());
  }

  @Test
  void aNetworkCostsWhatItsConvolutionsAndDenseLayersCost() {
    Graph graph = Networks.inference(Shapes.NETWORK, Shape.of(1, 6, 6, 1), Weights.own());
    assertEquals(36 * 6 * 9 + 2 * 6, graph.macs());
    assertEquals(6 * 9 + 2 * 6 + 2 * 6 + 2, graph.parameters());
    Graph step = training(Mode.TRAINING, new Optimizer.NesterovSgd(0.9f, 0), 0);
    assertTrue(step.macs() > 2 * 4 * graph.macs(), "forward and both derivatives");
  }
}
