package dev.linnet.kernels.vector;

/**
 * The constants of one copy of {@link ConvTile} or {@link RowTile}.
 *
 * @param rows of x in registers (MR)
 * @param vectors of w in registers (NV), 1 or 2
 * @param pixel floats from one row of x to the next
 * @param packed whether w is packed: what the sums start with, then contiguous along the reduction
 * @param taps columns of the kernel of a RowTile; 0 for a ConvTile
 */
record TileShape(int rows, int vectors, int pixel, boolean packed, int taps) {
  private static final int LEAST_ROWS = 4;

  /** Sums that hide the latency of one another. */
  private static final int LEAST_SUMS = 8;

  private static final boolean X86 = System.getProperty("os.arch").matches("amd64|x86_64|x86|i386");

  /** AVX2: 16 registers of eight floats. */
  private static final boolean AVX2 = X86 && Width.LANES == 8;

  /**
   * The most rows that stay in registers. Measured on AVX-512 (32 registers: 14 × 2) and AVX2 (16
   * registers: 4 × 2 and 12 × 1, more are spilled); 128-bit vectors of x86 have 16 registers, of
   * Arm 32. For one vector it is a multiple of what it is for two; the tile has 14 at most. What
   * {@code linnet bench --tiles} measured lies in {@code bench/tiles}.
   */
  static int mostRows(int vectors) {
    if (Width.LANES == 16) {
      return 14;
    } else if (AVX2 && vectors == 1) {
      return 12;
    }
    return X86 && vectors == 2 ? 4 : 8;
  }

  /** Rows of the smaller tile, for what {@link #mostRows} leaves or do in vain. */
  static int fewRows(int vectors) {
    return AVX2 && vectors == 1 ? 6 : Math.min(8, mostRows(vectors));
  }

  /** On AVX2, C2 makes a vector of the eight floats of x, at a third of the speed. */
  static boolean slow(int rows, int vectors) {
    return AVX2 && vectors == 1 && rows == Width.LANES;
  }

  /** The most pixels of a {@link RowTile}: on AVX2 fewer where windows are wide. */
  static int mostPixels(int taps) {
    return AVX2 && taps > 3 ? 6 : RowTile.MOST_ROWS;
  }

  /** The best number of rows for images of {@code columns} columns; 0 where these are too few. */
  static int rowsFor(int columns, int vectors) {
    int best = 0;
    for (int rows = Math.min(mostRows(vectors), columns); rows >= LEAST_ROWS; rows--) {
      boolean better = best == 0 || cost(columns, vectors, rows) < cost(columns, vectors, best);
      if (better && !slow(rows, vectors)) {
        best = rows;
      }
    }
    return best;
  }

  /** About the cycles of one position of the sums with the best number of rows. */
  static int cost(int columns, int vectors) {
    return cost(columns, vectors, Math.max(1, rowsFor(columns, vectors)));
  }

  private static int cost(int columns, int vectors, int rows) {
    int tiles = (columns + rows - 1) / rows;
    return tiles * (Math.max(rows * vectors, LEAST_SUMS) + 2);
  }

  /** Over packed weights. */
  static TileShape packed(int rows, int vectors, int pixel) {
    return new TileShape(rows, vectors, pixel, true, 0);
  }

  /** Neighbouring floats in place of pixels, and weights as they lie. */
  static TileShape inPlace(int rows, int vectors) {
    return new TileShape(rows, vectors, 1, false, 0);
  }

  /** A {@link RowTile} for images of {@code columns} columns; null where these are too few. */
  static TileShape row(int columns, int pixel, int taps) {
    int best = 0;
    for (int rows = Math.min(mostPixels(taps), columns); rows >= LEAST_ROWS; rows--) {
      if (best == 0 || rowCost(columns, rows, taps) < rowCost(columns, best, taps)) {
        best = rows;
      }
    }
    return best == 0 ? null : new TileShape(best, 1, pixel, true, taps);
  }

  private static int rowCost(int columns, int rows, int taps) {
    return (columns + rows - 1) / rows * (rows * taps + taps);
  }

  /** Floats of w for one step along the reduction. */
  int width() {
    return vectors * Width.LANES;
  }

  /** A new copy. */
  Tile copy() {
    return taps > 0
        ? Templates.copy(RowTile.class, Tile.class, rows, pixel, taps)
        : Templates.copy(ConvTile.class, Tile.class, rows, vectors, pixel, packed ? 1 : 0);
  }
}
