package dev.linnet.core.exec;

import dev.linnet.core.tensor.Shape;

/**
 * How a value lies in its buffer. Feature maps {@code [N, H, W, C]} (and {@code [N, F]}, as H = W =
 * 1) are stored pixel by pixel with {@code channelStride ≥ C} floats a pixel and {@code border}
 * pixels around every image; all else is dense in row-major order.
 *
 * <p>The border holds zeros whenever a kernel runs: kernels write the interior only, and a program
 * clears the border of a buffer that had another layout before. The channels between C and the
 * channel stride hold unspecified values, which no kernel lets flow into real ones.
 *
 * <p>A value may be a slice of the channels of a wider map: then its pixels start {@code offset}
 * floats behind those of the map, and only the {@code room} floats from there on are its own.
 *
 * @param shape the logical extents
 * @param channelStride floats from one pixel to the next
 * @param border pixels of zeros on each side of an image
 * @param offset floats of a pixel before those of this value
 * @param room floats of a pixel that are this value's: its channels and what pads them
 */
public record Layout(Shape shape, int channelStride, int border, int offset, int room) {
  /**
   * Checks that only images have a border and that channels fit.
   *
   * @throws IllegalArgumentException if not
   */
  public Layout {
    if (channelStride < shape.dim(-1) || border < 0 || (border > 0 && shape.rank() != 4)) {
      throw new IllegalArgumentException(
          "Layout of "
              + shape
              + ": channel stride "
              + channelStride
              + " must be at least the last extent, and border "
              + border
              + " be 0 but for images");
    }
    if (offset < 0 || room < shape.dim(-1) || offset + room > channelStride) {
      throw new IllegalArgumentException(
          "Layout of %s: %d floats from %d on must hold the channels and lie in a pixel of %d"
              .formatted(shape, room, offset, channelStride));
    }
  }

  /** A whole map. */
  public Layout(Shape shape, int channelStride, int border) {
    this(shape, channelStride, border, 0, channelStride);
  }

  /** Row-major without padding or border. */
  public static Layout dense(Shape shape) {
    return new Layout(shape, shape.dim(-1), 0);
  }

  /**
   * A value of {@code shape} in the {@code room} floats of this map's pixels from {@code offset}
   * on.
   */
  public Layout slice(Shape shape, int offset, int room) {
    return new Layout(shape, channelStride, border, offset, room);
  }

  /** Whether floats of its pixels belong to other values. */
  public boolean isSlice() {
    return room < channelStride;
  }

  /** The batch: the first extent. */
  public int batch() {
    return shape.dim(0);
  }

  /** Rows of an image; 1 where there is none. */
  public int height() {
    return shape.rank() == 4 ? shape.dim(1) : 1;
  }

  /** Columns of an image; 1 where there is none. */
  public int width() {
    return shape.rank() == 4 ? shape.dim(2) : 1;
  }

  /** The last extent. */
  public int channels() {
    return shape.dim(-1);
  }

  /** Floats from one row of pixels to the next. */
  public int rowStride() {
    return (width() + 2 * border) * channelStride;
  }

  /** Floats from one image to the next. */
  public int imageStride() {
    return (height() + 2 * border) * rowStride();
  }

  /** Floats that the buffer needs. */
  public int floats() {
    int pixelsAndRest = shape.size() / shape.dim(-1);
    return shape.rank() == 4
        ? Math.multiplyExact(batch(), imageStride())
        : Math.multiplyExact(pixelsAndRest, channelStride);
  }

  /** The position of channel 0 of the pixel (row, column) of image n, for feature maps. */
  public int index(int n, int row, int column) {
    return n * imageStride()
        + (row + border) * rowStride()
        + (column + border) * channelStride
        + offset;
  }

  /** Whether the elements lie in row-major order with nothing between them. */
  public boolean isDense() {
    return border == 0 && channelStride == channels();
  }

  @Override
  public String toString() {
    return shape
        + (channelStride == channels() ? "" : " stride " + channelStride)
        + (border == 0 ? "" : " border " + border)
        + (isSlice() ? " slice at " + offset : "");
  }
}
