package dev.linnet.core.tensor;

import java.util.Objects;

/**
 * Host values in row-major order with their shape. The array is shared, not copied: whoever makes a
 * tensor of an array hands it over.
 *
 * @param shape the extents
 * @param values the elements, exactly {@code shape.size()} of them
 */
public record Tensor(Shape shape, float[] values) {
  /**
   * Checks that shape and values agree.
   *
   * @throws IllegalArgumentException if the number of values is not the shape's
   */
  public Tensor {
    Objects.requireNonNull(shape);
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "Tensor " + shape + " expects " + shape.size() + " values, got " + values.length);
    }
  }

  /** A tensor of zeros. */
  public static Tensor zeros(Shape shape) {
    return new Tensor(shape, new float[shape.size()]);
  }
}
