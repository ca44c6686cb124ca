package dev.linnet.search;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How much of everything a search does. Without a budget it follows from the data alone, so that
 * the same seed gives the same run; with one it follows from what steps were measured to take.
 *
 * @param supernetEpochs passes of the supernet over the training images
 * @param trials evaluations, for the strategy and again for random search
 * @param finalists of each that are trained from scratch
 * @param epochs of every training from scratch
 */
record SearchPlan(int supernetEpochs, int trials, int finalists, int epochs) {
  private static final int TRIALS = 100;
  private static final int FINALISTS = 3;
  private static final long SUPERNET_IMAGES = 240_000;
  private static final long IMAGES = 80_000;
  private static final int MOST_SUPERNET_EPOCHS = 240;
  private static final int MOST_EPOCHS = 45;

  /**
   * The plan without a budget.
   *
   * @param images in the training split
   * @param trials as the user wishes, or the default
   */
  static SearchPlan of(int images, int trials) {
    return new SearchPlan(
        epochs(SUPERNET_IMAGES, images, 4, MOST_SUPERNET_EPOCHS),
        trials,
        Math.min(FINALISTS, trials),
        epochs(IMAGES, images, 8, MOST_EPOCHS));
  }

  /** The plan that an event tells. */
  static SearchPlan of(JsonNode fields) {
    return new SearchPlan(
        fields.path("supernetEpochs").asInt(),
        fields.path("trials").asInt(),
        fields.path("finalists").asInt(),
        fields.path("epochs").asInt());
  }

  private static int epochs(long wanted, int images, int least, int most) {
    return (int) Math.max(least, Math.min(most, wanted / images));
  }

  /** The number of trials where nobody says otherwise. */
  static int defaultTrials() {
    return TRIALS;
  }

  SearchPlan withSupernetEpochs(int count) {
    return new SearchPlan(count, trials, finalists, epochs);
  }

  SearchPlan withTrials(int count) {
    return new SearchPlan(supernetEpochs, count, Math.min(finalists, count), epochs);
  }

  SearchPlan withFinals(int finalistCount, int epochCount) {
    return new SearchPlan(supernetEpochs, trials, finalistCount, epochCount);
  }
}
