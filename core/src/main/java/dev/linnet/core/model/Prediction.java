package dev.linnet.core.model;

import java.util.Arrays;

/**
 * The answer of a model for one image.
 *
 * @param label the name of the most probable class
 * @param index its index; the first of equals
 * @param probabilities of all classes, by index: the softmax of the logits
 */
public record Prediction(String label, int index, float[] probabilities) {
  /** Copies the probabilities. */
  public Prediction {
    probabilities = probabilities.clone();
  }

  /** The softmax of {@code logits}, in double, and its largest element. */
  static Prediction of(float[] logits, java.util.List<String> labels) {
    int best = 0;
    for (int k = 1; k < logits.length; k++) {
      best = logits[k] > logits[best] ? k : best;
    }
    double[] powers = new double[logits.length];
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      powers[k] = StrictMath.exp((double) logits[k] - logits[best]);
      sum += powers[k];
    }
    float[] probabilities = new float[logits.length];
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] = (float) (powers[k] / sum);
    }
    return new Prediction(labels.get(best), best, probabilities);
  }

  /** A copy of the probabilities, {@code [K]}. */
  @Override
  public float[] probabilities() {
    return probabilities.clone();
  }

  /** The probability of the most probable class. */
  public float probability() {
    return probabilities[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Prediction that
        && index == that.index
        && label.equals(that.label)
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * index + Arrays.hashCode(probabilities);
  }

  @Override
  public String toString() {
    return label + " " + probability();
  }
}
