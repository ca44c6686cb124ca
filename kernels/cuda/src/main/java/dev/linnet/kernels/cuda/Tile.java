package dev.linnet.kernels.cuda;

import java.util.List;

/**
 * What a block of a convolution computes.
 *
 * @param pixels of the result
 * @param channels of the result
 * @param single whether there is a variant that fetches one channel at a time
 */
record Tile(int pixels, int channels, boolean single) {
  /** The largest first: the larger, the more is computed with what is fetched. */
  private static final List<Tile> ALL =
      List.of(
          new Tile(128, 128, false),
          new Tile(128, 64, false),
          new Tile(64, 64, true),
          new Tile(128, 32, true),
          new Tile(32, 32, true));

  /** Blocks that every multiprocessor should have. */
  private static final int BLOCKS = 2;

  /**
   * The largest tile that is not wider than the result and still keeps all multiprocessors busy;
   * the smallest one where none does: for small images.
   */
  static Tile of(int pixels, int channels, int groups, boolean quads, int multiprocessors) {
    for (Tile tile : ALL) {
      boolean fits = tile.channels <= 32 || tile.channels / 2 < channels;
      long blocks =
          (long) Stage.blocks(pixels, tile.pixels) * Stage.blocks(channels, tile.channels) * groups;
      if (fits && (quads || tile.single) && blocks >= (long) BLOCKS * multiprocessors) {
        return tile;
      }
    }
    return ALL.get(ALL.size() - 1);
  }

  String kernel(boolean quads) {
    return "conv_" + pixels + "x" + channels + (quads ? "" : "_single");
  }
}
