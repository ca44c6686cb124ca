package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import java.util.Arrays;

/**
 * The gradient of a convolution with respect to its weights, x and dy read in place: {@code dw[o,
 * c, i, j] = Σ dy[n, p, q, o] · x[n, p·s + i·d − pad, q·s + j·d − pad, c]}. Inputs: dy, x.
 *
 * <p>A tile is MR neighbouring floats under a kernel row of x (input channels, and where they are
 * contiguous the taps of the row) times two vectors of output channels of dy, summed over all
 * pixels. They go through in chunks that stay in the first cache while all tiles are made: images,
 * or rows of an image; sums of chunks are added in order.
 */
final class WeightGradient implements HostKernel {
  /** Multiplications that are worth a slice. */
  private static final long SLICE = 4_000_000;

  /** Floats of x and dy that a chunk may have: 32 KiB. */
  private static final int CHUNK = 8_192;

  /** Pixels that a chunk has at least: less would not be worth starting a tile. */
  private static final int LEAST_PIXELS = 96;

  private static final int LANES = Width.LANES;

  private final Geometry g;
  private final Scratch scratch;
  private final TileCopies.Copy[] copies;
  private final Tile.Reduction[][] reductions;
  private final int chunkImages;
  private final int chunkRows;
  private final int tiles;
  private final int slices;

  /**
   * What it sums.
   *
   * @param kernelHeight kernel rows
   * @param kernelWidth taps of a kernel row
   * @param segments parts of a kernel row that are contiguous in x: 1, or its taps
   * @param span floats of such a part
   * @param x0 position of the first patch
   * @param xKernelRow from one kernel row to the next
   * @param xSegment from one segment to the next
   * @param xRow from one output row's patches to the next one's
   * @param xColumn from one output pixel's patch to the next one's
   * @param starts the first output channel of each vector
   * @param rows of a tile (MR), for blocks of one and of two vectors
   */
  record Geometry(
      Layout dy,
      Layout x,
      int kernelHeight,
      int kernelWidth,
      int segments,
      int span,
      int x0,
      int xKernelRow,
      int xSegment,
      int xRow,
      int xColumn,
      int[] starts,
      int[] rows) {
    int blocks() {
      return (starts.length + 1) / 2;
    }

    int vectors(int block) {
      return Math.min(2, starts.length - 2 * block);
    }

    /** Tiles along a segment for a block. */
    int tiles(int block) {
      int mr = rows[vectors(block) - 1];
      return (span + mr - 1) / mr;
    }
  }

  WeightGradient(Geometry g, TileCopies all, Scratch scratch) {
    this.g = g;
    this.scratch = scratch;
    this.copies = new TileCopies.Copy[2];
    Layout dy = g.dy();
    int perRow = g.xRow() + dy.rowStride();
    int rows = Math.max(CHUNK / perRow, (LEAST_PIXELS + dy.width() - 1) / dy.width());
    this.chunkRows = Math.min(dy.height(), rows);
    this.chunkImages = Math.max(1, Math.min(dy.batch(), rows / dy.height()));
    this.reductions = new Tile.Reduction[g.blocks()][2];
    int count = 0;
    for (int b = 0; b < g.blocks(); b++) {
      int vectors = g.vectors(b);
      copies[vectors - 1] = all.get(new TileShape(g.rows()[vectors - 1], vectors, 1, false));
      reductions[b][0] = reduction(b, chunkImages, chunkRows);
      int images = dy.batch() % chunkImages;
      int last = dy.height() % chunkRows;
      reductions[b][1] =
          images > 0
              ? reduction(b, images, chunkRows)
              : last > 0 ? reduction(b, chunkImages, last) : null;
      count += g.kernelHeight() * g.segments() * g.tiles(b);
    }
    this.tiles = count;
    long work = (long) g.dy().shape().size() * g.kernelHeight() * g.segments() * g.span();
    this.slices = (int) Math.max(1, Math.min(tiles, work / SLICE));
  }

  /** Row by row, and for each row image by image. */
  private Tile.Reduction reduction(int block, int images, int rows) {
    Layout dy = g.dy();
    return new Tile.Reduction(
        rows,
        g.xRow(),
        images,
        g.x().imageStride(),
        dy.width(),
        g.xColumn(),
        dy.channelStride(),
        dy.imageStride() - dy.width() * dy.channelStride(),
        dy.rowStride() - images * dy.imageStride(),
        g.vectors(block) == 1 ? 0 : g.starts()[2 * block + 1] - g.starts()[2 * block],
        g.vectors(block) * LANES,
        LANES);
  }

  @Override
  public int workspace() {
    return tiles * TileShape.mostRows(1) * 2 * LANES;
  }

  @Override
  public int slices(int pass) {
    return slices;
  }

  @Override
  public void run(Args args, int pass, int slice) {
    int from = (int) ((long) tiles * slice / slices);
    int to = (int) ((long) tiles * (slice + 1) / slices);
    int area = TileShape.mostRows(1) * 2 * LANES;
    Arrays.fill(args.scratch(), from * area, to * area, 0);
    for (int n = 0; n < g.dy().batch(); n += chunkImages) {
      for (int row = 0; row < g.dy().height(); row += chunkRows) {
        for (int tile = from; tile < to; tile++) {
          sum(args, tile, n, row, tile * area);
        }
      }
    }
    for (int tile = from; tile < to; tile++) {
      store(args, tile, tile * area);
    }
  }

  /** Adds the sums over the chunk that starts with output row h of image n to a tile's area. */
  private void sum(Args args, int tile, int n, int h, int area) {
    int b = 0;
    int rest = tile;
    while (rest >= g.kernelHeight() * g.segments() * g.tiles(b)) {
      rest -= g.kernelHeight() * g.segments() * g.tiles(b++);
    }
    int along = g.tiles(b);
    int row = rest / (g.segments() * along);
    int segment = rest / along % g.segments();
    int first = first(b, rest % along);
    int start = g.x0() + n * g.x().imageStride() + h * g.xRow();
    int x = start + row * g.xKernelRow() + segment * g.xSegment() + first;
    int dy = g.dy().index(n, h, 0) + g.starts()[2 * b];
    boolean whole = n + chunkImages <= g.dy().batch() && h + chunkRows <= g.dy().height();
    Tile.Reduction reduction = reductions[b][whole ? 0 : 1];
    float[] chunk = scratch.get(TileShape.mostRows(1) * 2 * LANES);
    copies[g.vectors(b) - 1].await().once(reduction, args.in(1), x, args.in(0), dy, chunk, 0);
    float[] sums = args.scratch();
    int floats = g.rows()[g.vectors(b) - 1] * g.vectors(b) * LANES;
    for (int i = 0; i < floats; i++) {
      sums[area + i] += chunk[i];
    }
  }

  /** Where tile {@code q} of a segment starts: the last one overlaps the one before it. */
  private int first(int block, int q) {
    int rows = g.rows()[g.vectors(block) - 1];
    return Math.min(q * rows, g.span() - rows);
  }

  /** Writes what a tile alone has to the gradient {@code [O, I, kh, kw]}. */
  private void store(Args args, int tile, int area) {
    int b = 0;
    int rest = tile;
    while (rest >= g.kernelHeight() * g.segments() * g.tiles(b)) {
      rest -= g.kernelHeight() * g.segments() * g.tiles(b++);
    }
    int along = g.tiles(b);
    int rows = g.rows()[g.vectors(b) - 1];
    int row = rest / (g.segments() * along);
    int segment = rest / along % g.segments();
    int q = rest % along;
    int channels = g.x().channels();
    int taps = g.kernelHeight() * g.kernelWidth();
    int width = g.vectors(b) * LANES;
    float[] sums = args.scratch();
    for (int k = q * rows; k < Math.min((q + 1) * rows, g.span()); k++) {
      int column = g.segments() == 1 ? k / channels : segment;
      int c = g.segments() == 1 ? k % channels : k;
      int from = area + (k - first(b, q)) * width;
      int to = c * taps + row * g.kernelWidth() + column;
      for (int lane = 0; lane < width; lane++) {
        int v = 2 * b + lane / LANES;
        int o = g.starts()[v] + lane % LANES;
        if (o >= v * LANES && o < g.dy().channels()) {
          args.out()[o * channels * taps + to] = sums[from + lane];
        }
      }
    }
  }
}
