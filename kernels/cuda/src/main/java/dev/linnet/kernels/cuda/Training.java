package dev.linnet.kernels.cuda;

import static dev.linnet.kernels.cuda.Stage.blocks;
import static dev.linnet.kernels.cuda.Stage.elements;

import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Adam;
import dev.linnet.core.graph.GradientScale;
import dev.linnet.core.graph.Sgd;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.List;

/** The loss, gradient clipping and the optimizers; {@code train.cu}. */
final class Training {
  private static final int SQUARES = 4096; // elements of a block
  private static final int DOUBLE = 2; // floats

  private Training() {}

  static CudaKernel crossEntropy(Gpu gpu, SoftmaxCrossEntropy op, OpKey key) {
    Strides logits = Strides.of(key.input(0));
    int batch = logits.n();
    return CudaKernel.withWorkspace(
        batch,
        new Stage(
            gpu,
            "crossEntropy",
            batch,
            1,
            1,
            new Arguments()
                .input(0)
                .input(1)
                .none()
                .workspace()
                .map(logits)
                .map(logits)
                .floats(op.smoothing())),
        new Stage(
            gpu, "meanLoss", 1, 1, 1, new Arguments().workspace().input(1).output().ints(batch)));
  }

  static CudaKernel logitsGradient(Gpu gpu, SoftmaxCrossEntropy.LogitsGradient op, OpKey key) {
    Strides logits = Strides.of(key.input(1));
    return CudaKernel.of(
        new Stage(
            gpu,
            "logitsGradient",
            logits.n(),
            1,
            1,
            new Arguments()
                .input(1)
                .input(2)
                .input(0)
                .output()
                .map(logits)
                .map(Strides.of(key.output()))
                .floats(op.smoothing())));
  }

  /** The squares of every gradient in blocks, then all of them. */
  static CudaKernel gradientScale(Gpu gpu, GradientScale op, OpKey key) {
    List<Stage> stages = new ArrayList<>();
    int partial = 0;
    for (int i = 0; i < key.inputs().size(); i++) {
      int count = key.input(i).floats();
      int parts = blocks(count, SQUARES);
      Arguments arguments = new Arguments().input(i).workspace(DOUBLE * partial).ints(count);
      stages.add(new Stage(gpu, "squares", parts, 1, 1, arguments));
      partial += parts;
    }
    Arguments arguments = new Arguments().workspace().output().ints(partial).floats(op.maxNorm());
    stages.add(new Stage(gpu, "clip", 1, 1, 1, arguments));
    return CudaKernel.withWorkspace(DOUBLE * partial, stages.toArray(Stage[]::new));
  }

  static CudaKernel sgd(Gpu gpu, Sgd op, OpKey key) {
    int count = key.input(0).floats();
    return CudaKernel.of(
        elements(
            gpu,
            "sgd",
            count,
            inputs(5).ints(count).floats(op.momentum(), op.decay()).ints(op.nesterov() ? 1 : 0)));
  }

  static CudaKernel adam(Gpu gpu, Adam op, OpKey key) {
    int count = key.input(0).floats();
    return CudaKernel.of(
        elements(
            gpu,
            "adam",
            count,
            inputs(7).ints(count).floats(op.beta1(), op.beta2(), op.epsilon(), op.decay())));
  }

  static CudaKernel movingAverage(Gpu gpu, OpKey key) {
    int count = key.input(0).floats();
    return CudaKernel.of(elements(gpu, "movingAverage", count, inputs(3).ints(count)));
  }

  private static Arguments inputs(int count) {
    Arguments arguments = new Arguments();
    for (int i = 0; i < count; i++) {
      arguments.input(i);
    }
    return arguments;
  }
}
