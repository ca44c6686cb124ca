package dev.linnet.kernels.vector;

/**
 * The matrix products of a {@link Winograd} convolution for blocks of one or of two vectors: rows
 * of tiles times packed weights. As many large copies of {@link ConvTile} as fit, then small ones.
 * Rows that are computed beyond the tiles of a group are never read.
 *
 * @param vectors of a block
 * @param big the copy that the panel way uses
 * @param small the one for the rest
 * @param sum along the chunks of input channels
 * @param bigGrids for {@code i + 1} large tiles
 * @param smallGrids for {@code i + 1} small ones
 */
record WinogradProducts(
    int vectors,
    TileCopies.Copy big,
    TileCopies.Copy small,
    Tile.Reduction sum,
    Tile.Grid[] bigGrids,
    Tile.Grid[] smallGrids) {
  /** Floats from tile to tile of the transformed x: that of the narrowest panels. */
  static final int TILE = Convolutions.NARROWEST_PANEL;

  /** Sums that hide the latency of one. */
  private static final int SUMS = 8;

  /** What starting a copy costs, in rows. */
  private static final int START = 2;

  /**
   * For groups of at most {@code tiles}.
   *
   * @param result floats from tile to tile of the products
   */
  static WinogradProducts of(
      int vectors, int tiles, int chunks, int chunkStep, int depth, int result, TileCopies copies) {
    Tile.Grid[] bigGrids = grids(tiles / bigRows(vectors) + 1, bigRows(vectors));
    Tile.Grid[] smallGrids = grids(bigRows(vectors) / smallRows(vectors) + 1, smallRows(vectors));
    return new WinogradProducts(
        vectors,
        copies.get(TileShape.packed(bigRows(vectors), vectors, TILE)),
        copies.get(TileShape.packed(smallRows(vectors), vectors, TILE)),
        Tile.Reduction.packed(1, 0, chunks, chunkStep, depth, result, Width.LANES),
        bigGrids,
        smallGrids);
  }

  private static Tile.Grid[] grids(int count, int rows) {
    Tile.Grid[] grids = new Tile.Grid[count];
    for (int i = 0; i < count; i++) {
      grids[i] = new Tile.Grid(1, (i + 1) * rows, 0, 0, 0, 0);
    }
    return grids;
  }

  private static int bigRows(int vectors) {
    return TileShape.mostRows(vectors);
  }

  private static int smallRows(int vectors) {
    return Math.min(TileShape.fewRows(vectors), SUMS / vectors);
  }

  /** Large copies for so many tiles: one more where small ones would compute as many rows. */
  private static int bigs(int tiles, int vectors) {
    int bigs = tiles / bigRows(vectors);
    int rest = tiles - bigs * bigRows(vectors);
    return smalls(rest, vectors) * smallRows(vectors) >= bigRows(vectors) ? bigs + 1 : bigs;
  }

  private static int smalls(int rest, int vectors) {
    return Math.max(0, (rest + smallRows(vectors) - 1) / smallRows(vectors));
  }

  /** Rows that are computed for so many tiles. */
  static int rows(int tiles, int vectors) {
    int done = bigs(tiles, vectors) * bigRows(vectors);
    return done + smalls(tiles - done, vectors) * smallRows(vectors);
  }

  /** What the products of so many tiles cost, in rows. */
  static int cost(int tiles, int vectors) {
    int bigs = bigs(tiles, vectors);
    int calls = bigs + smalls(tiles - bigs * bigRows(vectors), vectors);
    return rows(tiles, vectors) + START * calls;
  }

  /**
   * The products of so many tiles with one block.
   *
   * @param v the first tile's channels in {@code memory}
   * @param w what the sums start with
   * @param m where the first tile's sums go in {@code memory}
   */
  void run(float[] memory, int v, float[] weights, int w, int m, int tiles) {
    int bigs = bigs(tiles, vectors);
    if (bigs > 0) {
      big.await().rows(sum, bigGrids[bigs - 1], memory, v, weights, w, memory, m, 0, 1);
    }
    int done = bigs * bigRows(vectors);
    int smalls = smalls(tiles - done, vectors);
    if (smalls > 0) {
      int from = v + done * TILE;
      int to = m + done * sum.yStep();
      small.await().rows(sum, smallGrids[smalls - 1], memory, from, weights, w, memory, to, 0, 1);
    }
  }
}
