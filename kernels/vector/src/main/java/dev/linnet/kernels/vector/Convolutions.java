package dev.linnet.kernels.vector;

import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Plans dense convolutions and matrix products for {@link Convolution}. */
final class Convolutions {
  /**
   * Floats a row of a panel: constants of few copies, each good for all patches that fit. Not
   * multiples of a page, so that the rows of a tile do not share cache sets.
   */
  private static final int[] PANEL_STRIDES = {2_304 + 16, 16_384 + 16, 131_072 + 16};

  /** The first of them. */
  static final int NARROWEST_PANEL = PANEL_STRIDES[0];

  private static final int LANES = Width.LANES;

  /**
   * Positions that panels sum at a time at most, where the direct way does not sum them in one go:
   * rows of a panel then leave the first cache, but adding up the sums of more chunks costs more.
   */
  private static final int MOST_AT_A_TIME = 1_536;

  /** The part of the cost that joining more rows has to save. */
  private static final double WORTH_JOINING = 0.97;

  private final TileCopies copies;
  private final Scratch scratch;

  Convolutions(TileCopies copies, Scratch scratch) {
    this.copies = copies;
    this.scratch = scratch;
  }

  /** How the weights of a group lie: steps from output to output and input to input channel. */
  private record Stored(int groups, int outputs, int inputs, int outputStep, int inputStep) {}

  /**
   * A convolution with what follows it; null where the channels of a group are too few.
   *
   * @param epilogue null where nothing follows
   */
  HostKernel forward(Conv2d conv, OpKey key, Fold fold, Epilogue epilogue) {
    int perGroup = key.input(1).shape().dim(1);
    int outputs = key.output().channels() / conv.groups();
    int taps = conv.window().taps();
    Stored stored = new Stored(conv.groups(), outputs, perGroup, perGroup * taps, taps);
    HostKernel winograd = winograd(conv, key, stored, false, fold, epilogue);
    if (winograd != null) {
      return winograd;
    }
    int joined = joined(conv.window(), key);
    OpKey joinedKey = join(key, joined);
    List<Sweep> sweeps = List.of(Sweep.forward(conv.window(), joinedKey.output()));
    return plan(joinedKey, conv.window(), sweeps, stored, fold, epilogue, joined);
  }

  /** The gradient with respect to the input; null where the channels of a group are too few. */
  HostKernel inputGradient(Conv2d conv, OpKey key) {
    int perGroup = key.input(1).shape().dim(1);
    int outputs = key.input(0).channels() / conv.groups();
    int taps = conv.window().taps();
    Stored stored = new Stored(conv.groups(), perGroup, outputs, taps, perGroup * taps);
    HostKernel winograd = winograd(conv, key, stored, true, Fold.NONE, null);
    if (winograd != null) {
      return winograd;
    }
    OpKey joinedKey = join(key, joined(conv.window(), key));
    List<Sweep> sweeps = Sweep.inputGradient(conv.window(), joinedKey.output());
    return plan(joinedKey, conv.window(), sweeps, stored, Fold.NONE, null, 1);
  }

  private HostKernel winograd(
      Conv2d conv, OpKey key, Stored stored, boolean turned, Fold fold, Epilogue epilogue) {
    if (conv.groups() > 1) {
      return null;
    }
    WinogradWeights weights =
        new WinogradWeights(
            stored.inputs,
            stored.outputs,
            stored.outputStep,
            stored.inputStep,
            turned,
            key.output().room(),
            fold);
    return Winograd.of(conv.window(), key, weights, epilogue, copies, scratch);
  }

  /** {@code y = x · wᵀ}, or with {@code transposed} weights. */
  HostKernel dense(OpKey key, boolean transposed) {
    Window window = Window.same(1, 1);
    int outputs = key.output().channels();
    int inputs = key.input(0).channels();
    Stored stored =
        transposed
            ? new Stored(1, outputs, inputs, 1, outputs)
            : new Stored(1, outputs, inputs, inputs, 1);
    List<Sweep> sweeps = List.of(Sweep.forward(window, key.output()));
    return plan(key, window, sweeps, stored, Fold.NONE, null, 1);
  }

  private HostKernel plan(
      OpKey key,
      Window window,
      List<Sweep> sweeps,
      Stored stored,
      Fold fold,
      Epilogue epilogue,
      int joined) {
    Layout x = key.input(0);
    Layout y = key.output();
    int longest = window.taps() * stored.inputs;
    if ((stored.groups > 1 && Math.min(stored.outputs, stored.inputs) < 4)
        || longest > PANEL_STRIDES[PANEL_STRIDES.length - 1]) {
      return null;
    }
    boolean straight = stored.groups == 1 && Width.fits(y.room());
    int[] starts = starts(stored.outputs, straight ? y.room() : 0);
    List<Convolution.Part> parts = new ArrayList<>();
    int packed = 0;
    int slice = 0;
    for (int g = 0; g < stored.groups; g++) {
      for (Sweep sweep : sweeps) {
        int base = g * stored.outputs * stored.inputs * window.taps();
        Weights weights =
            new Weights(
                sweep,
                window.kernelWidth(),
                base,
                stored.outputStep,
                stored.inputStep,
                stored.inputs,
                stored.outputs,
                g * stored.outputs,
                starts,
                Math.max(1, sweep.taps() * stored.inputs),
                false,
                fold);
        Convolution.Direct direct = straight ? direct(x, y, sweep, weights) : null;
        if (direct == null) {
          weights = weights.cut(MOST_AT_A_TIME);
        } else if (direct.tiles()[0] != null && direct.tiles()[0].shape().taps() > 0) {
          weights = weights.within();
        }
        int slices = Convolution.slices(weights, y.batch());
        Patches patches =
            new Patches(sweep, x, g * stored.inputs, stored.inputs, weights.tapsWithin());
        parts.add(
            new Convolution.Part(
                sweep,
                weights,
                g * stored.outputs,
                packed,
                slice,
                slices,
                panels(y, patches, sweep, weights),
                direct));
        packed += weights.floats();
        slice += slices;
      }
    }
    PanelWay panelWay = new PanelWay(y, straight, scratch);
    return new Convolution(y, parts, panelWay, epilogue, joined);
  }

  /**
   * How many rows of an image are joined to one: where nothing lies between the rows and a pixel
   * depends on one pixel only, as many as fill the tiles better. Few, for rows are what slices are
   * made of.
   */
  private static int joined(Window window, OpKey key) {
    Layout x = key.input(0);
    Layout y = key.output();
    boolean pixelwise = window.equals(Window.same(1, 1)) && x.border() == 0 && y.border() == 0;
    double least = Double.MAX_VALUE;
    int best = 1;
    for (int rows = 1; pixelwise && rows <= y.height(); rows++) {
      if (y.height() % rows == 0) {
        double cost = (double) TileShape.cost(rows * y.width(), 2) / rows;
        if (cost < WORTH_JOINING * least) {
          least = cost;
          best = rows;
        }
      }
    }
    return best;
  }

  /** The same operation on images of which each {@code rows} rows are one. */
  private static OpKey join(OpKey key, int rows) {
    if (rows == 1) {
      return key;
    }
    return new OpKey(
        key.op(), List.of(join(key.input(0), rows), key.input(1)), join(key.output(), rows));
  }

  private static Layout join(Layout map, int rows) {
    Shape shape = Shape.of(map.batch(), map.height() / rows, map.width() * rows, map.channels());
    return new Layout(shape, map.channelStride(), 0, map.offset(), map.room());
  }

  /** The first channel of every vector; within {@code stride} floats where that is not 0. */
  private static int[] starts(int channels, int stride) {
    int[] starts = new int[(channels + LANES - 1) / LANES];
    for (int v = 0; v < starts.length; v++) {
      starts[v] = stride == 0 ? v * LANES : Math.min(v * LANES, stride - LANES);
    }
    return starts;
  }

  private PanelWay.Panels panels(Layout y, Patches patches, Sweep sweep, Weights weights) {
    int stride = 0;
    while (PANEL_STRIDES[stride] < weights.length()) {
      stride++;
    }
    int panelRows = PanelWay.rowsFor(y.batch() * sweep.rows() * sweep.columns());
    int blocks = sweep.empty() ? 0 : weights.blocks();
    TileCopies.Copy[] tiles = new TileCopies.Copy[2];
    Tile.Reduction[][] inPlace = new Tile.Reduction[blocks][2];
    Tile.Reduction[][] aside = new Tile.Reduction[blocks][2];
    Tile.Reduction[][] apart = new Tile.Reduction[blocks][2];
    for (int b = 0; b < blocks; b++) {
      int vectors = weights.vectors(b);
      int rows = PanelWay.tileRows(panelRows, vectors);
      tiles[vectors - 1] = copies.get(TileShape.packed(rows, vectors, PANEL_STRIDES[stride]));
      int yStep = y.channelStride() * sweep.columnStep();
      int width = weights.starts().length * LANES;
      for (int last = 0; last < 2; last++) {
        int depth = weights.positions(last == 0 ? 0 : weights.chunks() - 1);
        inPlace[b][last] = Tile.Reduction.packed(1, 0, 1, 0, depth, yStep, weights.secondVector(b));
        aside[b][last] = Tile.Reduction.packed(1, 0, 1, 0, depth, width, LANES);
        apart[b][last] = Tile.Reduction.packed(1, 0, 1, 0, depth, vectors * LANES, LANES);
      }
    }
    int floats = PANEL_STRIDES[stride];
    return new PanelWay.Panels(patches, panelRows, floats, tiles, inPlace, aside, apart);
  }

  /** The direct way, or null where the border of x or the number of columns is too small. */
  private Convolution.Direct direct(Layout x, Layout y, Sweep sweep, Weights weights) {
    if (sweep.empty() || sweep.border(x.height(), x.width()) > x.border()) {
      return null;
    }
    TileShape row = rowTile(x, sweep, weights);
    boolean merged =
        row == null && sweep.tapColumnStep() == 1 && weights.depth() == x.channelStride();
    int taps = sweep.columnTaps().length;
    TileCopies.Special[] tiles = new TileCopies.Special[2];
    Tile.Reduction[] blocks = new Tile.Reduction[weights.blocks()];
    for (int b = 0; b < weights.blocks(); b++) {
      int vectors = weights.vectors(b);
      int rows = TileShape.rowsFor(sweep.columns(), vectors);
      if (rows == 0) {
        return null;
      }
      int pixel = sweep.xColumnStep() * x.channelStride();
      tiles[vectors - 1] =
          copies.special(row != null ? row : TileShape.packed(rows, vectors, pixel));
      blocks[b] =
          Tile.Reduction.packed(
              sweep.rowTaps().length,
              sweep.tapRowStep() * x.rowStride(),
              merged ? 1 : taps,
              sweep.tapColumnStep() * x.channelStride(),
              merged ? taps * weights.depth() : weights.depth(),
              sweep.columnStep() * y.channelStride(),
              weights.secondVector(b));
    }
    Tile.Grid grid =
        new Tile.Grid(
            sweep.rows(),
            sweep.columns(),
            x.imageStride(),
            sweep.xRowStep() * x.rowStride(),
            y.imageStride(),
            sweep.rowStep() * y.rowStride());
    return new Convolution.Direct(
        tiles,
        blocks,
        grid,
        x.index(0, sweep.tapRow(), sweep.tapColumn()),
        y.index(0, sweep.row0(), sweep.column0()),
        sweep.columns() * saved(sweep, weights, row != null));
  }

  /**
   * About the cycles a pixel that the direct way saves: gathering, for which neighbouring taps of a
   * channel are moved one by one, more calls, spreading. Measured with 20 shapes.
   */
  private static long saved(Sweep sweep, Weights weights, boolean neighbours) {
    int floats = sweep.taps() * weights.depth();
    int moves = neighbours ? 100 + 3 * floats : floats / 2;
    return moves + 25L * sweep.rowTaps().length + weights.outputs() / 3;
  }

  /** The tile for one vector of output channels and neighbouring taps; null for all else. */
  private static TileShape rowTile(Layout x, Sweep sweep, Weights weights) {
    int taps = sweep.columnTaps().length;
    boolean neighbours = sweep.tapColumnStep() == 1 && sweep.xColumnStep() == 1;
    boolean fits = taps == 3 || taps == RowTile.MOST_TAPS;
    return neighbours && fits && weights.starts().length == 1
        ? TileShape.row(sweep.columns(), x.channelStride(), taps)
        : null;
  }

  /** The gradient with respect to the weights; null where the channels of a group are too few. */
  HostKernel weightGradient(Conv2d conv, OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    int inputs = x.channels() / conv.groups();
    int outputs = dy.channels() / conv.groups();
    if (conv.groups() > 1 && Math.min(inputs, outputs) < 4) {
      return null;
    }
    HostKernel winograd =
        WinogradWeightGradient.of(conv.window(), conv.groups(), dy, x, copies, scratch);
    return winograd != null
        ? winograd
        : weightGradient(conv.window(), conv.groups(), dy, x, inputs, outputs);
  }

  /** {@code dw = dyᵀ · x}. */
  HostKernel denseWeightGradient(OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    return weightGradient(Window.same(1, 1), 1, dy, x, x.channels(), dy.channels());
  }

  private HostKernel weightGradient(
      Window window, int groups, Layout dy, Layout x, int inputs, int outputs) {
    Sweep sweep = Sweep.forward(window, dy);
    boolean merged = window.dilationWidth() == 1 && x.channelStride() == inputs;
    int segments = merged ? 1 : window.kernelWidth();
    int span = merged ? window.kernelWidth() * inputs : inputs;
    if (groups > 1
        || !Width.fits(dy.channelStride())
        || sweep.border(x.height(), x.width()) > x.border()) {
      return new PatchWeightGradient(dy, x, sweep, groups, outputs, inputs, copies, scratch);
    }
    int[] runs = new int[window.kernelHeight() * segments];
    for (int run = 0; run < runs.length; run++) {
      runs[run] =
          run / segments * sweep.tapRowStep() * x.rowStride()
              + run % segments * sweep.tapColumnStep() * x.channelStride();
    }
    WeightGradient.Operand first =
        new WeightGradient.Operand(
            0,
            dy.index(0, 0, 0),
            dy.imageStride(),
            dy.rowStride(),
            dy.channelStride(),
            new int[1],
            outputs,
            dy.channelStride());
    WeightGradient.Operand second =
        new WeightGradient.Operand(
            1,
            x.index(0, sweep.tapRow(), sweep.tapColumn()),
            x.imageStride(),
            sweep.xRowStep() * x.rowStride(),
            sweep.xColumnStep() * x.channelStride(),
            runs,
            span,
            merged ? span : x.channelStride());
    return new WeightGradient(dy, first, second, places(window, runs.length, span, inputs), copies);
  }

  /** Where the weight of each float of the runs of x is among those of an output channel. */
  private static int[] places(Window window, int runs, int span, int inputs) {
    int[] places = new int[runs * span];
    int segments = runs / window.kernelHeight();
    for (int i = 0; i < places.length; i++) {
      int run = i / span;
      int k = i % span;
      int column = run % segments + k / inputs;
      places[i] = k % inputs * window.taps() + run / segments * window.kernelWidth() + column;
    }
    return places;
  }
}
