package dev.linnet.kernels.opencl;

import static dev.linnet.kernels.opencl.Step.OUTPUT;
import static dev.linnet.kernels.opencl.Step.input;

import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.Window;
import dev.linnet.kernels.opencl.DeviceOperation.Plan;
import dev.linnet.kernels.opencl.device.AvgPool;
import dev.linnet.kernels.opencl.device.AvgPoolGradient;
import dev.linnet.kernels.opencl.device.DeviceKernel;
import dev.linnet.kernels.opencl.device.MaxPool;
import dev.linnet.kernels.opencl.device.MaxPoolGradient;
import dev.linnet.kernels.opencl.device.SpatialSums;
import dev.linnet.kernels.opencl.device.Unary;

/** Pools, and other sums over space. */
final class Pools {
  private Pools() {}

  static Plan max(Window window, OpKey key) {
    Layout y = key.output();
    return Plan.of(
        dilated(window(new Step(MaxPool.class), window, key.input(0), y), window)
            .set("lowest", Float.NEGATIVE_INFINITY)
            .map("x", input(0), key.input(0))
            .map("y", OUTPUT, y)
            .over(y.shape().size()));
  }

  static Plan maxGradient(Window window, OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    return Plan.of(
        dilated(window(new Step(MaxPoolGradient.class), window, x, dy), window)
            .map("dy", input(0), dy)
            .map("x", input(1), x)
            .map("dx", OUTPUT, key.output())
            .over(x.shape().size()));
  }

  static Plan average(AvgPool2d pool, OpKey key) {
    Layout y = key.output();
    return Plan.of(
        window(new Step(AvgPool.class), pool.window(), key.input(0), y)
            .set("padded", pool.countPadding() ? 1 : 0)
            .map("x", input(0), key.input(0))
            .map("y", OUTPUT, y)
            .over(y.shape().size()));
  }

  static Plan averageGradient(AvgPool2d pool, OpKey key) {
    Layout dy = key.input(0);
    Layout dx = key.output();
    return Plan.of(
        window(new Step(AvgPoolGradient.class), pool.window(), dx, dy)
            .set("padded", pool.countPadding() ? 1 : 0)
            .map("dy", input(0), dy)
            .map("dx", OUTPUT, dx)
            .over(dx.shape().size()));
  }

  static Plan global(OpKey key) {
    Layout x = key.input(0);
    return Plan.of(
        sums(x, key.output())
            .set("factor", 1f / (x.height() * x.width()))
            .set("product", 0)
            .map("a", input(0), x)
            .unused("b", "bn", "bh", "bw"));
  }

  static Plan gateGradient(OpKey key) {
    return Plan.of(
        sums(key.input(1), key.output())
            .set("factor", 1f)
            .set("product", 1)
            .map("a", input(0), key.input(0))
            .map("b", input(1), key.input(1)));
  }

  private static Step sums(Layout x, Layout y) {
    return new Step(SpatialSums.class)
        .set("height", x.height())
        .set("width", x.width())
        .set("channels", x.channels())
        .at("y", OUTPUT, y.index(0, 0, 0))
        .set("yn", y.imageStride())
        .over(x.batch() * x.channels());
  }

  static Plan globalGradient(OpKey key) {
    Layout dx = key.output();
    return Plan.of(
        new Step(Unary.class)
            .set("flat", 0)
            .set("function", DeviceKernel.IDENTITY)
            .set("factor", 1f / (dx.height() * dx.width()))
            .set("height", dx.height())
            .set("width", dx.width())
            .set("channels", dx.channels())
            .broadcast("x", input(0), key.input(0))
            .map("y", OUTPUT, dx)
            .over(dx.shape().size()));
  }

  private static Step window(Step step, Window window, Layout large, Layout small) {
    return step.set("height", large.height())
        .set("width", large.width())
        .set("outHeight", small.height())
        .set("outWidth", small.width())
        .set("channels", large.channels())
        .set("kernelHeight", window.kernelHeight())
        .set("kernelWidth", window.kernelWidth())
        .set("strideHeight", window.strideHeight())
        .set("strideWidth", window.strideWidth())
        .set("top", window.top())
        .set("left", window.left());
  }

  private static Step dilated(Step step, Window window) {
    return step.set("dilationHeight", window.dilationHeight())
        .set("dilationWidth", window.dilationWidth());
  }
}
