package dev.linnet.kernels.cuda;

import static dev.linnet.kernels.cuda.Stage.blocks;
import static dev.linnet.kernels.cuda.Stage.elements;

import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
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

    int packed() {
      return Math.multiplyExact(Math.multiplyExact(groups * taps, inner), columns());
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

  /** How the taps of a window lie in the operand, along one axis: the struct {@code Taps}. */
  private static Arguments taps(Arguments arguments, Window w, boolean backward) {
    return backward
        ? arguments
            .ints(w.kernelHeight(), 1, -w.dilationHeight(), w.top(), w.strideHeight())
            .ints(w.kernelWidth(), 1, -w.dilationWidth(), w.left(), w.strideWidth())
        : arguments
            .ints(w.kernelHeight(), w.strideHeight(), w.dilationHeight(), -w.top(), 1)
            .ints(w.kernelWidth(), w.strideWidth(), w.dilationWidth(), -w.left(), 1);
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
      return depthwise(gpu, "depthwise", conv.window(), false, sizes, epilogue, key);
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
    return product(gpu, conv.window(), false, sizes, epilogue, key, from);
  }

  static CudaKernel inputGradient(Gpu gpu, Conv2d conv, OpKey key) {
    Sizes forward = Sizes.forward(conv, key.input(1).shape());
    if (depthwise(forward)) {
      Sizes sizes = forward.backward();
      return depthwise(gpu, "depthwiseGradient", conv.window(), true, sizes, Epilogue.NONE, key);
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
    return product(gpu, conv.window(), true, forward.backward(), Epilogue.NONE, key, from);
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
      Arguments pointers,
      Window window,
      boolean backward,
      Sizes sizes,
      Epilogue epilogue,
      Split split,
      OpKey key) {
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
    return taps(arguments, window, backward)
        .ints(epilogue.function())
        .floats(epilogue.epsilon())
        .ints(split.count(), split.summands());
  }

  private static CudaKernel product(
      Gpu gpu,
      Window window,
      boolean backward,
      Sizes sizes,
      Epilogue epilogue,
      OpKey key,
      Strides from) {
    int pixels = Strides.of(key.output()).pixels();
    boolean quads = quads(key.input(0), sizes.inner());
    Tile tile = Tile.of(pixels, sizes.outputs(), sizes.groups(), quads, gpu.multiprocessors());
    Split split = Split.of(sizes.taps() * sizes.inner(), key.output());
    boolean whole = split.count() == 1;
    Arguments pointers = new Arguments().input(0).prepared();
    Stage stage =
        new Stage(
            gpu,
            tile.kernel(quads),
            blocks(pixels, tile.pixels()),
            blocks(sizes.outputs(), tile.channels()),
            sizes.groups() * split.count(),
            arguments(
                whole ? pointers.output() : pointers.workspace(),
                window,
                backward,
                sizes,
                epilogue,
                split,
                key));
    int line = sizes.columns();
    Strides packed =
        new Strides(
            sizes.groups(),
            sizes.taps(),
            sizes.inner(),
            sizes.outputs(),
            sizes.taps() * sizes.inner() * line,
            sizes.inner() * line,
            line,
            1,
            0);
    Stage pack = Elementwise.pack(gpu, 1, from, packed);
    if (whole) {
      return CudaKernel.of(stage).prepared(1, sizes.packed(), pack);
    }
    int count = Strides.of(key.output()).count();
    Arguments sums = new Arguments().workspace().none().output();
    Stage finish =
        elements(
            gpu,
            "finishConv",
            count,
            arguments(sums, window, backward, sizes, epilogue, split, key));
    return CudaKernel.withWorkspace(Math.multiplyExact(split.count(), count), stage, finish)
        .prepared(1, sizes.packed(), pack);
  }

  /** Whether four channels of a group can be fetched at once. */
  private static boolean quads(Layout layout, int perGroup) {
    return perGroup % LINE == 0 && layout.channelStride() % LINE == 0;
  }

  private static CudaKernel depthwise(
      Gpu gpu,
      String kernel,
      Window window,
      boolean backward,
      Sizes sizes,
      Epilogue epilogue,
      OpKey key) {
    int count = Strides.of(key.output()).count();
    int channels = sizes.groups() * sizes.inner() * sizes.outputs();
    int taps = sizes.taps();
    Arguments pointers = new Arguments().input(0).prepared().output();
    Stage stage =
        elements(
            gpu,
            kernel,
            count,
            arguments(pointers, window, backward, sizes, epilogue, Split.NONE, key));
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
    return taps(arguments, window, false);
  }

  /** Whether four channels of both values can be fetched at once. */
  static boolean quads(OpKey key, int outputs, int inner) {
    return quads(key.input(0), outputs) && quads(key.input(1), inner);
  }
}
