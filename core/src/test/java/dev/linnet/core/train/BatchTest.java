package dev.linnet.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.data.BatchLoader;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BatchTest {
  private static final int SIZE = 4;
  private static final float LOG_2 = (float) Math.log(2);

  private final ScalarBackend backend = new ScalarBackend(1);
  private final ParameterStore store = new ParameterStore(backend);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  /** Gives stored logits, whatever the images are. */
  private Program program() {
    GraphBuilder builder = new GraphBuilder();
    Node logits = builder.state("logits", Shape.of(SIZE, 2), new Initializer.Fill(0));
    Node labels = builder.input(Networks.LABELS, Shape.of(SIZE));
    Node loss = builder.add(new SoftmaxCrossEntropy(0), logits, labels);
    Graph graph = builder.build(Map.of(Networks.LOGITS, logits, Networks.LOSS, loss));
    store.initialize(graph, 0);
    return Program.compile(graph, store);
  }

  @Test
  void lossAndAccuracyAreMeansSinceTheStartOfTheEpoch() {
    Program program = program();
    BatchLoader loader = BatchLoader.evaluation(Shapes.images(6), SIZE, Shapes.normalization());
    Batch batch = new Batch(Shape.of(SIZE, 6, 6, 1), 2);
    batch.startEpoch();
    batch.step(program, loader, 0, 0); // equal logits: class 0, right for two of four
    Trainer.Epoch epoch = batch.epoch(1, 3);
    assertEquals(0.5, epoch.accuracy());
    assertEquals(LOG_2, epoch.loss(), 1e-6);
    float[] ones = {0, 30, 0, 30, 0, 30, 0, 30};
    store.put("logits", new Tensor(Shape.of(SIZE, 2), ones), false);
    batch.step(program, loader, 0, 1); // two images, of which one is of class 1
    epoch = batch.epoch(1, 3);
    assertEquals(3 / 6.0, epoch.accuracy());
    assertEquals((LOG_2 + 15) / 2, epoch.loss(), 1e-5);
    batch.startEpoch();
    assertEquals(new Trainer.Epoch(2, 3, 0, 0), batch.epoch(2, 3));
  }
}
