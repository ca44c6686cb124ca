package dev.linnet.kernels.cuda;

import static dev.linnet.kernels.cuda.Stage.blocks;
import static dev.linnet.kernels.cuda.Stage.elements;

import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.NormActivation;

/** Batch norm and the other sums over batch and space; {@code norm.cu}. */
final class Norms {
  private static final int IDENTITY = 0;
  private static final int VALUES = 0;
  private static final int SQUARES = 1;
  private static final int GRADIENTS = 2;
  private static final int LANES = 32; // channels of a block
  private static final int MOST_CHUNKS = 64;
  private static final int LEAST_CHUNK = 64;

  private Norms() {}

  /** How the pixels of all images are divided among blocks. */
  private record Chunks(int pixels, int size) {
    static Chunks of(Strides x) {
      return new Chunks(x.pixels(), Math.max(LEAST_CHUNK, blocks(x.pixels(), MOST_CHUNKS)));
    }

    int count() {
      return blocks(pixels, size);
    }

    int workspace(int channels) {
      return 2 * channels * count();
    }
  }

  /** Sums of chunks into the workspace. */
  private static Stage sums(
      Gpu gpu, Arguments pointers, Strides x, Strides dy, int kind, int function, float epsilon) {
    Chunks chunks = Chunks.of(x);
    Arguments arguments =
        pointers
            .workspace()
            .map(x)
            .map(dy)
            .ints(chunks.pixels(), chunks.size(), kind, function)
            .floats(epsilon);
    return new Stage(gpu, "channelSums", blocks(x.c(), LANES), chunks.count(), 1, arguments);
  }

  /**
   * Adds the sums of all chunks: {@code values} a channel, from {@code offset} of the result on.
   */
  private static Stage finish(Gpu gpu, Strides x, int values, int offset, float divisor) {
    return elements(
        gpu,
        "finishSums",
        values * x.c(),
        new Arguments()
            .workspace()
            .output(offset)
            .ints(x.c(), Chunks.of(x).count(), values)
            .floats(divisor));
  }

  /** Mean, then the mean of the squares around it. */
  static CudaKernel moments(Gpu gpu, OpKey key) {
    Strides x = Strides.of(key.input(0));
    return CudaKernel.withWorkspace(
        Chunks.of(x).workspace(x.c()),
        sums(gpu, new Arguments().input(0).none().none().none(), x, x, VALUES, IDENTITY, 0),
        finish(gpu, x, 1, 0, x.pixels()),
        sums(gpu, new Arguments().input(0).none().output().none(), x, x, SQUARES, IDENTITY, 0),
        finish(gpu, x, 1, x.c(), x.pixels()));
  }

  static CudaKernel biasGradient(Gpu gpu, OpKey key) {
    Strides dy = Strides.of(key.input(0));
    return CudaKernel.withWorkspace(
        Chunks.of(dy).workspace(dy.c()),
        sums(gpu, new Arguments().input(0).none().none().none(), dy, dy, VALUES, IDENTITY, 0),
        finish(gpu, dy, 1, 0, 1));
  }

  static CudaKernel normalize(Gpu gpu, BatchNorm norm, OpKey key) {
    return normalize(gpu, key, norm.epsilon(), IDENTITY, -1);
  }

  static CudaKernel normalize(Gpu gpu, NormActivation norm, OpKey key) {
    int residual = norm.residual() ? norm.residualIndex() : -1;
    return normalize(gpu, key, norm.epsilon(), Elementwise.code(norm.function()), residual);
  }

  private static CudaKernel normalize(
      Gpu gpu, OpKey key, float epsilon, int function, int residual) {
    Strides x = Strides.of(key.input(0));
    Strides y = Strides.of(key.output());
    Strides with = residual < 0 ? y : Strides.of(key.input(residual));
    int count = y.count();
    return CudaKernel.of(
        elements(
            gpu,
            "normalize",
            count,
            new Arguments()
                .input(0)
                .input(1)
                .input(2)
                .inputOrNone(residual)
                .output()
                .map(x)
                .map(with)
                .map(y)
                .ints(count, function)
                .floats(epsilon)));
  }

  static CudaKernel affineGradient(Gpu gpu, BatchNorm.AffineGradient op, OpKey key) {
    return affineGradient(gpu, key, op.epsilon(), IDENTITY, -1);
  }

  static CudaKernel affineGradient(Gpu gpu, NormActivation.AffineGradient op, OpKey key) {
    return affineGradient(gpu, key, op.epsilon(), Elementwise.code(op.function()), 3);
  }

  private static CudaKernel affineGradient(
      Gpu gpu, OpKey key, float epsilon, int function, int affine) {
    Strides dy = Strides.of(key.input(0));
    Strides x = Strides.of(key.input(1));
    return CudaKernel.withWorkspace(
        Chunks.of(x).workspace(x.c()),
        sums(
            gpu,
            new Arguments().input(1).input(0).input(2).inputOrNone(affine),
            x,
            dy,
            GRADIENTS,
            function,
            epsilon),
        finish(gpu, x, 2, 0, 1));
  }

  static CudaKernel inputGradient(Gpu gpu, BatchNorm.InputGradient op, OpKey key) {
    return inputGradient(gpu, key, op.epsilon(), op.training(), IDENTITY);
  }

  static CudaKernel inputGradient(Gpu gpu, NormActivation.InputGradient op, OpKey key) {
    int function = Elementwise.code(op.function());
    return inputGradient(gpu, key, op.epsilon(), op.training(), function);
  }

  private static CudaKernel inputGradient(
      Gpu gpu, OpKey key, float epsilon, boolean training, int function) {
    Strides dx = Strides.of(key.output());
    int count = dx.count();
    float perElement = training ? 1f / dx.pixels() : 0;
    return CudaKernel.of(
        elements(
            gpu,
            "normGradient",
            count,
            new Arguments()
                .input(0)
                .input(1)
                .input(2)
                .input(3)
                .input(4)
                .output()
                .map(Strides.of(key.input(0)))
                .map(Strides.of(key.input(1)))
                .map(dx)
                .ints(count, function)
                .floats(epsilon, perElement)));
  }
}
