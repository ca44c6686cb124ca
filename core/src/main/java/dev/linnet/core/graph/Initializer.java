package dev.linnet.core.graph;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;

/** The first values of a parameter or state. */
public sealed interface Initializer {
  /**
   * Fills {@code values}, which has {@code shape.size()} elements in row-major order.
   *
   * @param random a stream that belongs to this tensor alone
   */
  void fill(Shape shape, float[] values, RandomStream random);

  /** Every element the same. */
  record Fill(float value) implements Initializer {
    @Override
    public void fill(Shape shape, float[] values, RandomStream random) {
      java.util.Arrays.fill(values, value);
    }
  }

  /**
   * {@code [2, C]}: the first row ones, the second zeros: the identity of a batch norm's affine.
   */
  record Identity() implements Initializer {
    @Override
    public void fill(Shape shape, float[] values, RandomStream random) {
      java.util.Arrays.fill(values, 0, shape.dim(1), 1);
      java.util.Arrays.fill(values, shape.dim(1), values.length, 0);
    }
  }

  /** {@code [2, C]}: mean zero, variance one: the start of running statistics. */
  record StandardMoments() implements Initializer {
    @Override
    public void fill(Shape shape, float[] values, RandomStream random) {
      java.util.Arrays.fill(values, 0, shape.dim(1), 0);
      java.util.Arrays.fill(values, shape.dim(1), values.length, 1);
    }
  }

  /** Independent normal values with mean 0 and the given standard deviation. */
  record Normal(float deviation) implements Initializer {
    @Override
    public void fill(Shape shape, float[] values, RandomStream random) {
      for (int i = 0; i < values.length; i++) {
        values[i] = deviation * (float) random.nextGaussian();
      }
    }
  }

  /** He et al. 2015 (arXiv:1502.01852), equation 10: normal with deviation {@code √(2 / fanIn)}. */
  static Initializer he(int fanIn) {
    return new Normal((float) Math.sqrt(2.0 / fanIn));
  }
}
