package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Layout;
import java.util.Arrays;

/**
 * Reads a map for {@link Winograd} and {@link WinogradWeightGradient}: rows of tiles of 4 × 4
 * pixels, with the pixels around them or without, are transformed down their columns to six lines.
 *
 * @param map the map
 * @param wide tiles of a row
 * @param high rows of tiles of an image
 * @param around pixels around the tiles: 1 for x, 0 for the gradient of y
 */
record WinogradLines(Layout map, int wide, int high, int around) {
  private static final int OUT = Winograd.OUT;
  private static final int IN = WinogradWeights.IN;

  /** Rows of pixels that are read for a row of tiles. */
  private int rows() {
    return OUT + 2 * around;
  }

  /** Floats of a line. */
  int line() {
    return (OUT * wide + 2 * around) * map.channelStride();
  }

  /** Floats of the lines and of what is gathered for them. */
  int floats() {
    return (IN + rows()) * line();
  }

  /**
   * The six lines of a row of tiles.
   *
   * @param strip the row of tiles, counted through all images
   * @param memory receives the lines from {@code at} on; behind them lies what was gathered
   */
  void transform(float[] in, int strip, float[] memory, int at) {
    int n = strip / high;
    int row = strip % high * OUT - around;
    int line = line();
    int count = Math.min((map.width() + 2 * around) * map.channelStride(), line);
    if (map.border() >= around && row + rows() <= map.height() + map.border()) {
      down(in, map.index(n, row, -around), map.rowStride(), memory, at, count);
    } else {
      int gathered = at + IN * line;
      gather(in, n, row, count, memory, gathered);
      down(memory, gathered, line, memory, at, count);
    }
    for (int i = 0; i < IN; i++) {
      Arrays.fill(memory, at + i * line + count, at + (i + 1) * line, 0);
    }
  }

  private void down(float[] from, int start, int step, float[] memory, int at, int count) {
    if (around > 0) {
      WinogradTransforms.rows(from, start, step, memory, at, line(), count);
    } else {
      WinogradTransforms.gradientRows(from, start, step, memory, at, line(), count);
    }
  }

  /** Rows of so many floats, with zeros where they are outside of the image. */
  private void gather(float[] in, int n, int row, int count, float[] memory, int gathered) {
    int side = around * map.channelStride();
    int inside = Math.min(map.width() * map.channelStride(), count - side);
    for (int i = 0; i < rows(); i++) {
      int at = gathered + i * line();
      if (row + i < 0 || row + i >= map.height()) {
        Arrays.fill(memory, at, at + count, 0);
      } else {
        Arrays.fill(memory, at, at + side, 0);
        System.arraycopy(in, map.index(n, row + i, 0), memory, at + side, inside);
        Arrays.fill(memory, at + side + inside, at + count, 0);
      }
    }
  }
}
