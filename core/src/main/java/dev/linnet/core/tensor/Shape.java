package dev.linnet.core.tensor;

import java.util.Arrays;

/**
 * The extents of a tensor, outermost first: {@code [N, H, W, C]} for feature maps, {@code [O, I,
 * kh, kw]} for convolution weights, {@code [N, F]} for rows of features, {@code [1]} for a scalar.
 */
public final class Shape {
  private final int[] dims;
  private final int size;

  private Shape(int[] dims) {
    this.dims = dims;
    long product = 1;
    for (int dim : dims) {
      if (dim < 1) {
        throw new IllegalArgumentException(
            "Shape " + Arrays.toString(dims) + ": extents must be at least 1");
      }
      product *= dim;
      if (product > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "Shape "
                + Arrays.toString(dims)
                + ": more than "
                + (Integer.MAX_VALUE - 8)
                + " elements");
      }
    }
    this.size = (int) product;
  }

  /**
   * A shape with the given extents.
   *
   * @throws IllegalArgumentException if an extent is below 1 or the element count overflows an
   *     array
   */
  public static Shape of(int... dims) {
    return new Shape(dims.clone());
  }

  /** The number of extents. */
  public int rank() {
    return dims.length;
  }

  /** Extent {@code axis}, counted from 0; negative axes count from the end. */
  public int dim(int axis) {
    return dims[axis < 0 ? dims.length + axis : axis];
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** The extents, as a fresh array. */
  public int[] dims() {
    return dims.clone();
  }

  /** This shape with extent {@code axis} replaced. */
  public Shape with(int axis, int extent) {
    int[] changed = dims.clone();
    changed[axis] = extent;
    return new Shape(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
