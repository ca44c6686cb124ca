package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Layout;
import dev.linnet.core.tensor.Shape;

/**
 * Where the elements {@code [n, h, w, c]} of a value lie in its buffer: {@code origin + n · image +
 * h · row + w · pixel + c · channel}. A stride of 0 repeats a value along that axis. The struct
 * {@code Map} of the kernels.
 */
record Strides(int n, int h, int w, int c, int image, int row, int pixel, int channel, int origin) {

  /** Of a feature map, and of anything else as one dense row. */
  static Strides of(Layout layout) {
    int rank = layout.shape().rank();
    if (rank != 4 && rank != 2) {
      return dense(layout.shape().size());
    }
    return new Strides(
        layout.batch(),
        layout.height(),
        layout.width(),
        layout.channels(),
        layout.imageStride(),
        layout.rowStride(),
        layout.channelStride(),
        1,
        layout.index(0, 0, 0));
  }

  /** One dense row. */
  static Strides dense(int count) {
    return new Strides(1, 1, 1, count, 0, 0, 0, 1, 0);
  }

  /** Dense in row-major order. */
  static Strides dense(int n, int h, int w, int c) {
    return new Strides(n, h, w, c, h * w * c, w * c, c, 1, 0);
  }

  /** The leading {@code part} of a dense tensor of shape {@code whole}, of at most four axes. */
  static Strides leading(Shape whole, Shape part) {
    int axes = whole.rank();
    if (axes > 4) {
      throw new IllegalArgumentException(
          "cuda: a leading slice of " + whole + " has more than 4 axes");
    }
    int[] extents = {1, 1, 1, 1};
    int[] strides = new int[4];
    int stride = 1;
    for (int axis = axes - 1; axis >= 0; axis--) {
      extents[axis + 4 - axes] = part.dim(axis);
      strides[axis + 4 - axes] = stride;
      stride *= whole.dim(axis);
    }
    return new Strides(
        extents[0],
        extents[1],
        extents[2],
        extents[3],
        strides[0],
        strides[1],
        strides[2],
        strides[3],
        0);
  }

  /** The number of elements. */
  int count() {
    return Math.multiplyExact(Math.multiplyExact(n, h), Math.multiplyExact(w, c));
  }

  /** The pixels of all images. */
  int pixels() {
    return n * h * w;
  }

  /** The same place for elements of other extents. */
  Strides extents(int images, int height, int width, int channels) {
    return new Strides(images, height, width, channels, image, row, pixel, channel, origin);
  }

  /** Some of the channels, {@code count} of them from {@code from} on. */
  Strides channels(int from, int count) {
    return new Strides(n, h, w, count, image, row, pixel, channel, origin + from * channel);
  }

  /** The one pixel of every image for all of {@code like}. */
  Strides overSpace(Strides like) {
    return new Strides(like.n, like.h, like.w, like.c, image, 0, 0, channel, origin);
  }

  /** A vector of channels for every pixel of {@code like}. */
  static Strides vectorOver(Strides like) {
    return new Strides(like.n, like.h, like.w, like.c, 0, 0, 0, 1, 0);
  }
}
