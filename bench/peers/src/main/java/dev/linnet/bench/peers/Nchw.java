package dev.linnet.bench.peers;

import dev.linnet.core.tensor.Shape;

/** The order of values that the peers want: channels before pixels. */
final class Nchw {
  private Nchw() {}

  /** The extents of {@code [N, H, W, C]} as {@code [N, C, H, W]}; others as they are. */
  static long[] dims(Shape shape) {
    long[] dims = new long[shape.rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.dim(i);
    }
    return dims.length == 4 ? new long[] {dims[0], dims[3], dims[1], dims[2]} : dims;
  }

  /** Copies from {@code [N, H, W, C]} order; other ranks stay as they are. */
  static float[] from(float[] values, Shape shape) {
    return shape.rank() == 4
        ? swap(values, shape.dim(0), shape.dim(1) * shape.dim(2), shape.dim(3))
        : values.clone();
  }

  /**
   * Copies to {@code [N, H, W, C]} order.
   *
   * @param shape {@code [N, H, W, C]}; other ranks stay as they are
   */
  static float[] back(float[] values, Shape shape) {
    return shape.rank() == 4
        ? swap(values, shape.dim(0), shape.dim(3), shape.dim(1) * shape.dim(2))
        : values.clone();
  }

  /** {@code [n, rows, columns]} to {@code [n, columns, rows]}. */
  private static float[] swap(float[] values, int n, int rows, int columns) {
    float[] result = new float[values.length];
    for (int i = 0; i < n; i++) {
      int image = i * rows * columns;
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          result[image + column * rows + row] = values[image + row * columns + column];
        }
      }
    }
    return result;
  }
}
