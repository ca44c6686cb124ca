package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Precision;
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
   *
   * @param together how many such results are computed at the same time
   */
  static Tile of(int pixels, int channels, int together, boolean quads, int multiprocessors) {
    for (Tile tile : ALL) {
      boolean fits = tile.channels <= 32 || tile.channels / 2 < channels;
      long blocks =
          (long) Stage.blocks(pixels, tile.pixels)
              * Stage.blocks(channels, tile.channels)
              * together;
      if (fits && (quads || tile.single) && blocks >= (long) BLOCKS * multiprocessors) {
        return tile;
      }
    }
    return ALL.get(ALL.size() - 1);
  }

  /** The name of its kernel. */
  String kernel(boolean quads, Precision precision) {
    return "conv_" + pixels + "x" + channels + suffix(quads, precision);
  }

  /**
   * The end of a kernel's name.
   *
   * @param quads whether it fetches four channels at a time
   */
  static String suffix(boolean quads, Precision precision) {
    return (quads ? "" : "_single") + (precision == Precision.TF32 ? "_tf32" : "");
  }
}
