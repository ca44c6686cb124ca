package dev.linnet.kernels.opencl;

import static dev.linnet.kernels.opencl.Step.OUTPUT;
import static dev.linnet.kernels.opencl.Step.input;
import static dev.linnet.kernels.opencl.Step.scratch;

import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Adam;
import dev.linnet.core.graph.GradientScale;
import dev.linnet.core.graph.Sgd;
import dev.linnet.kernels.opencl.DeviceOperation.Plan;
import dev.linnet.kernels.opencl.device.AdamStep;
import dev.linnet.kernels.opencl.device.Average;
import dev.linnet.kernels.opencl.device.ClipFactor;
import dev.linnet.kernels.opencl.device.LossGradient;
import dev.linnet.kernels.opencl.device.LossMean;
import dev.linnet.kernels.opencl.device.LossRows;
import dev.linnet.kernels.opencl.device.SgdStep;
import dev.linnet.kernels.opencl.device.SquareParts;
import java.util.ArrayList;
import java.util.List;

/** The loss, the clipping of gradients and the steps of optimizers. */
final class Training {
  private static final int PARTS = 64;

  private Training() {}

  static Plan loss(float smoothing, OpKey key) {
    Layout x = key.input(0);
    Step rows =
        new Step(LossRows.class)
            .set("batch", x.batch())
            .set("classes", x.channels())
            .set("smoothing", smoothing)
            .at("x", input(0))
            .set("xn", x.imageStride())
            .at("labels", input(1))
            .at("rows", scratch(0))
            .items(x.batch());
    Step mean =
        new Step(LossMean.class)
            .set("batch", x.batch())
            .at("rows", scratch(0))
            .at("y", OUTPUT)
            .items(1);
    return new Plan(List.of(rows, mean), 2 * x.batch());
  }

  static Plan lossGradient(float smoothing, OpKey key) {
    Layout x = key.input(1);
    return Plan.of(
        new Step(LossGradient.class)
            .set("batch", x.batch())
            .set("classes", x.channels())
            .set("smoothing", smoothing)
            .at("dloss", input(0))
            .at("x", input(1))
            .set("xn", x.imageStride())
            .at("labels", input(2))
            .at("dx", OUTPUT)
            .set("dxn", key.output().imageStride())
            .items(x.batch()));
  }

  /** Sums of squares of each gradient, then the factor. */
  static Plan gradientScale(GradientScale op, OpKey key) {
    List<Step> steps = new ArrayList<>();
    int parts = 0;
    for (int i = 0; i < key.inputs().size(); i++) {
      int size = key.input(i).floats();
      int own = Math.min(PARTS, size);
      steps.add(
          new Step(SquareParts.class)
              .set("size", size)
              .set("parts", own)
              .at("x", input(i))
              .at("sums", scratch(2 * parts))
              .items(own));
      parts += own;
    }
    steps.add(
        new Step(ClipFactor.class)
            .set("parts", parts)
            .set("maxNorm", op.maxNorm())
            .at("sums", scratch(0))
            .at("y", OUTPUT)
            .items(1));
    return new Plan(steps, 2 * parts);
  }

  static Plan sgd(Sgd op, OpKey key) {
    return Plan.of(
        new Step(SgdStep.class)
            .set("momentum", op.momentum())
            .set("decay", op.decay())
            .set("nesterov", op.nesterov() ? 1 : 0)
            .at("parameter", input(0))
            .at("gradient", input(1))
            .at("velocity", input(2))
            .at("scale", input(3))
            .at("rate", input(4))
            .over(key.input(0).floats()));
  }

  static Plan adam(Adam op, OpKey key) {
    return Plan.of(
        new Step(AdamStep.class)
            .set("beta1", op.beta1())
            .set("beta2", op.beta2())
            .set("epsilon", op.epsilon())
            .set("decay", op.decay())
            .at("parameter", input(0))
            .at("gradient", input(1))
            .at("first", input(2))
            .at("second", input(3))
            .at("scale", input(4))
            .at("rate", input(5))
            .at("corrections", input(6))
            .over(key.input(0).floats()));
  }

  static Plan movingAverage(OpKey key) {
    return Plan.of(
        new Step(Average.class)
            .at("average", input(0))
            .at("value", input(1))
            .at("rate", input(2))
            .over(key.input(0).floats()));
  }
}
