package dev.linnet.estimate;

import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.train.Evaluation;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Trainer;
import java.util.function.BooleanSupplier;

/** Trains networks from scratch, all in the same way: the estimate that the others stand in for. */
public final class StandAlone {
  private final SearchData data;
  private final Normalization normalization;
  private final Recipe recipe;
  private final Backend backend;
  private final long seed;

  /** Is told of every epoch. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Receives it.
     *
     * @param validation the accuracy on the validation images after it, a fraction of 1
     */
    void finished(Trainer.Epoch epoch, double validation);
  }

  /**
   * A trained network.
   *
   * @param architecture what was trained
   * @param store its parameters and statistics
   * @param validation its accuracy on the validation images, a fraction of 1
   * @param complete whether the training was done to its end
   */
  public record Trained(
      Architecture architecture, ParameterStore store, double validation, boolean complete) {
    /** The accuracy on other images of the same kind. */
    public double accuracy(ImageSet images, Normalization normalization) {
      return Evaluation.accuracy(architecture, store, Weights.own(), images, normalization);
    }

    /** The network in use, for a batch of one. */
    public Graph inference(SearchData data) {
      return Networks.inference(
          architecture, Evaluation.batchShape(data.train(), 1), Weights.own());
    }
  }

  /** Training by one recipe with one seed. */
  public StandAlone(
      SearchData data, Normalization normalization, Recipe recipe, Backend backend, long seed) {
    this.data = data;
    this.normalization = normalization;
    this.recipe = recipe;
    this.backend = backend;
    this.seed = seed;
  }

  /** The recipe. */
  public Recipe recipe() {
    return recipe;
  }

  /**
   * Trains a network.
   *
   * @param stop is asked before each step; true ends the training there
   * @throws dev.linnet.core.train.DivergedException if the loss becomes NaN or infinite
   */
  public Trained train(Architecture architecture, Listener listener, BooleanSupplier stop) {
    return train(architecture, new ParameterStore(backend), 0, listener, stop);
  }

  /**
   * Goes on with a training.
   *
   * @param store empty, or what it held after some epochs of this very training; modified
   * @param done the number of these epochs
   * @param stop is asked before each step; true ends the training there
   * @throws dev.linnet.core.train.DivergedException if the loss becomes NaN or infinite
   */
  public Trained train(
      Architecture architecture,
      ParameterStore store,
      int done,
      Listener listener,
      BooleanSupplier stop) {
    Trainer trainer = new Trainer(store, recipe, normalization, seed);
    boolean complete =
        trainer.train(
            architecture,
            data.train(),
            done,
            epoch -> listener.finished(epoch, validate(architecture, store)),
            stop);
    return trained(architecture, store, complete);
  }

  /**
   * A network as a training left it.
   *
   * @param complete whether the training was done to its end
   */
  public Trained trained(Architecture architecture, ParameterStore store, boolean complete) {
    return new Trained(architecture, store, validate(architecture, store), complete);
  }

  private double validate(Architecture architecture, ParameterStore store) {
    return Evaluation.accuracy(
        architecture, store, Weights.own(), data.validation(), normalization);
  }
}
