package dev.linnet.kernels.opencl;

import static dev.linnet.kernels.opencl.Convolutions.pixels;
import static dev.linnet.kernels.opencl.Step.OUTPUT;
import static dev.linnet.kernels.opencl.Step.input;
import static dev.linnet.kernels.opencl.Step.scratch;

import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.FusedConv2d;
import dev.linnet.kernels.opencl.DeviceOperation.Plan;
import dev.linnet.kernels.opencl.device.AffineParts;
import dev.linnet.kernels.opencl.device.MomentMerge;
import dev.linnet.kernels.opencl.device.MomentParts;
import dev.linnet.kernels.opencl.device.NormGradient;
import dev.linnet.kernels.opencl.device.Normalize;
import java.util.List;
import java.util.Optional;

/** Batch norm, with what follows it, and the sums over batch and space. */
final class Norms {
  private static final int PIXELS_A_BLOCK = 64;
  private static final int BLOCKS = 256;

  private Norms() {}

  static Plan moments(OpKey key) {
    Layout x = key.input(0);
    int channels = x.channels();
    int perBlock = perBlock(x);
    int blocks = Step.groups(pixels(x), perBlock);
    Step parts =
        new Step(MomentParts.class)
            .set("pixels", pixels(x))
            .set("perBlock", perBlock)
            .set("height", x.height())
            .set("width", x.width())
            .set("channels", channels)
            .map("x", input(0), x)
            .at("parts", scratch(0))
            .items(channels, blocks);
    Step merge =
        new Step(MomentMerge.class)
            .set("pixels", pixels(x))
            .set("perBlock", perBlock)
            .set("blocks", blocks)
            .set("channels", channels)
            .at("parts", scratch(0))
            .at("y", OUTPUT)
            .items(channels);
    return new Plan(List.of(parts, merge), 2 * blocks * channels);
  }

  static Plan affineGradient(float epsilon, Optional<Activation.Function> function, OpKey key) {
    Layout x = key.input(1);
    Step sums =
        sums(key.input(0))
            .set("normed", 1)
            .set("function", Pointwise.code(function))
            .set("epsilon", epsilon)
            .map("x", input(1), x)
            .at("moments", input(2));
    return summed(function.isPresent() ? sums.at("affine", input(3)) : sums.unused("affine"), x, 2);
  }

  static Plan biasGradient(OpKey key) {
    Layout dy = key.input(0);
    Step sums =
        sums(dy)
            .set("normed", 0)
            .set("epsilon", 0f)
            .unused("function", "x", "xn", "xh", "xw", "moments", "affine");
    return summed(sums, dy, 1);
  }

  private static Step sums(Layout dy) {
    return new Step(AffineParts.class)
        .set("pixels", pixels(dy))
        .set("perBlock", perBlock(dy))
        .set("height", dy.height())
        .set("width", dy.width())
        .set("channels", dy.channels())
        .map("dy", input(0), dy)
        .at("parts", scratch(0));
  }

  private static Plan summed(Step sums, Layout x, int kinds) {
    int blocks = Step.groups(pixels(x), perBlock(x));
    int size = kinds * x.channels();
    return new Plan(
        List.of(sums.items(x.channels(), blocks), Convolutions.sum(size, blocks)), size * blocks);
  }

  private static int perBlock(Layout x) {
    return Math.max(PIXELS_A_BLOCK, Step.groups(pixels(x), BLOCKS));
  }

  static Plan normalize(
      float epsilon, boolean residual, Optional<Activation.Function> function, OpKey key) {
    Step step =
        normalize(key.output(), function)
            .set("kind", 2)
            .set("epsilon", epsilon)
            .map("x", input(0), key.input(0))
            .at("moments", input(1))
            .at("affine", input(2))
            .unused("shift");
    return Plan.of(residual(step, residual, 3, key));
  }

  /** What follows a convolution, on its result in place. */
  static Step epilogue(FusedConv2d op, OpKey key) {
    Step step = normalize(key.output(), op.function()).map("x", OUTPUT, key.output());
    if (op.shift() instanceof FusedConv2d.Shift.Norm norm) {
      step.set("kind", 2)
          .set("epsilon", norm.epsilon())
          .at("moments", input(2))
          .at("affine", input(3))
          .unused("shift");
    } else if (op.shift() instanceof FusedConv2d.Shift.Bias) {
      step.set("kind", 1).set("epsilon", 0f).at("shift", input(2)).unused("moments", "affine");
    } else {
      step.set("epsilon", 0f).unused("kind", "shift", "moments", "affine");
    }
    return residual(step, op.residual(), op.residualIndex(), key);
  }

  private static Step normalize(Layout y, Optional<Activation.Function> function) {
    return new Step(Normalize.class)
        .set("height", y.height())
        .set("width", y.width())
        .set("channels", y.channels())
        .set("function", Pointwise.code(function))
        .map("y", OUTPUT, y)
        .over(y.shape().size());
  }

  private static Step residual(Step step, boolean residual, int index, OpKey key) {
    return residual
        ? step.set("added", 1).map("r", input(index), key.input(index))
        : step.unused("added", "r", "rn", "rh", "rw");
  }

  static Plan inputGradient(
      float epsilon, boolean training, Optional<Activation.Function> function, OpKey key) {
    Layout x = key.input(1);
    return Plan.of(
        new Step(NormGradient.class)
            .set("height", x.height())
            .set("width", x.width())
            .set("channels", x.channels())
            .set("function", Pointwise.code(function))
            .set("epsilon", epsilon)
            .set("perElement", training ? (float) x.channels() / x.shape().size() : 0f)
            .map("dy", input(0), key.input(0))
            .map("x", input(1), x)
            .at("moments", input(2))
            .at("affine", input(3))
            .at("sums", input(4))
            .map("dx", OUTPUT, key.output())
            .over(x.shape().size()));
  }
}
