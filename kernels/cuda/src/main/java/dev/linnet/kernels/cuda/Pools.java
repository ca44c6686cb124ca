package dev.linnet.kernels.cuda;

import static dev.linnet.kernels.cuda.Stage.blocks;
import static dev.linnet.kernels.cuda.Stage.elements;

import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.Window;

/** Pools, and sums over the pixels of an image; {@code pool.cu}. */
final class Pools {
  private static final int LANES = 32; // channels of a block

  private Pools() {}

  static CudaKernel max(Gpu gpu, Window window, OpKey key) {
    return pool(gpu, "maxPool", window, false, key);
  }

  static CudaKernel average(Gpu gpu, AvgPool2d pool, OpKey key) {
    return pool(gpu, "averagePool", pool.window(), pool.countPadding(), key);
  }

  static CudaKernel averageGradient(Gpu gpu, AvgPool2d pool, OpKey key) {
    return pool(gpu, "averagePoolGradient", pool.window(), pool.countPadding(), key);
  }

  private static CudaKernel pool(
      Gpu gpu, String kernel, Window window, boolean countPadding, OpKey key) {
    Strides y = Strides.of(key.output());
    int count = y.count();
    return CudaKernel.of(
        elements(
            gpu,
            kernel,
            count,
            new Arguments()
                .input(0)
                .output()
                .map(Strides.of(key.input(0)))
                .map(y)
                .ints(count)
                .window(window)
                .ints(countPadding ? 1 : 0)));
  }

  static CudaKernel maxGradient(Gpu gpu, Window window, OpKey key) {
    Strides dx = Strides.of(key.output());
    int count = dx.count();
    return CudaKernel.of(
        elements(
            gpu,
            "maxPoolGradient",
            count,
            new Arguments()
                .input(0)
                .input(1)
                .output()
                .map(Strides.of(key.input(0)))
                .map(Strides.of(key.input(1)))
                .map(dx)
                .ints(count)
                .window(window)));
  }

  static CudaKernel global(Gpu gpu, OpKey key) {
    Strides x = Strides.of(key.input(0));
    return CudaKernel.of(overSpace(gpu, key, -1, 1f / (x.h() * x.w())));
  }

  /** The gradient of a gate: the sum over space of dy · x. */
  static CudaKernel gateGradient(Gpu gpu, OpKey key) {
    return CudaKernel.of(overSpace(gpu, key, 1, 1));
  }

  private static Stage overSpace(Gpu gpu, OpKey key, int factor, float scale) {
    Strides x = Strides.of(key.input(0));
    Strides with = factor < 0 ? x : Strides.of(key.input(factor));
    return new Stage(
        gpu,
        "spaceSums",
        blocks(x.c(), LANES),
        x.n(),
        1,
        new Arguments()
            .input(0)
            .inputOrNone(factor)
            .output()
            .map(x)
            .map(with)
            .map(Strides.of(key.output()))
            .floats(scale));
  }
}
