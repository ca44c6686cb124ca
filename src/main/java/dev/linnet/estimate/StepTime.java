package dev.linnet.estimate;

import dev.linnet.core.data.BatchLoader;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Batch;
import dev.linnet.core.train.Evaluation;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.StepSettings;
import java.util.Arrays;

/**
 * Measures how long a training will take, by doing its first steps with weights that are dropped.
 */
public final class StepTime {
  private static final int MOST_STEPS = 64;
  private static final double WINDOW_SECONDS = 0.3;

  /** Kernels are compiled while others are measured: a window that is no faster says little. */
  private static final int SETTLED_WINDOWS = 4;

  /** What counts as faster. */
  private static final double FASTER = 0.95;

  private StepTime() {}

  /**
   * Seconds that one epoch of a training takes, validation included. Measures until steps get no
   * faster, since kernels have to be compiled.
   *
   * @param recipe how it will be trained
   * @param most seconds that this may take, about
   */
  public static double epochSeconds(
      Architecture architecture,
      SearchData data,
      Normalization normalization,
      Recipe recipe,
      Backend backend,
      double most) {
    BatchLoader loader =
        BatchLoader.training(data.train(), recipe.batch(), normalization, recipe.augmentation(), 0);
    Shape shape = Evaluation.batchShape(data.train(), recipe.batch());
    Graph graph = Networks.training(architecture, shape, Mode.TRAINING, Weights.own(), recipe);
    ParameterStore store = new ParameterStore(backend);
    store.initialize(graph, 0);
    try (Program program = Program.compile(graph, store)) {
      StepSettings settings = new StepSettings(recipe, 0);
      Batch batch = new Batch(shape, graph.output(Networks.LOGITS).shape().dim(1));
      Runnable step =
          () -> {
            settings.apply(program, 0, MOST_STEPS);
            batch.step(program, loader, 0, 0);
          };
      double perStep = settled(step, most);
      double validation = (double) data.validation().size() / recipe.batch() / 3; // forward alone
      return perStep * (loader.batches() + validation);
    }
  }

  private static double settled(Runnable step, double most) {
    long begin = System.nanoTime();
    double least = Double.POSITIVE_INFINITY;
    int windows = 0;
    do {
      double seconds = median(step, WINDOW_SECONDS);
      windows = seconds < FASTER * least ? 0 : windows + 1;
      least = Math.min(least, seconds);
    } while (windows < SETTLED_WINDOWS && (System.nanoTime() - begin) * 1e-9 < most);
    return least;
  }

  private static double median(Runnable step, double seconds) {
    double[] times = new double[MOST_STEPS];
    int steps = 0;
    long begin = System.nanoTime();
    long last = begin;
    while (steps < MOST_STEPS && (steps < 3 || (last - begin) * 1e-9 < seconds)) {
      step.run();
      long now = System.nanoTime();
      times[steps++] = (now - last) * 1e-9;
      last = now;
    }
    Arrays.sort(times, 0, steps);
    return times[steps / 2];
  }
}
