package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of a convolution with respect to its weights, x and dy read in place: {@code dw[o,
 * c, i, j] = Σ dy[n, p, q, o] · x[n, p·s + i·d − pad, q·s + j·d − pad, c]}. Inputs: dy, x.
 *
 * <p>A tile is MR neighbouring floats of one of the two times a pair of vectors of the other,
 * summed over all pixels. Which of the two is which is chosen by what the tiles cost: 16 output
 * channels are one vector only, but the taps under a kernel row are many.
 *
 * <p>Pixels go through in chunks that stay in the second cache while all tiles are made: images, or
 * rows of an image; tiles go on with the sums of the chunks before. Slices are groups of images,
 * each with sums of its own that a second pass adds up, so that both maps come from memory once;
 * where weights are so many that their sums would be more to read and write than the maps, slices
 * are tiles.
 */
final class WeightGradient implements HostKernel {
  /** Multiplications that are worth a slice. */
  private static final long SLICE = 4_000_000;

  /** Floats of x and dy that a chunk may have: 256 KiB, for the second cache. */
  private static final int CHUNK = 65_536;

  /** Pixels that a chunk has at least: less would not be worth starting a tile. */
  private static final int LEAST_PIXELS = 96;

  /** Groups of images at most: as many threads share them well. */
  private static final int MOST_GROUPS = 16;

  /** How much more floats the maps have than the sums of all groups, at least. */
  private static final int SUMS_SHARE = 8;

  private static final int LANES = Width.LANES;

  private final Layout dy;
  private final Operand byRows;
  private final Operand byVectors;
  private final int[] places;
  private final int perOutput;
  private final Tile.Reduction[][] reductions;
  private final List<Block> blocks = new ArrayList<>();
  private final int chunkImages;
  private final int chunkRows;
  private final int groups;

  /** Slices of a group. */
  private final int parts;

  /** Floats of a group's sums. */
  private final int sums;

  /**
   * One of the two maps.
   *
   * @param input which of the kernel's inputs
   * @param at position of what belongs to the first output pixel
   * @param image from image to image
   * @param row from output row to output row
   * @param column from output pixel to output pixel
   * @param runs where the runs of neighbouring floats start that belong to a pixel
   * @param span floats of a run
   * @param room floats that may be read of it
   */
  record Operand(
      int input, int at, int image, int row, int column, int[] runs, int span, int room) {
    /** Vectors of a run. */
    int vectors() {
      return (span + LANES - 1) / LANES;
    }

    /** Vectors of all runs. */
    int allVectors() {
      return runs.length * vectors();
    }

    /** The first float of vector v of its run: the last one overlaps the one before it. */
    int start(int v) {
      return Math.min(v % vectors() * LANES, room - LANES);
    }

    /** Where vector v starts. */
    int vector(int v) {
      return runs[v / vectors()] + start(v);
    }
  }

  /**
   * One tile: MR floats of a run by rows, one or two vectors of the other operand.
   *
   * @param sumsAt where its sums start among those of a group
   */
  private record Block(
      TileCopies.Copy copy,
      int rowRun,
      int rowFirst,
      int rowNew,
      int vector,
      int vectors,
      int rowsAt,
      int vectorsAt,
      int sumsAt) {
    int sums() {
      return copy.shape().rows() * vectors * LANES;
    }
  }

  /**
   * Chooses the tiles.
   *
   * @param first dy
   * @param second x
   * @param places for every float of the runs of x, the position of its weight among those of an
   *     output channel
   */
  WeightGradient(Layout dy, Operand first, Operand second, int[] places, TileCopies copies) {
    this.dy = dy;
    this.places = places;
    this.perOutput = places.length;
    boolean fits = second.room() >= LANES;
    boolean swapped = fits && cost(first, second) < cost(second, first);
    this.byRows = swapped ? first : second;
    this.byVectors = swapped ? second : first;
    int perRow = first.row() + second.row();
    int rows = Math.max(CHUNK / perRow, (LEAST_PIXELS + dy.width() - 1) / dy.width());
    this.chunkRows = Math.min(dy.height(), rows);
    this.chunkImages = Math.max(1, Math.min(dy.batch(), rows / dy.height()));
    int images = dy.batch() % chunkImages;
    int last = dy.height() % chunkRows;
    int pairs = (byVectors.allVectors() + 1) / 2;
    this.reductions = new Tile.Reduction[pairs][2];
    for (int pair = 0; pair < pairs; pair++) {
      int vectors = Math.min(2, byVectors.allVectors() - 2 * pair);
      reductions[pair][0] = reduction(pair, vectors, chunkImages, chunkRows);
      reductions[pair][1] =
          reduction(
              pair,
              vectors,
              images > 0 ? images : chunkImages,
              images > 0 || last == 0 ? chunkRows : last);
      tiles(pair, vectors, copies);
    }
    this.sums = blocks.stream().mapToInt(Block::sums).sum();
    long work = (long) dy.shape().size() * second.runs().length * second.span();
    long slices = Math.max(1, work / SLICE);
    long maps = (long) dy.batch() * dy.height() * perRow;
    long most = Math.min(Math.min(MOST_GROUPS, chunks()), maps / (SUMS_SHARE * (long) sums));
    this.groups = (int) Math.max(1, Math.min(most, slices));
    long each = groups == 1 ? slices : Math.min(slices, MOST_GROUPS) / groups;
    this.parts = (int) Math.max(1, Math.min(blocks.size(), each));
  }

  /** Chunks of images. */
  private int chunks() {
    return (dy.batch() + chunkImages - 1) / chunkImages;
  }

  /** About the cycles of one pixel through all tiles; narrow tiles are bound by their loads. */
  private static double cost(Operand rows, Operand vectors) {
    double sum = 0;
    for (int pair = 0; pair < vectors.allVectors(); pair += 2) {
      int nv = Math.min(2, vectors.allVectors() - pair);
      int mr = rowsFor(rows.span(), nv);
      int count = rows.runs().length * ((rows.span() + mr - 1) / mr);
      sum += count * (4 + Math.max(mr * nv, 1.4 * (mr + nv)));
    }
    return sum;
  }

  /**
   * The rows of a tile (MR) along {@code span} floats: of the two that copies are made for, the one
   * that does less in vain; the span itself where it is shorter.
   */
  static int rowsFor(int span, int vectors) {
    int most = TileShape.mostRows(vectors);
    int few = TileShape.fewRows(vectors);
    if (span < few) {
      return span;
    }
    int wholes = (span + most - 1) / most * (most + 1);
    int halves = (span + few - 1) / few * (few + 1);
    return span >= most && wholes <= halves ? most : few;
  }

  private void tiles(int pair, int vectors, TileCopies copies) {
    int rows = rowsFor(byRows.span(), vectors);
    TileCopies.Copy copy = copies.get(TileShape.inPlace(rows, vectors));
    for (int run = 0; run < byRows.runs().length; run++) {
      for (int k = 0; k < byRows.span(); k += rows) {
        int first = Math.min(k, byRows.span() - rows); // the last one overlaps the one before it
        int rowsAt = byRows.at() + byRows.runs()[run] + first;
        int vectorsAt = byVectors.at() + byVectors.vector(2 * pair);
        int sumsAt = blocks.isEmpty() ? 0 : last().sumsAt() + last().sums();
        blocks.add(new Block(copy, run, first, k, 2 * pair, vectors, rowsAt, vectorsAt, sumsAt));
      }
    }
  }

  private Block last() {
    return blocks.get(blocks.size() - 1);
  }

  /** Row by row, and for each row image by image. */
  private Tile.Reduction reduction(int pair, int vectors, int images, int rows) {
    int width = dy.width();
    return new Tile.Reduction(
        rows,
        byRows.row(),
        images,
        byRows.image(),
        width,
        byRows.column(),
        byVectors.column(),
        byVectors.image() - width * byVectors.column(),
        byVectors.row() - images * byVectors.image(),
        vectors == 1 ? 0 : byVectors.vector(2 * pair + 1) - byVectors.vector(2 * pair),
        vectors * LANES,
        LANES);
  }

  @Override
  public int workspace() {
    return groups * sums;
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public int slices(int pass) {
    return pass == 0 ? groups * parts : parts;
  }

  @Override
  public void run(Args args, int pass, int slice) {
    int part = slice % parts;
    int from = Spans.first(blocks.size(), part, parts);
    int to = Spans.first(blocks.size(), part + 1, parts);
    if (pass == 0) {
      group(args, from, to, slice / parts);
    } else {
      finish(args, from, to);
    }
  }

  /** The sums of some tiles over a group of images. */
  private void group(Args args, int from, int to, int group) {
    int at = group * sums;
    Block last = blocks.get(to - 1);
    Arrays.fill(
        args.scratch(), at + blocks.get(from).sumsAt(), at + last.sumsAt() + last.sums(), 0);
    int first = Spans.first(chunks(), group, groups) * chunkImages;
    int end = Math.min(dy.batch(), Spans.first(chunks(), group + 1, groups) * chunkImages);
    for (int n = first; n < end; n += chunkImages) {
      for (int row = 0; row < dy.height(); row += chunkRows) {
        sum(args, from, to, n, row, at);
      }
    }
  }

  /** Adds up the groups' sums of some tiles, in order, and stores them. */
  private void finish(Args args, int from, int to) {
    float[] scratch = args.scratch();
    int end = blocks.get(to - 1).sumsAt() + blocks.get(to - 1).sums();
    for (int group = 1; group < groups; group++) {
      for (int i = blocks.get(from).sumsAt(); i < end; i++) {
        scratch[i] += scratch[group * sums + i];
      }
    }
    for (int i = from; i < to; i++) {
      store(args, blocks.get(i), blocks.get(i).sumsAt());
    }
  }

  /** Adds the sums over the chunk that starts with output row h of image n. */
  private void sum(Args args, int from, int to, int n, int h, int sumsAt) {
    boolean whole = n + chunkImages <= dy.batch() && h + chunkRows <= dy.height();
    float[] rows = args.in(byRows.input());
    float[] vectors = args.in(byVectors.input());
    int rowsAt = n * byRows.image() + h * byRows.row();
    int vectorsAt = n * byVectors.image() + h * byVectors.row();
    for (int i = from; i < to; i++) {
      Block block = blocks.get(i);
      block
          .copy()
          .await()
          .once(
              reductions[block.vector() / 2][whole ? 0 : 1],
              rows,
              rowsAt + block.rowsAt(),
              vectors,
              vectorsAt + block.vectorsAt(),
              args.scratch(),
              sumsAt + block.sumsAt());
    }
  }

  /** Writes what a tile alone has to the gradient {@code [O, I, kh, kw]}. */
  private void store(Args args, Block block, int area) {
    int rowFirst = block.rowFirst();
    int end = rowFirst + block.copy().shape().rows();
    int width = block.vectors() * LANES;
    for (int i = 0; i < block.vectors(); i++) {
      int v = block.vector() + i;
      int run = v / byVectors.vectors();
      int start = byVectors.start(v);
      int first = v % byVectors.vectors() * LANES; // the vector before has those below
      int last = Math.min(start + LANES, byVectors.span());
      for (int k = block.rowNew(); k < end; k++) {
        int at = area + (k - rowFirst) * width + i * LANES - start;
        if (byRows.input() == 0) {
          row(args, at, first, last, k * perOutput, run * byVectors.span());
        } else {
          column(args, at, first, last, places[block.rowRun() * byRows.span() + k]);
        }
      }
    }
  }

  /** Floats of x: weights of one output channel. */
  private void row(Args args, int at, int first, int last, int output, int run) {
    for (int k = first; k < last; k++) {
      args.out()[output + places[run + k]] = args.scratch()[at + k];
    }
  }

  /** Floats of dy: the same weight of many output channels. */
  private void column(Args args, int at, int first, int last, int place) {
    for (int o = first; o < last; o++) {
      args.out()[o * perOutput + place] = args.scratch()[at + o];
    }
  }
}
