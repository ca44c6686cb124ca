package dev.linnet.core.graph;

/**
 * The geometry of a convolution or pooling window over {@code H × W} pixels.
 *
 * @param kernelHeight rows of taps
 * @param kernelWidth taps in a row
 * @param strideHeight rows between neighbouring outputs
 * @param strideWidth columns between neighbouring outputs
 * @param top padding rows above
 * @param left padding columns before
 * @param bottom padding rows below
 * @param right padding columns after
 * @param dilationHeight rows between neighbouring taps
 * @param dilationWidth columns between neighbouring taps
 */
public record Window(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int top,
    int left,
    int bottom,
    int right,
    int dilationHeight,
    int dilationWidth) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if kernel, stride or dilation is below 1 or a padding below 0
   */
  public Window {
    if (Math.min(Math.min(kernelHeight, kernelWidth), Math.min(strideHeight, strideWidth)) < 1
        || Math.min(dilationHeight, dilationWidth) < 1
        || Math.min(Math.min(top, left), Math.min(bottom, right)) < 0) {
      throw new IllegalArgumentException(
          "Window: kernel, stride and dilation must be at least 1 and padding at least 0, got kernel "
              + kernelHeight
              + "×"
              + kernelWidth
              + ", stride "
              + strideHeight
              + "×"
              + strideWidth
              + ", dilation "
              + dilationHeight
              + "×"
              + dilationWidth
              + ", padding "
              + top
              + ","
              + left
              + ","
              + bottom
              + ","
              + right);
    }
  }

  /** A square window with the same stride, padding and dilation in both directions. */
  public static Window square(int kernel, int stride, int padding, int dilation) {
    return new Window(
        kernel, kernel, stride, stride, padding, padding, padding, padding, dilation, dilation);
  }

  /**
   * A square odd window padded so that stride 1 keeps the size and stride 2 halves it (rounded up).
   */
  public static Window same(int kernel, int stride) {
    return square(kernel, stride, kernel / 2, 1);
  }

  /** Output rows for {@code height} input rows; below 1 where the window does not fit. */
  public int outputHeight(int height) {
    return Math.floorDiv(
            height + top + bottom - dilationHeight * (kernelHeight - 1) - 1, strideHeight)
        + 1;
  }

  /** Output columns for {@code width} input columns; below 1 where the window does not fit. */
  public int outputWidth(int width) {
    return Math.floorDiv(width + left + right - dilationWidth * (kernelWidth - 1) - 1, strideWidth)
        + 1;
  }

  /** The largest of the four paddings. */
  public int padding() {
    return Math.max(Math.max(top, left), Math.max(bottom, right));
  }

  /** The number of taps. */
  public int taps() {
    return kernelHeight * kernelWidth;
  }
}
