package dev.linnet.core.train;

import dev.linnet.core.data.BatchLoader;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.nn.Weights;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Computes running statistics of batch norm afresh, as the mean over a few batches: for weights
 * that were averaged or that a candidate took from a supernet.
 */
public final class Calibration {
  private Calibration() {}

  /**
   * Replaces the statistics in the store.
   *
   * @param weights where the parameters come from
   * @param loader of training images
   * @param batches how many to look at, at most; the first epoch's
   */
  public static void run(
      Architecture architecture,
      ParameterStore store,
      Weights weights,
      BatchLoader loader,
      int batches) {
    run(architecture, store, weights, loader, batches, () -> false);
  }

  /**
   * Replaces the statistics in the store, unless it is stopped.
   *
   * @param stop is asked before each batch
   * @throws CancellationException if it was stopped
   */
  public static void run(
      Architecture architecture,
      ParameterStore store,
      Weights weights,
      BatchLoader loader,
      int batches,
      BooleanSupplier stop) {
    Graph graph =
        Networks.calibration(
            architecture, Evaluation.batchShape(loader.set(), loader.batchSize()), weights);
    store.initialize(graph, 0);
    float[] images = new float[loader.batchSize() * loader.set().shape().values()];
    float[] labels = new float[loader.batchSize()];
    try (Program program = Program.compile(graph, store)) {
      for (int b = 0; b < Math.min(batches, loader.batches()); b++) {
        Evaluation.goOnUnless(stop);
        loader.fill(0, b, images, labels);
        program.set(Networks.IMAGES, images);
        program.set(NetworkBuilder.STATISTICS_RATE, 1f / (b + 1)); // the mean so far
        program.run();
      }
    }
  }
}
