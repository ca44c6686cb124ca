package dev.linnet.kernels.cuda;

import static dev.linnet.kernels.cuda.Stage.blocks;
import static dev.linnet.kernels.cuda.Stage.elements;

import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.exec.Precision;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.FusedConv2d;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;

/**
 * Convolutions as implicit matrix products, and dense layers as convolutions of one pixel; {@code
 * conv.cu}.
 */
final class Convolutions {
  private static final Conv2d DENSE = new Conv2d(Window.same(1, 1), 1);
  private static final int LINE = 4; // columns of packed weights are a multiple of it

  private Convolutions() {}

  /** What follows a convolution in its last store. */
  private record Epilogue(int shift, int affine, int residual, int function, float epsilon) {
    static final Epilogue NONE = new Epilogue(-1, -1, -1, 0, 0);

    static Epilogue of(FusedConv2d op) {
      int residual = op.residual() ? op.residualIndex() : -1;
      int function = Elementwise.code(op.function());
      if (op.shift() instanceof FusedConv2d.Shift.Norm norm) {
        return new Epilogue(2, 3, residual, function, norm.epsilon());
      }
      int shift = op.shift() instanceof FusedConv2d.Shift.Bias ? 2 : -1;
      return new Epilogue(shift, -1, residual, function, 0);
    }
  }

  /** A window and the way it is walked: from an operand to a result, or back. */
  private record Walk(Taps high, Taps wide) {
    static Walk of(Window window, boolean backward) {
      return new Walk(Taps.high(window, backward), Taps.wide(window, backward));
    }

    int phases() {
      return high.phases() * wide.phases();
    }

    /** The most taps that a pixel meets. */
    int taps() {
      return high.most() * wide.most();
    }

    /** The pixels of the largest phase, of all images. */
    int pixels(Strides result) {
      return result.n() * high.pixels(result.h()) * wide.pixels(result.w());
    }

    Arguments write(Arguments arguments) {
      return wide.write(high.write(arguments));
    }
  }

  /**
   * The sizes of a product.
   *
   * @param inner operand channels of a group
   * @param outputs result channels of a group
   */
  private record Sizes(int groups, int taps, int inner, int outputs) {
    /**
     * Of a convolution with weights {@code [O, I/groups, kh, kw]}, or dense ones {@code [O, I]}.
     */
    static Sizes forward(Conv2d conv, Shape weights) {
      int taps = conv.window().taps();
      return new Sizes(conv.groups(), taps, weights.dim(1), weights.dim(0) / conv.groups());
    }

    Sizes backward() {
      return new Sizes(groups, taps, outputs, inner);
    }

    /** Columns of a line of packed weights. */
    int columns() {
      return (outputs + LINE - 1) / LINE * LINE;
    }

    /** How many floats packed weights take. */
    int floats() {
      return Math.multiplyExact(Math.multiplyExact(groups * taps, inner), columns());
    }

    /**
     * Packed weights {@code [group][tap][channel][output]}: with the outputs of a channel in a row,
     * or for tensor cores the summands of an output.
     */
    Strides packed(Precision precision) {
      int summands = taps * inner;
      int line = columns();
      return precision == Precision.TF32
          ? new Strides(groups, taps, inner, outputs, summands * outputs, inner, 1, summands, 0)
          : new Strides(groups, taps, inner, outputs, summands * line, inner * line, line, 1, 0);
    }
  }

  /**
   * The summands of a product, divided among blocks where there are many of them and few pixels.
   * The same for any batch, so that an image's bits do not depend on the others.
   */
  private record Split(int count, int summands) {
    static final Split NONE = new Split(1, Integer.MAX_VALUE / 2);
    private static final int LEAST = 512; // summands that are split
    private static final int SUMMANDS = 256; // of a split
    private static final int MOST_PIXELS = 64; // of an image

    static Split of(int summands, Layout result) {
      boolean small = result.height() * result.width() <= MOST_PIXELS;
      return small && summands >= LEAST ? new Split(blocks(summands, SUMMANDS), SUMMANDS) : NONE;
    }
  }

  private static boolean depthwise(Sizes forward) {
    return forward.groups() > 1 && forward.inner() == 1;
  }

  static CudaKernel forward(Gpu gpu, Conv2d conv, OpKey key) {
    return forward(gpu, conv, Epilogue.NONE, key);
  }

  static CudaKernel forward(Gpu gpu, FusedConv2d op, OpKey key) {
    return forward(gpu, op.conv(), Epilogue.of(op), key);
  }

  static CudaKernel dense(Gpu gpu, OpKey key) {
    return forward(gpu, DENSE, Epilogue.NONE, key);
  }

  private static CudaKernel forward(Gpu gpu, Conv2d conv, Epilogue epilogue, OpKey key) {
    Sizes sizes = Sizes.forward(conv, key.input(1).shape());
    if (depthwise(sizes)) {
      return depthwise(gpu, "depthwise", Walk.of(conv.window(), false), sizes, epilogue, key);
    }
    // from [group][output][channel][tap] to [group][tap][channel][output]
    int in = sizes.inner();
    int taps = sizes.taps();
    Strides from =
        new Strides(
            sizes.groups(),
            taps,
            in,
            sizes.outputs(),
            sizes.outputs() * in * taps,
            1,
            taps,
            in * taps,
            0);
    return product(gpu, Walk.of(conv.window(), false), sizes, epilogue, key, from);
  }

  static CudaKernel inputGradient(Gpu gpu, Conv2d conv, OpKey key) {
    Sizes forward = Sizes.forward(conv, key.input(1).shape());
    Walk walk = Walk.of(conv.window(), true);
    if (depthwise(forward)) {
      return depthwise(gpu, "depthwiseGradient", walk, forward.backward(), Epilogue.NONE, key);
    }
    // from [group][output][channel][tap] to [group][tap][output][channel]
    int in = forward.inner();
    int taps = forward.taps();
    Strides from =
        new Strides(
            forward.groups(),
            taps,
            forward.outputs(),
            in,
            forward.outputs() * in * taps,
            1,
            in * taps,
            taps,
            0);
    return product(gpu, walk, forward.backward(), Epilogue.NONE, key, from);
  }

  static CudaKernel denseInputGradient(Gpu gpu, OpKey key) {
    return inputGradient(gpu, DENSE, key);
  }

  /**
   * The struct {@code ConvArguments}.
   *
   * @param pointers its first three: operand, weights, result
   */
  private static Arguments arguments(
      Arguments pointers, Walk walk, Sizes sizes, Epilogue epilogue, Split split, OpKey key) {
    Strides y = Strides.of(key.output());
    Strides with = epilogue.residual() < 0 ? y : Strides.of(key.input(epilogue.residual()));
    Arguments arguments =
        pointers
            .inputOrNone(epilogue.shift())
            .inputOrNone(epilogue.affine())
            .inputOrNone(epilogue.residual())
            .map(Strides.of(key.input(0)))
            .map(y)
            .map(with)
            .ints(y.pixels(), sizes.inner(), sizes.outputs(), sizes.columns());
    return walk.write(arguments)
        .ints(epilogue.function())
        .floats(epilogue.epsilon())
        .ints(split.count(), split.summands());
  }

  private static CudaKernel product(
      Gpu gpu, Walk walk, Sizes sizes, Epilogue epilogue, OpKey key, Strides from) {
    int pixels = walk.pixels(Strides.of(key.output()));
    boolean quads = quads(key.input(0), sizes.inner());
    int together = sizes.groups() * walk.phases();
    Tile tile = Tile.of(pixels, sizes.outputs(), together, quads, gpu.multiprocessors());
    Split split = Split.of(walk.taps() * sizes.inner(), key.output());
    boolean whole = split.count() == 1;
    Arguments pointers = new Arguments().input(0).prepared();
    Stage stage =
        new Stage(
            gpu,
            tile.kernel(quads, gpu.precision()),
            blocks(pixels, tile.pixels()),
            blocks(sizes.outputs(), tile.channels()),
            together * split.count(),
            arguments(
                whole ? pointers.output() : pointers.workspace(),
                walk,
                sizes,
                epilogue,
                split,
                key));
    Strides packed = sizes.packed(gpu.precision());
    Stage pack =
        elements(
            gpu,
            "packWeights",
            from.count(),
            walk.write(
                new Arguments().input(1).prepared().map(from).map(packed).ints(from.count())));
    if (whole) {
      return CudaKernel.of(stage).prepared(1, sizes.floats(), pack);
    }
    int count = Strides.of(key.output()).count();
    Arguments sums = new Arguments().workspace().none().output();
    Stage finish =
        elements(gpu, "finishConv", count, arguments(sums, walk, sizes, epilogue, split, key));
    return CudaKernel.withWorkspace(Math.multiplyExact(split.count(), count), stage, finish)
        .prepared(1, sizes.floats(), pack);
  }

  /** Whether four channels of a group can be fetched at once. */
  private static boolean quads(Layout layout, int perGroup) {
    return perGroup % LINE == 0 && layout.channelStride() % LINE == 0;
  }

  private static CudaKernel depthwise(
      Gpu gpu, String kernel, Walk walk, Sizes sizes, Epilogue epilogue, OpKey key) {
    int count = Strides.of(key.output()).count();
    int channels = sizes.groups() * sizes.inner() * sizes.outputs();
    int taps = sizes.taps();
    Arguments pointers = new Arguments().input(0).prepared().output();
    Stage stage =
        elements(gpu, kernel, count, arguments(pointers, walk, sizes, epilogue, Split.NONE, key));
    Strides from = new Strides(1, 1, taps, channels, 0, 0, 1, taps, 0);
    Stage pack = Elementwise.pack(gpu, 1, from, Strides.dense(1, 1, taps, channels));
    return CudaKernel.of(stage).prepared(1, taps * channels, pack);
  }

  static CudaKernel denseWeightGradient(Gpu gpu, OpKey key) {
    return weightGradient(gpu, DENSE, key);
  }

  static CudaKernel weightGradient(Gpu gpu, Conv2d conv, OpKey key) {
    Sizes sizes = Sizes.forward(conv, key.output().shape());
    return depthwise(sizes)
        ? WeightGradients.depthwise(gpu, conv.window(), sizes.groups() * sizes.outputs(), key)
        : WeightGradients.product(
            gpu, conv.window(), sizes.groups(), sizes.inner(), sizes.outputs(), key);
  }

  /** The taps of a forward convolution. */
  static Arguments taps(Arguments arguments, Window window) {
    return Walk.of(window, false).write(arguments);
  }

  /** Whether four channels of both values can be fetched at once. */
  static boolean quads(OpKey key, int outputs, int inner) {
    return quads(key.input(0), outputs) && quads(key.input(1), inner);
  }
}
