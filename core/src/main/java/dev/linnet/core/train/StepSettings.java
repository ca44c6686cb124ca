package dev.linnet.core.train;

import dev.linnet.core.exec.Program;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.tensor.RandomStream;

/** Sets what changes from step to step: rates, Adam's corrections, the key of dropout. */
public final class StepSettings {
  /** How fast running statistics follow in training, as in most frameworks. */
  private static final float STATISTICS_RATE = 0.1f;

  private static final long KEYS = 1 << 24; // whole numbers that a float holds

  private final Recipe recipe;
  private final RandomStream random;
  private final float[] value = new float[1];
  private final float[] pair = new float[2];

  /**
   * Settings of one training.
   *
   * @param seed of the keys of dropout
   */
  public StepSettings(Recipe recipe, long seed) {
    this.recipe = recipe;
    this.random = RandomStream.of(seed, "dropout");
  }

  /**
   * Sets them for the next run.
   *
   * @param step from 0
   * @param steps of the whole training
   */
  public void apply(Program program, long step, long steps) {
    set(program, Networks.RATE, recipe.schedule().rate((double) step / steps));
    set(program, NetworkBuilder.STATISTICS_RATE, STATISTICS_RATE);
    // the first average is the weights themselves, and early ones forget the start quickly
    set(program, Networks.AVERAGE_RATE, Math.max(1 - recipe.average(), 1f / (step + 1)));
    if (recipe.optimizer() instanceof Optimizer.AdamW adam) {
      pair[0] = (float) (1 - Math.pow(adam.beta1(), step + 1));
      pair[1] = (float) (1 - Math.pow(adam.beta2(), step + 1));
      program.set(Optimizer.AdamW.CORRECTIONS, pair);
    }
    pair[0] = Math.floorMod(random.nextLong(), KEYS);
    pair[1] = Math.floorMod(random.nextLong(), KEYS);
    program.set(NetworkBuilder.DROPOUT_KEY, pair);
  }

  /** Passes over steps that were done before. */
  public void skip(long steps) {
    for (long i = 0; i < 2 * steps; i++) {
      random.nextLong();
    }
  }

  private void set(Program program, String name, float to) {
    value[0] = to;
    program.set(name, value);
  }
}
