package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.graph.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of the weights of a 3 × 3 convolution of stride 1 by Winograd's F(4 × 4, 3 × 3), the
 * transposed of what {@link Winograd} computes:
 *
 * <pre>  dw = Gᵀ · [Σ (A · dy · Aᵀ) ⊙ (Bᵀ · x · B)] · G  </pre>
 *
 * summed over all tiles of all images, which leaves 36 products a tile and pair of channels of 144.
 * Inputs: dy, x.
 *
 * <p>Every slice sums its rows of tiles, a group at a time, so that what is transformed stays in
 * the second cache; a second pass adds the slices' sums in order and transforms them back.
 */
final class WinogradWeightGradient implements HostKernel {
  private static final int LANES = Width.LANES;
  private static final int OUT = Winograd.OUT;
  private static final int IN = WinogradWeights.IN;
  private static final int PRODUCTS = WinogradWeights.PRODUCTS;
  private static final int TAPS = WinogradWeights.TAPS;

  /** Taps of a row. */
  private static final int ROW = 3;

  /** Floats of a group's transformed maps: half of the second cache. */
  private static final int GROUP = 131_072;

  /** Tiles of a group at most and at least: fewer are not worth starting sums for. */
  private static final int MANY = 96;

  private static final int FEW = 16;

  /** Tiles of a slice at least, and multiplications that are worth one. */
  private static final int SLICE_TILES = 64;

  private static final long SLICE = 4_000_000;

  /** Floats of the sums of more slices than a few: they are written and read once more. */
  private static final int SUMS = 262_144;

  private static final int LEAST_SLICES = 4;

  /** Floats of a slice's sums at most: they are gone through with every group of tiles. */
  private static final long MOST_SUMS = 1 << 20;

  /** What adding a group's products to a sum costs, in multiplications of vectors. */
  private static final int SUM = 4;

  /** What the transforms of a tile of x or dy cost a vector of channels, in the same. */
  private static final int TRANSFORM = 400;

  /** What transforming a vector of sums back costs, in the same. */
  private static final int BACK = 300;

  /** How much faster it has to be. */
  private static final double LEAST = 1.2;

  private final WinogradLines ofDy;
  private final WinogradLines ofX;
  private final int strips;

  /** Strips of a group at most. */
  private final int group;

  private final int slices;
  private final Scratch scratch;
  private final List<Block> blocks = new ArrayList<>();

  /** Floats of a slice's sums of one product. */
  private final int sums;

  // Floats from tile to tile of the transformed maps, and where these start in scratch memory.
  private final int tileOfDy;
  private final int tileOfX;
  private final int xAt;
  private final int linesAt;

  /**
   * Channels of y times one or two vectors of channels of x.
   *
   * @param output the first channel of y
   * @param fresh the first one that no block before has
   * @param vector the first vector of x
   * @param at where its sums start among those of a product
   * @param along {@code i + 1} strips
   */
  private record Block(
      TileCopies.Copy copy,
      int output,
      int fresh,
      int vector,
      int vectors,
      int at,
      Tile.Reduction[] along) {
    int outputs() {
      return copy.shape().rows();
    }

    int floats() {
      return outputs() * vectors * LANES;
    }
  }

  private WinogradWeightGradient(Layout dy, Layout x, TileCopies copies, Scratch scratch) {
    int wide = (dy.width() + OUT - 1) / OUT;
    int high = (dy.height() + OUT - 1) / OUT;
    this.ofDy = new WinogradLines(dy, wide, high, 0);
    this.ofX = new WinogradLines(x, wide, high, 1);
    this.scratch = scratch;
    this.strips = dy.batch() * high;
    this.tileOfDy = PRODUCTS * dy.channelStride() + LANES; // no multiple of a page
    this.tileOfX = PRODUCTS * x.channelStride() + LANES;
    this.group = group(dy, x, wide, strips);
    this.slices = slices(dy, x, (long) strips * wide);
    this.xAt = group * wide * tileOfDy;
    this.linesAt = xAt + group * wide * tileOfX;
    int at = 0;
    int vectors = vectors(x);
    for (int v = 0; v < vectors; v += 2) {
      int nv = Math.min(2, vectors - v);
      int rows = WeightGradient.rowsFor(dy.channels(), nv);
      TileCopies.Copy copy = copies.get(TileShape.inPlace(rows, nv));
      Tile.Reduction[] along = new Tile.Reduction[group];
      for (int i = 0; i < group; i++) {
        along[i] = along((i + 1) * wide, v, nv);
      }
      for (int o = 0; o < dy.channels(); o += rows) {
        int first = Math.min(o, dy.channels() - rows); // the last one overlaps the one before it
        Block block = new Block(copy, first, o, v, nv, at, along);
        blocks.add(block);
        at += block.floats();
      }
    }
    this.sums = at;
  }

  private Tile.Reduction along(int tiles, int vector, int vectors) {
    int second = vectors == 1 ? 0 : start(vector + 1) - start(vector);
    return new Tile.Reduction(
        1, 0, 1, 0, tiles, tileOfDy, tileOfX, 0, 0, second, vectors * LANES, LANES);
  }

  /** The kernel; null where the convolution is none of this kind or it is not worth it. */
  static HostKernel of(
      Window window, int groups, Layout dy, Layout x, TileCopies copies, Scratch scratch) {
    return window.equals(Window.same(3, 1))
            && groups == 1
            && Width.fits(dy.channelStride())
            && Width.fits(x.channelStride())
            && sums(dy, x) <= MOST_SUMS
            && worth(dy, x)
        ? new WinogradWeightGradient(dy, x, copies, scratch)
        : null;
  }

  /** Counted in multiplications of vectors, as in {@link Winograd}. */
  private static boolean worth(Layout dy, Layout x) {
    int wide = (dy.width() + OUT - 1) / OUT;
    int strips = (dy.height() + OUT - 1) / OUT * dy.batch();
    long tiles = (long) strips * wide;
    long pairs = (long) dy.channels() * vectors(x);
    long direct = (long) dy.batch() * dy.height() * dy.width() * TAPS * pairs;
    int group = group(dy, x, wide, strips);
    long groups = ((long) strips + group - 1) / group;
    long products = PRODUCTS * pairs * (tiles + SUM * groups);
    long transforms = tiles * TRANSFORM * (vectors(x) + vectors(dy));
    long back = BACK * pairs * slices(dy, x, tiles);
    return direct > LEAST * (products + transforms + back);
  }

  /** About the floats of a slice's sums. */
  private static long sums(Layout dy, Layout x) {
    return (long) PRODUCTS * dy.channels() * x.channels();
  }

  private static int vectors(Layout map) {
    return (map.channels() + LANES - 1) / LANES;
  }

  private static int group(Layout dy, Layout x, int wide, int strips) {
    int tile = PRODUCTS * (dy.channelStride() + x.channelStride());
    int tiles = Math.max(FEW, Math.min(MANY, GROUP / tile));
    return Math.max(1, Math.min(strips, tiles / wide));
  }

  private static int slices(Layout dy, Layout x, long tiles) {
    long sums = sums(dy, x);
    long most = Math.max(LEAST_SLICES, SUMS / sums);
    return (int) Math.max(1, Math.min(most, Math.min(tiles / SLICE_TILES, tiles * sums / SLICE)));
  }

  /** The first channel of a vector of x: the last one overlaps the one before it. */
  private int start(int vector) {
    return Math.min(vector * LANES, ofX.map().channelStride() - LANES);
  }

  @Override
  public int workspace() {
    return slices * PRODUCTS * sums;
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public int slices(int pass) {
    return pass == 0 ? slices : blocks.size();
  }

  @Override
  public void run(Args args, int pass, int slice) {
    if (pass == 0) {
      sum(args, slice);
    } else {
      back(args, blocks.get(slice));
    }
  }

  /** The sums of a slice. */
  private void sum(Args args, int slice) {
    float[] memory = scratch.get(linesAt + Math.max(ofDy.floats(), ofX.floats()));
    int end = Spans.first(strips, slice + 1, slices);
    int to = slice * PRODUCTS * sums;
    Arrays.fill(args.scratch(), to, to + PRODUCTS * sums, 0);
    for (int strip = Spans.first(strips, slice, slices); strip < end; strip += group) {
      int count = Math.min(group, end - strip);
      for (int i = 0; i < count; i++) {
        transform(args, strip + i, i * ofDy.wide(), memory);
      }
      multiply(memory, count, args.scratch(), to);
    }
  }

  /** A strip of both maps: {@code [tile][6·6][channel]}. */
  private void transform(Args args, int strip, int tile, float[] memory) {
    int wide = ofDy.wide();
    int pixel = ofDy.map().channelStride();
    ofDy.transform(args.in(0), strip, memory, linesAt);
    for (int i = 0; i < IN; i++) {
      int from = linesAt + i * ofDy.line();
      int to = tile * tileOfDy + i * IN * pixel;
      WinogradTransforms.gradientColumns(memory, from, pixel, wide, memory, to, tileOfDy);
    }
    pixel = ofX.map().channelStride();
    ofX.transform(args.in(1), strip, memory, linesAt);
    for (int i = 0; i < IN; i++) {
      int from = linesAt + i * ofX.line();
      int to = xAt + tile * tileOfX + i * IN * pixel;
      WinogradTransforms.columns(memory, from, pixel, pixel, wide, memory, to, pixel, tileOfX);
    }
  }

  private void multiply(float[] memory, int strips, float[] out, int to) {
    for (int p = 0; p < PRODUCTS; p++) {
      int dyAt = p * ofDy.map().channelStride();
      int xFrom = xAt + p * ofX.map().channelStride();
      for (int b = 0; b < blocks.size(); b++) {
        Block block = blocks.get(b);
        block
            .copy()
            .await()
            .once(
                block.along()[strips - 1],
                memory,
                dyAt + block.output(),
                memory,
                xFrom + start(block.vector()),
                out,
                to + p * sums + block.at());
      }
    }
  }

  /** Adds the sums of all slices and transforms them to weights {@code [O, I, 3, 3]}. */
  private void back(Args args, Block block) {
    int n = block.floats();
    float[] memory = scratch.get((PRODUCTS + IN * ROW + TAPS) * n);
    for (int p = 0; p < PRODUCTS; p++) {
      System.arraycopy(args.scratch(), p * sums + block.at(), memory, p * n, n);
      for (int s = 1; s < slices; s++) {
        add(args.scratch(), (s * PRODUCTS + p) * sums + block.at(), memory, p * n, n);
      }
    }
    int rows = PRODUCTS * n;
    int taps = rows + IN * ROW * n;
    WinogradTransforms.weightsBack(memory, 0, memory, rows, IN * n, IN * n);
    for (int r = 0; r < ROW; r++) {
      WinogradTransforms.weightsBack(memory, rows + r * IN * n, memory, taps + r * ROW * n, n, n);
    }
    store(block, memory, taps, args.out());
  }

  private static void add(float[] from, int at, float[] sum, int to, int count) {
    for (int i = 0; i < count; i++) {
      sum[to + i] += from[at + i];
    }
  }

  private void store(Block block, float[] memory, int taps, float[] dw) {
    int width = block.vectors() * LANES;
    int inputs = ofX.map().channels();
    for (int o = block.fresh(); o < block.output() + block.outputs(); o++) {
      for (int lane = 0; lane < width; lane++) {
        int vector = block.vector() + lane / LANES;
        int c = start(vector) + lane % LANES;
        if (c >= vector * LANES && c < inputs) { // the vector before has those below
          int from = taps + (o - block.output()) * width + lane;
          for (int t = 0; t < TAPS; t++) {
            dw[(o * inputs + c) * TAPS + t] = memory[from + t * block.floats()];
          }
        }
      }
    }
  }
}
