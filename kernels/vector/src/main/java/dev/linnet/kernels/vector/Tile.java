package dev.linnet.kernels.vector;

/** What the hidden copies of {@link ConvTile} can do. Unchecked: callers pass valid positions. */
interface Tile {
  /**
   * One tile.
   *
   * @param xo position in x of the first row's first element
   * @param wo position in w of the first vector; in packed copies, of what the sums start with
   * @param yo position in y of the first row's first vector
   */
  void once(Reduction r, float[] x, int xo, float[] w, int wo, float[] y, int yo);

  /**
   * The tiles of image rows {@code from} to {@code to}, counted through all images.
   *
   * @param xo position in x of the first image's first patch
   * @param yo position in y of the first image's first pixel
   */
  void rows(
      Reduction r,
      Grid g,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float[] y,
      int yo,
      int from,
      int to);

  /**
   * What a tile sums over: {@code rows × taps × depth} positions, in this order, each of them at
   * least 1; and where its results go. Steps count floats.
   *
   * @param xRow step in x from row to row
   * @param xTap step in x from tap to tap
   * @param xStep step in x along the depth (packed copies: 1)
   * @param wStep step in w along the depth (packed copies: NR, and w is contiguous)
   * @param wTap step in w from the end of a tap to the start of the next
   * @param wRow additional step in w at the end of a row
   * @param wVector from the first vector of a position in w to the second (packed copies: lanes)
   * @param yStep step in y from one row of the tile to the next
   * @param yVector from the first vector of a row to the second
   */
  record Reduction(
      int rows,
      int xRow,
      int taps,
      int xTap,
      int depth,
      int xStep,
      int wStep,
      int wTap,
      int wRow,
      int wVector,
      int yStep,
      int yVector) {
    /** Along packed weights. */
    static Reduction packed(
        int rows, int xRow, int taps, int xTap, int depth, int yStep, int yVector) {
      return new Reduction(rows, xRow, taps, xTap, depth, 1, 0, 0, 0, 0, yStep, yVector);
    }
  }

  /**
   * The output pixels of images. Steps count floats.
   *
   * @param rows of an image
   * @param columns at least MR
   */
  record Grid(int rows, int columns, int xImage, int xRow, int yImage, int yRow) {}
}
