package dev.linnet.core.train;

import dev.linnet.core.data.BatchLoader;
import dev.linnet.core.exec.Program;
import dev.linnet.core.tensor.Shape;

/** The host side of a step: the batch that goes in, the loss and the logits that come out. */
public final class Batch {
  private final float[] images;
  private final float[] labels;
  private final float[] logits;
  private final float[] loss = new float[1];
  private final int classes;
  private int steps;
  private long rows;
  private long correct;
  private double lossSum;

  /**
   * Room for one batch.
   *
   * @param shape of the images, {@code [N, H, W, C]}
   */
  public Batch(Shape shape, int classes) {
    this.images = new float[shape.size()];
    this.labels = new float[shape.dim(0)];
    this.logits = new float[shape.dim(0) * classes];
    this.classes = classes;
  }

  /** Forgets the sums of the last epoch. */
  public void startEpoch() {
    steps = 0;
    rows = 0;
    correct = 0;
    lossSum = 0;
  }

  /**
   * Runs a training program on one batch.
   *
   * @throws DivergedException if the loss is NaN or infinite
   */
  public void step(Program program, BatchLoader loader, int epoch, int batch) {
    int valid = run(program, loader, epoch, batch);
    program.read(Networks.LOSS, loss);
    if (!Float.isFinite(loss[0])) {
      throw new DivergedException(
          "the loss is " + loss[0] + " in epoch " + (epoch + 1) + ", step " + (batch + 1));
    }
    lossSum += loss[0];
    steps++;
    rows += valid;
  }

  /**
   * Runs an inference program on one batch.
   *
   * @throws DivergedException if a logit is NaN or infinite
   */
  void evaluate(Program program, BatchLoader loader, int batch) {
    int valid = run(program, loader, 0, batch);
    for (int i = 0; i < valid * classes; i++) {
      if (!Float.isFinite(logits[i])) {
        throw new DivergedException("a logit is " + logits[i] + " in batch " + (batch + 1));
      }
    }
    rows += valid;
  }

  private int run(Program program, BatchLoader loader, int epoch, int batch) {
    int valid = loader.fill(epoch, batch, images, labels);
    program.set(Networks.IMAGES, images);
    program.set(Networks.LABELS, labels);
    program.run();
    program.read(Networks.LOGITS, logits);
    for (int row = 0; row < valid; row++) {
      correct += largest(row) == (int) labels[row] ? 1 : 0;
    }
    return valid;
  }

  /** The class with the largest logit; the first of equals; -1 where all are NaN. */
  private int largest(int row) {
    int best = -1;
    float value = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      if (logits[row * classes + k] > value) {
        value = logits[row * classes + k];
        best = k;
      }
    }
    return best;
  }

  /** The sums since {@link #startEpoch}. */
  public Trainer.Epoch epoch(int number, int of) {
    return new Trainer.Epoch(number, of, lossSum / Math.max(1, steps), accuracy());
  }

  /** The fraction of rows that were right since {@link #startEpoch}. */
  double accuracy() {
    return rows == 0 ? 0 : (double) correct / rows;
  }
}
