package dev.linnet.bench.cases;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Adam;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.BatchMoments;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.GradientScale;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.MovingAverage;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Sgd;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What lies between convolutions and behind them, all of it bound by memory. */
final class ChannelCases {
  private static final float EPSILON = 1e-5f;
  private static final int CLASSES = 10;
  private static final int BATCH = 64;

  /** About the parameters of ResNet-20. */
  private static final Shape WEIGHTS = Shape.of(272_282);

  private static final Shape ONE = Shape.of(1);

  private ChannelCases() {}

  static List<KernelCase> all() {
    List<KernelCase> cases = new ArrayList<>();
    cases.addAll(normsAndActivations(Shape.of(32, 16, 16, 32)));
    cases.addAll(normsAndActivations(Shape.of(32, 14, 14, 24)));
    cases.addAll(poolsAndSums(Shape.of(32, 16, 16, 32)));
    cases.addAll(lossAndUpdates());
    return cases;
  }

  private static List<KernelCase> normsAndActivations(Shape x) {
    Shape pair = Shape.of(2, x.dim(3));
    float e = EPSILON;
    List<KernelCase> cases = new ArrayList<>();
    cases.add(on(x, "batchnorm-moments", new BatchMoments(), x));
    cases.add(on(x, "batchnorm", new BatchNorm(e), List.of(x), pair, pair));
    cases.add(
        on(x, "batchnorm-affine-gradient", new BatchNorm.AffineGradient(e), List.of(x, x), pair));
    Op data = new BatchNorm.InputGradient(e, true);
    cases.add(on(x, "batchnorm-data", data, List.of(x, x), pair, pair, pair));
    for (Function f : Function.values()) {
      String name = f.name().toLowerCase(Locale.ROOT).replace("_", "");
      cases.add(on(x, name, new Activation(f), x));
      cases.add(on(x, name + "-data", new Activation.InputGradient(f), List.of(x, x)));
    }
    return cases;
  }

  private static List<KernelCase> poolsAndSums(Shape x) {
    Window window = Window.same(3, 2);
    int rows = x.dim(1);
    int columns = x.dim(2);
    int c = x.dim(3);
    Shape gate = Shape.of(x.dim(0), 1, 1, c);
    Shape halved = Shape.of(x.dim(0), window.outputHeight(rows), window.outputWidth(columns), c);
    AvgPool2d avg = new AvgPool2d(Window.same(3, 1), false);
    return List.of(
        on(x, "maxpool3x3s2", new MaxPool2d(window), x),
        on(x, "maxpool3x3s2-data", new MaxPool2d.InputGradient(window), List.of(halved, x)),
        on(x, "avgpool3x3", avg, x),
        on(x, "avgpool3x3-data", new AvgPool2d.InputGradient(avg, rows, columns), x),
        on(x, "globalpool", new GlobalAvgPool(), x),
        on(x, "globalpool-data", new GlobalAvgPool.InputGradient(rows, columns), gate),
        on(x, "add", new Add(), List.of(x, x)),
        on(x, "bias", new BiasAdd(), List.of(x), Shape.of(c)),
        on(x, "bias-gradient", new BiasAdd.BiasGradient(), x),
        on(x, "gate", new Multiply(), List.of(x, gate)),
        on(x, "gate-gradient", new Multiply.GateGradient(), List.of(x, x)),
        on(x, "concat", new Concat(), List.of(x, x)),
        on(x, "concat-data", new Concat.InputGradient(c / 2, c / 2), x));
  }

  private static List<KernelCase> lossAndUpdates() {
    Shape logits = Shape.of(BATCH, CLASSES);
    Shape labels = Shape.of(BATCH);
    Shape w = WEIGHTS;
    return List.of(
        new KernelCase(
            "crossentropy/64x10", new SoftmaxCrossEntropy(0), List.of(logits), List.of(labels)),
        new KernelCase(
            "crossentropy-data/64x10",
            new SoftmaxCrossEntropy.LogitsGradient(0),
            List.of(),
            List.of(ONE, logits, labels)),
        update("sgd", new Sgd(0.9f, 1e-4f, true), w, w, w, ONE, ONE),
        update("adam", new Adam(0.9f, 0.999f, 1e-8f, 0), w, w, w, w, ONE, ONE, Shape.of(2)),
        update("movingaverage", new MovingAverage(), w, w, ONE),
        update("gradientscale", new GradientScale(1), w));
  }

  private static KernelCase on(Shape x, String name, Op op, Shape map) {
    return on(x, name, op, List.of(map));
  }

  /** Named by the shape of the large feature map. */
  private static KernelCase on(Shape x, String name, Op op, List<Shape> maps, Shape... dense) {
    String shape = "/" + x.dim(3) + "@" + x.dim(1) + "x" + x.dim(2) + "/n" + x.dim(0);
    return new KernelCase(name + shape, op, maps, List.of(dense));
  }

  private static KernelCase update(String name, Op op, Shape... tensors) {
    return new KernelCase(name + "/" + WEIGHTS.dim(0), op, List.of(), List.of(tensors));
  }
}
