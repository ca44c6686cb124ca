package dev.linnet.kernels.vector;

/**
 * The speed of one tile, on one thread and in the first caches.
 *
 * @param rows of x in registers
 * @param vectors of w in registers
 * @param taps columns of the kernel of a {@link RowTile}; 0 for a {@link ConvTile}
 * @param positions that each sum is taken over
 * @param chosen whether the kernels take this number of rows where there are enough pixels
 * @param gflops two operations for each multiply-add; the median of the quiet rounds
 * @param peak of multiply-adds in registers, in GFLOP/s, measured in turns with the tile; the
 *     median of the quiet rounds
 * @param fraction of the peak; the median of the quiet rounds
 */
public record TileMeasurement(
    int rows,
    int vectors,
    int taps,
    int positions,
    boolean chosen,
    double gflops,
    double peak,
    double fraction) {

  /** Such as {@code 14x2}, or {@code 8x1, 3 taps}. */
  public String name() {
    return rows + "x" + vectors + (taps > 0 ? ", " + taps + " taps" : "");
  }
}
