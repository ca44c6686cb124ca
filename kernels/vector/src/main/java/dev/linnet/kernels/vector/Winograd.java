package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Window;
import java.util.List;

/**
 * A 3 × 3 convolution of stride 1, or the gradient of its input, with what the planner fused behind
 * it, by Winograd's F(4 × 4, 3 × 3): for every tile of 4 × 4 pixels, the 6 × 6 pixels below it and
 * the 3 × 3 weights are transformed such that 36 products a pair of channels are left of 144,
 *
 * <pre>  y = Aᵀ · [(G · w · Gᵀ) ⊙ (Bᵀ · x · B)] · A  </pre>
 *
 * (Lavin and Gray, <em>Fast Algorithms for Convolutional Neural Networks</em>, 2015). Summed over
 * input channels they are 36 matrix products, which run through the copies of {@link ConvTile} that
 * {@link PanelWay} uses.
 *
 * <p>With the usual points 0, ±1 and ±2 errors are up to ten times those of direct sums; with ±√½
 * and ±√2, whose powers stay closer to 1, about twice.
 *
 * <p>A group of strips, rows of tiles, is done at a time, so that all of it stays in the second
 * cache. What is computed for a pixel does not depend on what else is in its group.
 */
final class Winograd implements HostKernel {
  private static final int LANES = Width.LANES;

  /** Output pixels of a tile in each direction. */
  static final int OUT = 4;

  /** Input pixels of a tile in each direction. */
  private static final int IN = WinogradWeights.IN;

  private static final int PRODUCTS = WinogradWeights.PRODUCTS;
  private static final int TILE = WinogradProducts.TILE;

  /** Input channels of a chunk: what fits between two tiles. */
  private static final int CHUNK = TILE / PRODUCTS;

  /** Floats of a group: half of the second cache. */
  private static final int GROUP = 131_072;

  /** Tiles of a group however many channels there are, or it would only read weights. */
  private static final int FEW = 16;

  /** Multiplications that are worth a slice: about 20 µs. */
  private static final long SLICE = 2_000_000;

  /** Weights that are worth a slice: transforming one takes longer than packing it. */
  private static final int PACKED_SLICE = 16_384;

  /** What starting and storing a sum costs, in multiplications of vectors. */
  private static final int SUM = 6;

  /** What the transforms of a tile of x and of y cost a vector of channels, in the same. */
  private static final int INPUT = 430;

  private static final int OUTPUT = 330;

  /** What reading a vector of weights costs where they are more than {@code MANY} floats. */
  private static final int READ = 16;

  private static final int MANY = 1 << 20;

  /** How much faster it has to be. */
  private static final double LEAST = 1.2;

  private final Layout x;
  private final Layout y;
  private final Strips strips;
  private final WinogradLines pixels;
  private final WinogradWeights weights;
  private final Epilogue epilogue;
  private final Scratch scratch;
  private final WinogradProducts[] products = new WinogradProducts[2];

  /** Input channels are summed in so many chunks of the same depth. */
  private final int chunks;

  private final int depth;

  /** Floats from product to product of a tile of the transformed x. */
  private final int width;

  /** Floats from chunk to chunk of the transformed x. */
  private final int chunkStep;

  /** Floats from tile to tile of the products. */
  private final int result;

  // Where things start in scratch memory; the transformed x starts at 0.
  private final int lines;
  private final int results;
  private final int aside;
  private final int edge;
  private final int floats;

  /**
   * The rows of tiles of all images.
   *
   * @param wide tiles of a strip
   * @param high strips of an image
   * @param count strips of all images
   * @param group strips of a group
   */
  private record Strips(int wide, int high, int count, int group) {
    static Strips of(Layout y, int channels, int vectors) {
      int wide = (y.width() + OUT - 1) / OUT;
      int high = (y.height() + OUT - 1) / OUT;
      int count = y.batch() * high;
      int floats = PRODUCTS * (channels + vectors * LANES);
      int best = 1;
      double least = Double.MAX_VALUE;
      for (int g = 1;
          g == 1 || (g <= count && (g * wide <= FEW || g * wide * floats <= GROUP));
          g++) {
        double each = (double) WinogradProducts.cost(g * wide, Math.min(2, vectors)) / (g * wide);
        if (each < least || (each == least && g * wide <= FEW)) {
          least = each;
          best = g;
        }
      }
      return new Strips(wide, high, count, best);
    }

    int groups() {
      return (count + group - 1) / group;
    }

    long tiles() {
      return (long) count * wide;
    }

    /** Rows of products that are computed for all tiles. */
    long rows(int vectors) {
      long whole = count / group;
      return whole * WinogradProducts.rows(group * wide, vectors)
          + WinogradProducts.rows(count % group * wide, vectors);
    }
  }

  private Winograd(
      OpKey key,
      Strips strips,
      WinogradWeights weights,
      int chunks,
      Epilogue epilogue,
      TileCopies copies,
      Scratch scratch) {
    this.x = key.input(0);
    this.y = key.output();
    this.strips = strips;
    this.weights = weights;
    this.epilogue = epilogue;
    this.scratch = scratch;
    this.chunks = chunks;
    this.depth = x.channels() / chunks;
    this.width = chunks == 1 ? x.channelStride() : depth;
    this.pixels = new WinogradLines(x, strips.wide, strips.high, 1);
    int tiles = strips.group * strips.wide;
    int most = tiles + TileShape.mostRows(1); // rows are computed beyond the last tile
    int wide = weights.vectors() * LANES;
    this.chunkStep = most * TILE;
    this.result = PRODUCTS * wide + LANES; // no multiple of a page
    this.lines = chunks * chunkStep;
    this.results = lines + pixels.floats();
    this.aside = results + most * result;
    this.edge = aside + OUT * IN * wide;
    this.floats = edge + OUT * OUT * y.room();
    for (int b = 0; b < weights.blocks(); b++) {
      int v = weights.vectors(b);
      if (products[v - 1] == null) {
        products[v - 1] = WinogradProducts.of(v, tiles, chunks, chunkStep, depth, result, copies);
      }
    }
  }

  /**
   * The kernel of a convolution of x with weights; null where it is none of this kind or not worth
   * it.
   */
  static HostKernel of(
      Window window,
      OpKey key,
      WinogradWeights weights,
      Epilogue epilogue,
      TileCopies copies,
      Scratch scratch) {
    Layout x = key.input(0);
    Layout y = key.output();
    int chunks = (x.channels() + CHUNK - 1) / CHUNK;
    if (!window.equals(Window.same(3, 1))
        || !Width.fits(x.channelStride())
        || !Width.fits(y.room())
        || (chunks == 1 ? x.channelStride() > CHUNK : x.channels() % (chunks * LANES) != 0)) {
      return null;
    }
    Strips strips = Strips.of(y, x.channels(), weights.vectors());
    return worth(weights, y)
        ? new Winograd(key, strips, weights, chunks, epilogue, copies, scratch)
        : null;
  }

  /**
   * Whether one image is faster than with {@link Convolution} by enough: whatever the batch, or an
   * image would have other bits in another part of a batch. Counted in multiplications of vectors:
   * 9 a pixel and pair of channels against 36 a row of the products, to which come the start and
   * the stores of every sum, the transforms of a tile of x and y and, if they do not stay in a
   * cache, the weights. On 26 shapes of 1 to 32 images and 5 to 128 channels, with vectors of 16
   * floats, the measured ratio is 0.87 to 1.36 times this one; where weights do not stay in a cache
   * it is larger still.
   */
  private static boolean worth(WinogradWeights weights, Layout y) {
    int vectors = weights.vectors();
    Layout one = new Layout(y.shape().with(0, 1), y.channelStride(), y.border());
    Strips strips = Strips.of(one, weights.inputs(), vectors);
    long pairs = (long) weights.inputs() * vectors;
    long direct = (long) y.height() * y.width() * WinogradWeights.TAPS * pairs;
    long sums = strips.rows(Math.min(2, vectors)) * PRODUCTS * (pairs + (long) SUM * vectors);
    int inputs = (weights.inputs() + LANES - 1) / LANES;
    long transforms = strips.tiles() * (INPUT * inputs + OUTPUT * vectors);
    long reads = weights.floats() > MANY ? READ * PRODUCTS * pairs * strips.groups() : 0;
    return direct > LEAST * (sums + transforms + reads);
  }

  @Override
  public List<Integer> prepares() {
    return weights.fold().inputs();
  }

  @Override
  public int prepared() {
    return weights.floats();
  }

  @Override
  public int preparations() {
    return prepared() < PACKED_SLICE ? 1 : weights.blocks();
  }

  @Override
  public void prepare(Args args, int slice) {
    boolean all = preparations() == 1;
    for (int b = all ? 0 : slice; b < (all ? weights.blocks() : slice + 1); b++) {
      weights.pack(args, args.ready(), b, scratch.get(WinogradWeights.SCRATCH));
    }
  }

  @Override
  public int slices(int pass) {
    long work = strips.tiles() * PRODUCTS * x.channels() * weights.vectors() * LANES;
    return (int) Math.max(1, Math.min(strips.groups(), work / SLICE));
  }

  /** The first strip of a slice: of whole groups. */
  private int first(int slice) {
    return Math.min(strips.count, Spans.first(strips.groups(), slice, slices(0)) * strips.group);
  }

  @Override
  public void run(Args args, int pass, int slice) {
    float[] memory = scratch.get(floats);
    int end = first(slice + 1);
    for (int strip = first(slice); strip < end; strip += strips.group) {
      int count = Math.min(strips.group, end - strip);
      for (int i = 0; i < count; i++) {
        input(args.in(0), strip + i, memory, i * strips.wide * TILE);
      }
      multiply(args.ready(), memory, count * strips.wide);
      for (int i = 0; i < count; i++) {
        output(args, strip + i, memory, results + i * strips.wide * result);
      }
    }
  }

  /** Transforms the pixels below a strip. */
  private void input(float[] in, int strip, float[] memory, int to) {
    pixels.transform(in, strip, memory, lines);
    for (int i = 0; i < IN; i++) {
      for (int c = 0; c < chunks; c++) {
        WinogradTransforms.columns(
            memory,
            lines + i * pixels.line() + c * depth,
            x.channelStride(),
            width,
            strips.wide,
            memory,
            to + c * chunkStep + i * IN * width,
            width,
            TILE);
      }
    }
  }

  private void multiply(float[] packed, float[] memory, int tiles) {
    for (int p = 0; p < PRODUCTS; p++) {
      for (int b = 0; b < weights.blocks(); b++) {
        int to = results + (p * weights.vectors() + 2 * b) * LANES;
        products[weights.vectors(b) - 1].run(
            memory, p * width, packed, weights.at(p, b), to, tiles);
      }
    }
  }

  /** Transforms the products of a strip, and does what follows to its pixels. */
  private void output(Args args, int strip, float[] memory, int from) {
    int n = strip / strips.high;
    int row = strip % strips.high * OUT;
    int high = Math.min(OUT, y.height() - row);
    int room = y.room();
    int wide = weights.vectors() * LANES;
    for (int t = 0; t < strips.wide; t++) {
      int column = t * OUT;
      int columns = Math.min(OUT, y.width() - column);
      WinogradTransforms.rowsBack(memory, from + t * result, memory, aside, IN * wide);
      if (high == OUT && columns == OUT) {
        int to = y.index(n, row, column);
        WinogradTransforms.columnsBack(
            memory, aside, wide, args.out(), to, y.rowStride(), y.channelStride(), room);
      } else {
        WinogradTransforms.columnsBack(memory, aside, wide, memory, edge, OUT * room, room, room);
        copyEdge(memory, args.out(), n, row, column, high, columns);
      }
    }
    if (epilogue != null) {
      int first = n * y.height() + row;
      epilogue.rows(args, first, first + high);
    }
  }

  /** What there is of a tile at the edge of an image. */
  private void copyEdge(
      float[] memory, float[] out, int n, int row, int column, int high, int columns) {
    int room = y.room();
    int run = y.isSlice() ? 1 : columns; // pixels without anything between them
    for (int r = 0; r < high; r++) {
      for (int c = 0; c < columns; c += run) {
        int from = edge + (r * OUT + c) * room;
        System.arraycopy(memory, from, out, y.index(n, row + r, column + c), run * room);
      }
    }
  }
}
