package dev.linnet.core.train;

import dev.linnet.core.data.BatchLoader;
import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Measures how many images a network classifies correctly. */
public final class Evaluation {
  private static final int BATCH = 128;

  private Evaluation() {}

  /**
   * The top-1 accuracy, a fraction of 1.
   *
   * @param store holds the network's parameters and statistics
   * @param weights where the parameters come from
   * @throws DivergedException if the network gives no finite logit for an image
   */
  public static double accuracy(
      Architecture architecture,
      ParameterStore store,
      Weights weights,
      ImageSet images,
      Normalization normalization) {
    return accuracy(architecture, store, weights, images, normalization, () -> false);
  }

  /**
   * The top-1 accuracy, a fraction of 1, unless it is stopped.
   *
   * @param stop is asked before each batch
   * @throws DivergedException if the network gives no finite logit for an image
   * @throws CancellationException if it was stopped
   */
  public static double accuracy(
      Architecture architecture,
      ParameterStore store,
      Weights weights,
      ImageSet images,
      Normalization normalization,
      BooleanSupplier stop) {
    Graph graph = Networks.inference(architecture, batchShape(images, 1), weights);
    return accuracy(graph, store, images, normalization, stop);
  }

  /**
   * The top-1 accuracy of a network that is built for inference, a fraction of 1.
   *
   * @param network with the input {@code images} and the output {@code logits}, for any batch
   * @param store holds its parameters and statistics
   * @throws DivergedException if the network gives no finite logit for an image
   */
  public static double accuracy(
      Graph network, ParameterStore store, ImageSet images, Normalization normalization) {
    return accuracy(network, store, images, normalization, () -> false);
  }

  private static double accuracy(
      Graph network,
      ParameterStore store,
      ImageSet images,
      Normalization normalization,
      BooleanSupplier stop) {
    int size = Math.min(BATCH, images.size());
    BatchLoader loader = BatchLoader.evaluation(images, size, normalization);
    Graph graph = network.withBatch(size);
    Batch batch = new Batch(batchShape(images, size), graph.output(Networks.LOGITS).shape().dim(1));
    batch.startEpoch();
    try (Program program = Program.compile(graph, store)) {
      for (int b = 0; b < loader.batches(); b++) {
        goOnUnless(stop);
        batch.evaluate(program, loader, b);
      }
    }
    return batch.accuracy();
  }

  static void goOnUnless(BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      throw new CancellationException("stopped");
    }
  }

  /** The shape of a batch of these images, {@code [N, H, W, C]}. */
  public static Shape batchShape(ImageSet images, int batch) {
    return Shape.of(
        batch, images.shape().height(), images.shape().width(), images.shape().channels());
  }
}
