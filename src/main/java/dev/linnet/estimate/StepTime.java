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
  private static final double WARM_UP_SECONDS = 0.5;
  private static final double MEASURED_SECONDS = 0.25;

  private StepTime() {}

  /**
   * Seconds that one epoch of a training takes, validation included.
   *
   * @param recipe how it will be trained
   */
  public static double epochSeconds(
      Architecture architecture,
      SearchData data,
      Normalization normalization,
      Recipe recipe,
      Backend backend) {
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
      median(step, WARM_UP_SECONDS);
      double perStep = median(step, MEASURED_SECONDS);
      double validation = (double) data.validation().size() / recipe.batch() / 3; // forward alone
      return perStep * (loader.batches() + validation);
    }
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
