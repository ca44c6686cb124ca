package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Layout;

/**
 * Fetches what a loop is about to read or write, in the order of memory. Loops that take some
 * channels of many pixels before the next ones jump from line to line; memory hands these over at
 * half its speed or less. Java has no instruction for it: one float of each line is read.
 */
final class Touch {
  /** Floats of a cache line. */
  private static final int LINE = 16;

  /** Bytes of maps of which most have left the second cache when a kernel starts. */
  private static final long FAR = 2 << 20;

  /** Written, so that the reads are not left out. */
  private static final int[] SEEN = new int[1];

  private Touch() {}

  /**
   * Whether it is worth it for a loop over two maps that takes {@code together} channels of all
   * pixels before the next ones: these jump far, and the maps are too large for the second cache.
   */
  static boolean pays(int together, Layout a, Layout b) {
    return a.channelStride() > 2 * together && 4L * (a.floats() + b.floats()) > FAR;
  }

  /** Fetches the floats {@code from} to {@code to}, as far as there are so many. */
  static void lines(float[] values, int from, int to) {
    int end = Math.min(to, values.length);
    int bits = 0;
    for (int i = from; i < end; i += LINE) {
      bits |= Float.floatToRawIntBits(values[i]);
    }
    SEEN[0] = bits;
  }
}
