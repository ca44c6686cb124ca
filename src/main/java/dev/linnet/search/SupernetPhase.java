package dev.linnet.search;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Trainer;
import dev.linnet.estimate.Recipes;
import dev.linnet.supernet.Supernet;
import java.util.Arrays;

/** The first phase: trains the supernet. */
final class SupernetPhase {
  /** The share of what is left of a budget that the supernet gets. */
  private static final double SHARE = 0.28;

  /** The share that finding out how long a step takes may use. */
  private static final double PROBE_SHARE = 0.04;

  private static final double LONGEST_PROBE_SECONDS = 8;
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
    if (epochs < 1) {
      double needed = run.budget().elapsed() + perEpoch / SHARE;
      throw new IllegalArgumentException(
          "budget: %.0f s are too short for %s; one epoch of the supernet takes %.0f s, so at least %.0f s are needed"
              .formatted(
                  run.budget().seconds(),
                  run.options().data().name(),
                  Math.ceil(perEpoch),
                  Math.ceil(1.1 * needed)));
    }
    return plan.withSupernetEpochs(epochs);
  }

  private double stepSeconds(Supernet probe) {
    double most = Math.min(LONGEST_PROBE_SECONDS, PROBE_SHARE * run.budget().seconds());
    double[] times = new double[10_000];
    int[] count = {0};
    long begin = System.nanoTime();
    long[] last = {begin};
    while ((System.nanoTime() - begin) * 1e-9 < most && !run.stopped() && count[0] < times.length) {
      probe.trainEpoch(
          0,
          (genotype, reason) -> {},
          steps -> {
            long now = System.nanoTime();
            if (count[0] < times.length) {
              times[count[0]++] = (now - last[0]) * 1e-9;
            }
            last[0] = now;
          },
          () -> run.stopped() || (System.nanoTime() - begin) * 1e-9 >= most);
    }
    if (count[0] == 0) {
      return most;
    }
    // the later half: the first steps run before the compiler is done with the kernels
    double[] later = Arrays.copyOfRange(times, count[0] / 2, Math.max(1, count[0]));
    return Arrays.stream(later).average().orElse(most);
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
