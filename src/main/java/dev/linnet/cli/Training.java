package dev.linnet.cli;

import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.train.Recipe;
import dev.linnet.data.LoadedData;
import dev.linnet.estimate.Recipes;
import dev.linnet.estimate.StandAlone;
import dev.linnet.estimate.StepTime;
import dev.linnet.search.Progress;
import dev.linnet.space.Chosen;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Trains one network from scratch, for a number of epochs or for a time. */
final class Training {
  /** The part of the time that is planned for; the other part is for what takes longer. */
  private static final double PLANNED = 0.92;

  /** The part of the time after which no further measurement begins. */
  private static final double MEASURING = 0.25;

  private static final int MOST_EPOCHS = 1_000_000;

  private final LoadedData data;
  private final SearchData images;
  private final Normalization normalization;
  private final Architecture architecture;
  private final Chosen chosen;
  private final Backend backend;
  private final long seed;
  private final Progress progress;

  /**
   * What came of it.
   *
   * @param trained the network, also where it was ended early
   * @param epochs how many were done
   * @param planned how many were to be done
   */
  record Result(StandAlone.Trained trained, int epochs, int planned) {}

  /**
   * A training to come.
   *
   * @param chosen what the network is, and perhaps how it is trained
   */
  Training(
      LoadedData data,
      Architecture architecture,
      Chosen chosen,
      Backend backend,
      long seed,
      Progress progress) {
    this.data = data;
    this.images = data.splits().searchData();
    this.normalization = Normalization.of(images.train());
    this.architecture = architecture;
    this.chosen = chosen;
    this.backend = backend;
    this.seed = seed;
    this.progress = progress;
  }

  /** From pixels to the network's input. */
  Normalization normalization() {
    return normalization;
  }

  /** How many epochs suit the number of images, where nobody says otherwise. */
  int defaultEpochs() {
    return Math.max(8, Math.min(60, 80_000 / images.train().size()));
  }

  /**
   * Trains for a number of epochs.
   *
   * @param stop is asked before each step; true ends the training there
   */
  Result run(int epochs, BooleanSupplier stop) {
    int[] done = {0};
    long began = System.nanoTime();
    progress.phase("training", epochs);
    StandAlone.Trained trained =
        new StandAlone(images, normalization, recipe(epochs), backend, seed)
            .train(
                architecture,
                (epoch, validation) -> {
                  done[0] = epoch.number();
                  double seconds = (System.nanoTime() - began) / 1e9;
                  progress.remaining(seconds / epoch.number() * (epochs - epoch.number()));
                  progress.step(epoch.number());
                },
                stop);
    return new Result(trained, done[0], epochs);
  }

  /**
   * Trains as many epochs as fit.
   *
   * @param budget the time for all
   * @param spent how much of it is gone
   * @param stop is asked before each step; true ends the training there
   * @throws CommandException if not even one epoch fits
   */
  Result run(Duration budget, Duration spent, BooleanSupplier stop) {
    long end = System.nanoTime() + budget.minus(spent).toNanos();
    progress.phase("measuring how long an epoch takes", 0);
    double most = MEASURING * budget.toNanos() * 1e-9;
    double epoch =
        StepTime.epochSeconds(architecture, images, normalization, recipe(1), backend, most);
    double left = (end - System.nanoTime()) / 1e9;
    int epochs = (int) Math.min(left * PLANNED / epoch, MOST_EPOCHS);
    if (epochs < 1) {
      throw new CommandException(
          "--budget "
              + Text.duration(budget.toSeconds())
              + " is too small: getting ready took "
              + Text.duration(Math.ceil(budget.toSeconds() - left))
              + ", and one epoch takes about "
              + Text.duration(Math.ceil(epoch)));
    }
    return run(epochs, () -> stop.getAsBoolean() || System.nanoTime() - end > 0);
  }

  private Recipe recipe(int epochs) {
    return Recipes.standAlone(images.train().size(), data.augmentation(), epochs, chosen);
  }
}
