package dev.linnet.core.exec;

import dev.linnet.core.tensor.Shape;

/**
 * Where a program's caller hands values of the whole batch in or out: a buffer and, if that holds
 * but a part of the batch, a host array beside it.
 */
final class Port {
  private final Backend backend;
  private final Shape shape;
  private final Layout layout;
  private final Buffer buffer;
  private final float[] staged; // dense; null where the buffer holds the whole batch

  /**
   * A port to a buffer.
   *
   * @param shape of the whole batch
   * @param layout of what the buffer holds
   */
  Port(Backend backend, Shape shape, Layout layout, Buffer buffer, boolean staged) {
    this.backend = backend;
    this.shape = shape;
    this.layout = layout;
    this.buffer = buffer;
    this.staged = staged ? new float[shape.size()] : null;
  }

  /** The shape of the whole batch. */
  Shape shape() {
    return shape;
  }

  /** Takes dense values of the whole batch from the caller. */
  void set(float[] values) {
    if (staged == null) {
      backend.upload(values, layout, buffer);
    } else {
      System.arraycopy(values, 0, staged, 0, staged.length);
    }
  }

  /** Gives the caller dense values of the whole batch. */
  void read(float[] values) {
    if (staged == null) {
      backend.download(buffer, layout, values);
    } else {
      System.arraycopy(staged, 0, values, 0, staged.length);
    }
  }

  /** Fills the buffer with staged images from {@code first} on. */
  void enter(int first) {
    if (staged != null) {
      backend.upload(staged, position(first), layout, buffer);
    }
  }

  /** Stages what the buffer holds: images from {@code first} on. */
  void leave(int first) {
    if (staged != null) {
      backend.download(buffer, layout, staged, position(first));
    }
  }

  /** Hands all that is staged on to a buffer for the whole batch. */
  void hand(Layout whole, Buffer to) {
    backend.upload(staged, whole, to);
  }

  private int position(int image) {
    return shape.size() / shape.dim(0) * image;
  }
}
