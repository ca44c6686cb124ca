package dev.linnet.search;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Trainer;
import dev.linnet.estimate.Recipes;
import dev.linnet.supernet.Supernet;
import java.util.function.BooleanSupplier;

/** The first phase: trains the supernet. */
final class SupernetPhase {
  /** The share of what is left of a budget that the supernet gets. */
  private static final double SHARE = 0.28;

  /** The shares of a budget that finding out how long a step takes uses. */
  private static final double LEAST_PROBE = 0.03;

  private static final double MOST_PROBE = 0.12;

  /** Kernels take about this long to be compiled, also in a short budget. */
  private static final double COMPILING_SECONDS = 6;

  private static final double MOST_SHORT_PROBE = 0.4;
  private static final int ENOUGH_STEPS = 90;
  private static final int MOST_PROBE_STEPS = 20_000;
  private static final int MOST_EPOCHS = 200;

  private final RunContext run;

  SupernetPhase(RunContext run) {
    this.run = run;
  }

  /** The plan with the number of epochs that the budget allows, if there is one. */
  SearchPlan plan(SearchPlan plan) {
    if (!run.budget().limited()) {
      return plan;
    }
    run.progress().phase("measuring the supernet's step", 0);
    Supernet probe = supernet(1, run.backend());
    double perEpoch = stepSeconds(probe) * probe.stepsPerEpoch();
    int epochs = (int) Math.min(MOST_EPOCHS, SHARE * run.budget().left() / perEpoch);
    boolean interrupted = run.interrupted().getAsBoolean(); // then nothing was measured
    if (epochs < 1 && !interrupted) {
      double needed = run.budget().elapsed() + perEpoch / SHARE;
      throw new IllegalArgumentException(
          "budget: %.0f s are too short for %s; one epoch of the supernet takes %.0f s, so at least %.0f s are needed"
              .formatted(
                  run.budget().seconds(),
                  run.options().data().name(),
                  Math.ceil(perEpoch),
                  Math.ceil(1.1 * needed)));
    }
    return plan.withSupernetEpochs(Math.max(1, epochs));
  }

  /**
   * The mean seconds of a step once kernels are compiled: the last third of a probe that lasts
   * until it has enough steps, and no longer than its share of the budget.
   */
  private double stepSeconds(Supernet probe) {
    double least = LEAST_PROBE * run.budget().seconds();
    double most =
        Math.max(
            MOST_PROBE * run.budget().seconds(),
            Math.min(COMPILING_SECONDS, MOST_SHORT_PROBE * run.budget().seconds()));
    double[] ends = new double[MOST_PROBE_STEPS];
    int[] count = {0};
    long begin = System.nanoTime();
    BooleanSupplier enough =
        () -> {
          double spent = (System.nanoTime() - begin) * 1e-9;
          boolean measured = count[0] >= ENOUGH_STEPS && spent >= least;
          return measured || spent >= most || count[0] == ends.length || run.stopped();
        };
    while (!enough.getAsBoolean()) {
      probe.trainEpoch(
          0,
          (genotype, reason) -> {},
          steps -> ends[count[0]++] = (System.nanoTime() - begin) * 1e-9,
          enough);
    }
    int steps = count[0];
    if (steps < 3) {
      return most;
    }
    int first = steps - Math.max(1, steps / 3);
    return (ends[steps - 1] - ends[first - 1]) / (steps - first);
  }

  /** Trains for the planned epochs, or until the run is stopped. */
  Supernet train(SearchPlan plan) {
    Supernet supernet = supernet(plan.supernetEpochs(), run.backend());
    long steps = (long) plan.supernetEpochs() * supernet.stepsPerEpoch();
    run.progress().phase("training the supernet", steps);
    for (int epoch = 0; epoch < plan.supernetEpochs() && !run.stopped(); epoch++) {
      Trainer.Epoch result =
          supernet.trainEpoch(epoch, run.events()::pathFailed, run.progress()::step, run::stopped);
      run.events().supernetEpoch(result);
    }
    return supernet;
  }

  private Supernet supernet(int epochs, Backend backend) {
    Recipe recipe =
        Recipes.supernet(run.data().train().size(), run.options().data().augmentation(), epochs);
    return new Supernet(
        run.options().space(),
        run.data(),
        run.normalization(),
        recipe,
        backend,
        run.options().seed());
  }
}
