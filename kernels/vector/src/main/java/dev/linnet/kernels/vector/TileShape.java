package dev.linnet.kernels.vector;

/**
 * The constants of one copy of {@link ConvTile}.
 *
 * @param rows of x in registers (MR)
 * @param vectors of w in registers (NV), 1 or 2
 * @param pixel floats from one row of x to the next
 * @param packed whether w is packed: what the sums start with, then contiguous along the reduction
 */
record TileShape(int rows, int vectors, int pixel, boolean packed) {
  private static final boolean X86 = System.getProperty("os.arch").matches("amd64|x86_64|x86|i386");

  /**
   * The most rows that stay in registers. Measured on AVX-512 (32 registers: 14 × 2) and AVX2 (16
   * registers: 4 × 2, more are spilled); 128-bit vectors of x86 have 16 registers, of Arm 32. For
   * one vector it is a multiple of what it is for two.
   */
  static int mostRows(int vectors) {
    if (Width.LANES == 16) {
      return 14;
    }
    return (X86 ? 4 : 8) * (vectors == 2 ? 1 : 2);
  }

  /** The best number of rows for images of {@code columns} columns; 0 where these are too few. */
  static int rowsFor(int columns, int vectors) {
    int best = 0;
    int bestCost = Integer.MAX_VALUE;
    for (int rows = mostRows(vectors); rows >= 4; rows--) {
      int tiles = (columns + rows - 1) / rows;
      int cost = tiles * (Math.max(rows * vectors, 8) + 2); // at least 8 sums hide the latency
      if (rows <= columns && cost < bestCost) {
        best = rows;
        bestCost = cost;
      }
    }
    return best;
  }

  /** Over packed weights. */
  static TileShape packed(int rows, int vectors, int pixel) {
    return new TileShape(rows, vectors, pixel, true);
  }

  /** Floats of w for one step along the reduction. */
  int width() {
    return vectors * Width.LANES;
  }

  /** The class data of the copy. */
  int[] constants() {
    return new int[] {rows, vectors, pixel, packed ? 1 : 0};
  }
}
