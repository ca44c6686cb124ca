package dev.linnet.bench.cases;

import dev.linnet.bench.zoo.Zoo;
import dev.linnet.bench.zoo.ZooNetwork;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All that is measured, by name. */
public final class Cases {
  /** Extents of square matrix products. */
  private static final int[] GEMM = {384, 512, 768, 1024, 1536};

  /** A wide head on a small batch, as MobileNetV3 has it. */
  private static final int[] HEAD = {32, 576, 1024};

  private static final int[] BATCHES = {1, 32, 64};

  /** One of each kind, and those that networks spend their time in. */
  private static final Set<String> QUICK =
      Set.of(
          "conv3x3/64-64@28x28/n1/forward",
          "conv3x3/64-64@28x28/n1/data",
          "conv3x3/64-64@28x28/n1/weights",
          "conv3x3/64-64@8x8/n1/forward",
          "conv3x3/32-32@16x16/n1/forward",
          "conv3x3/16-16@32x32/n1/forward",
          "conv3x3/16-16@32x32/n32/forward",
          "conv3x3/16-16@32x32/n32/data",
          "conv3x3/16-16@32x32/n32/weights",
          "conv3x3/32-32@28x28/n32/forward",
          "conv1x1/64-128@28x28/n1/forward",
          "conv1x1/64-64@14x14/n32/forward",
          "conv1x1/64-64@14x14/n32/data",
          "conv1x1/64-64@14x14/n32/weights",
          "conv3x3s2/32-64@16x16/n32/forward",
          "conv3x3s2/32-64@16x16/n32/data",
          "conv3x3s2/32-64@16x16/n32/weights",
          "conv3x3/3-16@32x32/n32/forward",
          "conv3x3/3-16@32x32/n32/weights",
          "conv3x3/24-24@14x14/n32/forward",
          "depthwise3x3/64@14x14/n32/forward",
          "depthwise3x3/64@14x14/n32/data",
          "depthwise3x3/64@14x14/n32/weights",
          "depthwise5x5/128@14x14/n1/forward",
          "gemm/512/forward",
          "gemm/512/data",
          "gemm/512/weights",
          "batchnorm-moments/32@16x16/n32",
          "batchnorm/32@16x16/n32",
          "batchnorm-data/32@16x16/n32",
          "relu/32@16x16/n32",
          "hardswish/32@16x16/n32",
          "silu/32@16x16/n32",
          "add/32@16x16/n32",
          "maxpool3x3s2/32@16x16/n32",
          "globalpool/32@16x16/n32",
          "sgd/272282",
          "resnet20@32x32/inference/n1",
          "resnet20@32x32/training/n64",
          "inverted@32x32/training/n64",
          "mobilenetv3small@224x224/inference/n1",
          "nasbench201@32x32/inference/n1");

  private Cases() {}

  /** Every kernel, then every network. */
  public static List<Case> all() {
    List<Case> cases = new ArrayList<>(kernels());
    for (ZooNetwork network : Zoo.all()) {
      for (boolean training : new boolean[] {false, true}) {
        for (int batch : BATCHES) {
          cases.add(new NetworkCase(network, training, batch));
        }
      }
    }
    return cases;
  }

  /** Those that a short look takes. */
  public static List<Case> quick() {
    return all().stream().filter(each -> QUICK.contains(each.name())).toList();
  }

  /** Inference of a model in a file. */
  public static List<Case> of(Path model) {
    return List.of(new ModelCase(model, 1), new ModelCase(model, BATCHES[BATCHES.length - 1]));
  }

  /**
   * The case of this name.
   *
   * @param model the file of the cases of a model, or null
   * @throws IllegalArgumentException if there is none
   */
  public static Case named(String name, Path model) {
    return (model == null ? all() : of(model))
        .stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no case " + name));
  }

  /** Every kernel. */
  static List<KernelCase> kernels() {
    List<KernelCase> cases = new ArrayList<>();
    List<ConvShape> shapes = new ArrayList<>(ConvShapes.compared());
    shapes.addAll(ConvShapes.others());
    for (ConvShape shape : shapes) {
      for (Pass pass : Pass.values()) {
        if (pass != Pass.DATA || !ConvShapes.stem(shape)) {
          cases.add(shape.pass(pass));
        }
      }
    }
    for (int n : GEMM) {
      cases.addAll(dense("gemm/" + n, n, n, n));
    }
    cases.addAll(
        dense("dense/" + HEAD[1] + "-" + HEAD[2] + "/n" + HEAD[0], HEAD[0], HEAD[1], HEAD[2]));
    cases.addAll(ChannelCases.all());
    return cases;
  }

  private static List<KernelCase> dense(String name, int batch, int inputs, int outputs) {
    Shape x = Shape.of(batch, inputs);
    Shape w = Shape.of(outputs, inputs);
    Shape dy = Shape.of(batch, outputs);
    return List.of(
        new KernelCase(name + "/forward", new Dense(), List.of(x), List.of(w)),
        new KernelCase(name + "/data", new Dense.InputGradient(), List.of(dy), List.of(w)),
        new KernelCase(name + "/weights", new Dense.WeightGradient(), List.of(dy, x), List.of()));
  }
}
