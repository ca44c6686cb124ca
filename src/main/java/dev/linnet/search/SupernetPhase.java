package dev.linnet.search;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore.Stored;
import dev.linnet.core.tensor.Tensor;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Trainer;
import dev.linnet.estimate.Recipes;
import dev.linnet.supernet.Supernet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

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

  /** The checkpoint's name. */
  static final String CHECKPOINT = "supernet";

  /** Marks the names of what a supernet goes back to if a candidate diverges. */
  private static final String BEFORE = "before:";

  private final RunContext run;

  SupernetPhase(RunContext run) {
    this.run = run;
  }

  /** The plan with the number of epochs that the budget allows, if there is one. */
  SearchPlan plan(SearchPlan plan) {
    if (!run.budget().limited()) {
      return plan;
    }
    Optional<SearchPlan> recorded = run.journal().recordedPlan(0);
    if (recorded.isPresent()) {
      return recorded.get();
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
    Optional<Checkpoint> found =
        run.checkpoints().restore(CHECKPOINT, run.journal(), run.progress());
    found.ifPresent(checkpoint -> supernet.restore(checkpoint.epochs(), state(checkpoint)));
    int first = found.map(Checkpoint::epochs).orElse(0);
    boolean ended = found.map(Checkpoint::ended).orElse(false);
    for (int epoch = first; epoch < plan.supernetEpochs() && !ended; epoch++) {
      ended = !train(supernet, epoch, plan.supernetEpochs());
    }
    return supernet;
  }

  /** Trains one epoch; whether it was done to its end. */
  private boolean train(Supernet supernet, int epoch, int epochs) {
    if (run.stopped()) {
      return false;
    }
    boolean[] ended = {false};
    Trainer.Epoch result =
        supernet.trainEpoch(
            epoch, run.events()::pathFailed, run.progress()::step, () -> ended[0] |= run.stopped());
    run.events().supernetEpoch(result);
    int done = epoch + 1;
    Supplier<Checkpoint> checkpoint = () -> checkpoint(supernet, done, ended[0]);
    run.keep(CHECKPOINT, done == epochs || ended[0], checkpoint);
    return !ended[0];
  }

  /** The supernet of a checkpoint, to evaluate with. */
  Supernet restored(Checkpoint checkpoint) {
    Supernet supernet = supernet(checkpoint.epochs(), run.backend());
    supernet.restore(checkpoint.epochs(), state(checkpoint));
    return supernet;
  }

  private Checkpoint checkpoint(Supernet supernet, int epochs, boolean ended) {
    Supernet.State state = supernet.state();
    Map<String, Stored> tensors = new LinkedHashMap<>(state.weights());
    state.before().forEach((name, tensor) -> tensors.put(BEFORE + name, new Stored(tensor, false)));
    return new Checkpoint(run.journal().place(), epochs, ended, tensors);
  }

  private static Supernet.State state(Checkpoint checkpoint) {
    Map<String, Stored> weights = new LinkedHashMap<>();
    Map<String, Tensor> before = new LinkedHashMap<>();
    checkpoint
        .tensors()
        .forEach(
            (name, stored) -> {
              if (name.startsWith(BEFORE)) {
                before.put(name.substring(BEFORE.length()), stored.tensor());
              } else {
                weights.put(name, stored);
              }
            });
    return new Supernet.State(weights, before);
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
