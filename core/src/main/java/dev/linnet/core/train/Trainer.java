package dev.linnet.core.train;

import dev.linnet.core.data.BatchLoader;
import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Trains one network from scratch by a recipe. */
public final class Trainer {
  /** Batches that the statistics of averaged weights are computed from. */
  private static final int CALIBRATION_BATCHES = 20;

  private final ParameterStore store;
  private final Recipe recipe;
  private final Normalization normalization;
  private final long seed;

  /**
   * What an epoch came to.
   *
   * @param number from 1
   * @param of all epochs
   * @param loss the mean over its steps
   * @param accuracy on the training images as the steps saw them, a fraction of 1
   */
  public record Epoch(int number, int of, double loss, double accuracy) {}

  /** Is told of every finished epoch. */
  @FunctionalInterface
  public interface Listener {
    /** Receives it. */
    void finished(Epoch epoch);
  }

  /**
   * A training to come.
   *
   * @param store receives the network's parameters, statistics and optimizer states
   * @param normalization of the training images
   * @param seed of first values, order, augmentation and dropout
   */
  public Trainer(ParameterStore store, Recipe recipe, Normalization normalization, long seed) {
    this.store = store;
    this.recipe = recipe;
    this.normalization = normalization;
    this.seed = seed;
  }

  /**
   * Trains. Afterwards the store holds the trained network; with an average, its parameters are the
   * averaged ones and the statistics are theirs.
   *
   * @param stop is asked before each step; true ends the training there
   * @return whether the training was done to its end
   * @throws DivergedException if the loss becomes NaN or infinite
   */
  public boolean train(
      Architecture architecture, ImageSet images, Listener listener, BooleanSupplier stop) {
    return train(architecture, images, 0, listener, stop);
  }

  /**
   * Goes on with a training: the result has the same bits as that of one without a break.
   *
   * @param done epochs whose end the store's contents are from; 0 for a training from the start
   * @param stop is asked before each step; true ends the training there
   * @return whether the training was done to its end
   * @throws DivergedException if the loss becomes NaN or infinite
   */
  public boolean train(
      Architecture architecture,
      ImageSet images,
      int done,
      Listener listener,
      BooleanSupplier stop) {
    BatchLoader loader =
        BatchLoader.training(images, recipe.batch(), normalization, recipe.augmentation(), seed);
    Shape shape = Evaluation.batchShape(images, recipe.batch());
    Graph graph = Networks.training(architecture, shape, Mode.TRAINING, Weights.own(), recipe);
    store.initialize(graph, seed);
    boolean finished;
    try (Program program = Program.compile(graph, store)) {
      finished = train(program, shape, loader, done, listener, stop);
    }
    if (finished && recipe.average() > 0) {
      useAverages(architecture, loader);
    }
    return finished;
  }

  private boolean train(
      Program program,
      Shape shape,
      BatchLoader loader,
      int done,
      Listener listener,
      BooleanSupplier stop) {
    StepSettings settings = new StepSettings(recipe, seed);
    Batch batch = new Batch(shape, program.graph().output(Networks.LOGITS).shape().dim(1));
    long steps = (long) recipe.epochs() * loader.batches();
    long step = (long) done * loader.batches();
    settings.skip(step);
    for (int epoch = done; epoch < recipe.epochs(); epoch++) {
      batch.startEpoch();
      for (int b = 0; b < loader.batches(); b++, step++) {
        if (stop.getAsBoolean()) {
          return false;
        }
        settings.apply(program, step, steps);
        batch.step(program, loader, epoch, b);
      }
      listener.finished(batch.epoch(epoch + 1, recipe.epochs()));
    }
    return true;
  }

  private void useAverages(Architecture architecture, BatchLoader loader) {
    for (String name : List.copyOf(store.names())) {
      if (name.startsWith(Networks.AVERAGE)) {
        store.put(name.substring(Networks.AVERAGE.length()), store.tensor(name), true);
      }
    }
    Calibration.run(architecture, store, Weights.own(), loader, CALIBRATION_BATCHES);
  }
}
