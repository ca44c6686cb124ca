package dev.linnet.kernels.opencl;

import static dev.linnet.kernels.opencl.Step.OUTPUT;
import static dev.linnet.kernels.opencl.Step.input;

import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Dropout;
import dev.linnet.core.tensor.Shape;
import dev.linnet.kernels.opencl.DeviceOperation.Plan;
import dev.linnet.kernels.opencl.device.Binary;
import dev.linnet.kernels.opencl.device.DeviceKernel;
import dev.linnet.kernels.opencl.device.Drop;
import dev.linnet.kernels.opencl.device.Slice;
import dev.linnet.kernels.opencl.device.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Elementwise operations and those that move values. */
final class Pointwise {
  private static final int MOST_EXTENTS = 4;
  private static final int SUM = 0;
  private static final int PRODUCT = 1;
  private static final int SLOPE = 2;

  private Pointwise() {}

  /** What a function is called by kernels. */
  static int code(Optional<Activation.Function> function) {
    return function.isEmpty()
        ? DeviceKernel.IDENTITY
        : switch (function.get()) {
          case RELU -> DeviceKernel.RELU;
          case RELU6 -> DeviceKernel.RELU6;
          case HARD_SWISH -> DeviceKernel.HARD_SWISH;
          case HARD_SIGMOID -> DeviceKernel.HARD_SIGMOID;
          case SILU -> DeviceKernel.SILU;
          case SIGMOID -> DeviceKernel.SIGMOID;
        };
  }

  static Plan unary(Activation.Function function, OpKey key) {
    return Plan.of(
        unary(key.input(0), key.output(), code(Optional.of(function)), 1f)
            .map("x", input(0), key.input(0))
            .map("y", OUTPUT, key.output()));
  }

  static Plan zero(OpKey key) {
    return Plan.of(
        unary(key.input(0), key.output(), DeviceKernel.IDENTITY, 0f)
            .map("x", input(0), key.input(0))
            .map("y", OUTPUT, key.output()));
  }

  /** Without the values' places. */
  private static Step unary(Layout x, Layout y, int function, float factor) {
    return elements(new Step(Unary.class), y)
        .set("flat", x.isDense() && y.isDense() && x.shape().equals(y.shape()) ? 1 : 0)
        .set("function", function)
        .set("factor", factor);
  }

  private static Step elements(Step step, Layout y) {
    return step.set("height", y.height())
        .set("width", y.width())
        .set("channels", y.channels())
        .over(y.shape().size());
  }

  static Plan sum(OpKey key) {
    return binary(key, SUM, DeviceKernel.IDENTITY);
  }

  static Plan product(OpKey key) {
    return binary(key, PRODUCT, DeviceKernel.IDENTITY);
  }

  /** dy · f′(x). */
  static Plan slope(Activation.Function function, OpKey key) {
    return binary(key, SLOPE, code(Optional.of(function)));
  }

  private static Plan binary(OpKey key, int operation, int function) {
    Layout a = key.input(0);
    Layout b = key.input(1);
    Layout y = key.output();
    boolean same = b.shape().equals(y.shape());
    Step step =
        new Step(Binary.class)
            .set("operation", operation)
            .set("function", function)
            .set("flat", same && a.isDense() && b.isDense() && y.isDense() ? 1 : 0);
    if (!feature(y)) { // weights and vectors are one row
      Shape row = Shape.of(1, y.floats());
      return Plan.of(
          elements(step, Layout.dense(row))
              .map("a", input(0), Layout.dense(row))
              .map("b", input(1), Layout.dense(row))
              .map("y", OUTPUT, Layout.dense(row)));
    }
    if (same) {
      step.map("b", input(1), b);
    } else if (b.shape().rank() == 1) {
      step.broadcast("b", input(1));
    } else {
      step.broadcast("b", input(1), b);
    }
    return Plan.of(elements(step, y).map("a", input(0), a).map("y", OUTPUT, y));
  }

  /** Whether a value may be a feature map: what is neither an image nor a row is dense. */
  private static boolean feature(Layout layout) {
    return layout.shape().rank() == 4 || layout.shape().rank() == 2;
  }

  static Plan dropout(Dropout dropout, OpKey key) {
    return Plan.of(
        elements(new Step(Drop.class), key.output())
            .set("rate", dropout.rate())
            .set("kept", 1 / (1 - dropout.rate()))
            .set("salt", dropout.salt() * 0x9E3779B97F4A7C15L)
            .at("key", input(1))
            .map("x", input(0), key.input(0))
            .map("y", OUTPUT, key.output()));
  }

  /** One copy an input. */
  static Plan concat(OpKey key) {
    List<Step> steps = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < key.inputs().size(); i++) {
      Layout x = key.input(i);
      steps.add(
          elements(new Step(Unary.class), x)
              .set("flat", 0)
              .set("function", DeviceKernel.IDENTITY)
              .set("factor", 1f)
              .map("x", input(i), x)
              .map("y", OUTPUT, key.output(), first));
      first += x.channels();
    }
    return new Plan(steps, 0);
  }

  static Plan channels(int from, OpKey key) {
    return Plan.of(
        elements(new Step(Unary.class), key.output())
            .set("flat", 0)
            .set("function", DeviceKernel.IDENTITY)
            .set("factor", 1f)
            .map("x", input(0), key.input(0), from)
            .map("y", OUTPUT, key.output()));
  }

  /** Between {@code [N, H, W, C]} and {@code [N, H·W·C]}, either way. */
  static Plan reshape(OpKey key) {
    boolean flatten = key.input(0).shape().rank() == 4;
    Layout image = flatten ? key.input(0) : key.output();
    Layout row = flatten ? key.output() : key.input(0);
    String folded = flatten ? "y" : "x";
    return Plan.of(
        elements(new Step(Unary.class), image)
            .set("flat", 0)
            .set("function", DeviceKernel.IDENTITY)
            .set("factor", 1f)
            .map(flatten ? "x" : "y", flatten ? input(0) : OUTPUT, image)
            .at(folded, flatten ? OUTPUT : input(0))
            .set(folded + "n", row.imageStride())
            .set(folded + "h", image.width() * image.channels())
            .set(folded + "w", image.channels()));
  }

  /** Between a stored tensor and its leading slice, either way; dense on both sides. */
  static Plan leadingSlice(OpKey key) {
    int[] x = extents(key.input(0).shape());
    int[] y = extents(key.output().shape());
    return Plan.of(
        new Step(Slice.class)
            .set("yj", y[1])
            .set("yk", y[2])
            .set("yl", y[3])
            .set("xi", x[0])
            .set("xj", x[1])
            .set("xk", x[2])
            .set("xl", x[3])
            .at("x", input(0))
            .at("y", OUTPUT)
            .over(key.output().shape().size()));
  }

  /** Four extents, ones first. */
  private static int[] extents(Shape shape) {
    int missing = MOST_EXTENTS - shape.rank();
    int[] result = {1, 1, 1, 1};
    for (int i = 0; i < shape.rank(); i++) {
      result[missing + i] = shape.dim(i);
    }
    return result;
  }
}
