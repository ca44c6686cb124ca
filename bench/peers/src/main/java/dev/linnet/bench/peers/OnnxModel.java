package dev.linnet.bench.peers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Window;
import dev.linnet.core.graph.Zero;
import dev.linnet.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A Linnet graph for inference as an ONNX model, in NCHW: one ONNX node for each of Linnet's, so
 * that what is fused is the reader's choice. A bias that follows a convolution or a dense layer is
 * its third operand, as exporters write it.
 */
final class OnnxModel {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;
  private static final float SIXTH = 1 / 6f;

  private final Map<String, Tensor> stored;
  private final Graph graph;
  private final GraphProto.Builder result = GraphProto.newBuilder().setName("linnet");
  private final String[] names;
  private final int[] uses;

  private OnnxModel(Network network) {
    this.graph = network.graph();
    this.stored = network.stored();
    this.names = new String[graph.nodes().size()];
    this.uses = new int[names.length];
    for (Node node : graph.nodes()) {
      names[node.id()] = node.op() instanceof Leaf.Input input ? input.name() : "v" + node.id();
      node.inputs().forEach(n -> uses[n.id()]++);
    }
    graph
        .outputs()
        .forEach(
            (name, node) -> {
              names[node.id()] = name;
              uses[node.id()]++;
            });
  }

  /**
   * The bytes of the model. Inputs and outputs have Linnet's names, and NCHW extents.
   *
   * @throws IllegalArgumentException for an operation of training, naming it
   */
  static byte[] of(Network network) {
    OnnxModel model = new OnnxModel(network);
    model.graph.nodes().forEach(model::write);
    model
        .graph
        .outputs()
        .forEach(
            (name, node) -> model.result.addOutput(OnnxProto.value(name, Nchw.dims(node.shape()))));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(model.result)
        .build()
        .toByteArray();
  }

  private void write(Node node) {
    Op op = node.op();
    if (op instanceof Leaf.Input input) {
      result.addInput(OnnxProto.value(input.name(), Nchw.dims(input.shape())));
    } else if (op instanceof Leaf) {
      return; // written where it is used, in the form that is wanted there
    } else if (op instanceof Conv2d || op instanceof Dense) {
      if (!isBiased(node)) {
        product(node, name(node), List.of());
      }
    } else if (op instanceof BiasAdd) {
      bias(node);
    } else if (op instanceof BatchNorm norm) {
      batchNorm(node, norm);
    } else if (op instanceof Activation activation) {
      activation(node, activation.function());
    } else if (op instanceof MaxPool2d pool) {
      emit("MaxPool", node, window(pool.window(), true));
    } else if (op instanceof AvgPool2d pool) {
      List<AttributeProto> attributes = new ArrayList<>(List.of(window(pool.window(), false)));
      attributes.add(OnnxProto.integer("count_include_pad", pool.countPadding() ? 1 : 0));
      emit("AveragePool", node, attributes.toArray(AttributeProto[]::new));
    } else if (op instanceof GlobalAvgPool) {
      emit("GlobalAveragePool", node);
    } else if (op instanceof Add) {
      emit("Add", node);
    } else if (op instanceof Multiply) {
      emit("Mul", node);
    } else if (op instanceof Concat) {
      emit("Concat", node, OnnxProto.integer("axis", 1));
    } else if (op instanceof Flatten) {
      flatten(node);
    } else if (op instanceof Zero) {
      float[] zeros = new float[node.shape().size()];
      long[] dims = Nchw.dims(node.shape());
      AttributeProto value = OnnxProto.tensor("value", OnnxProto.floats("", zeros, dims));
      result.addNode(OnnxProto.node("Constant", List.of(), name(node), value));
    } else {
      throw new IllegalArgumentException(op.label() + " is no operation of inference");
    }
  }

  private String name(Node node) {
    return names[node.id()];
  }

  private void emit(String type, Node node, AttributeProto... attributes) {
    List<String> inputs = node.inputs().stream().map(this::name).toList();
    result.addNode(OnnxProto.node(type, inputs, name(node), attributes));
  }

  /** Whether the only reader of a product adds a bias to it. */
  private boolean isBiased(Node node) {
    return uses[node.id()] == 1
        && graph.nodes().stream().anyMatch(n -> n.op() instanceof BiasAdd && n.input(0) == node);
  }

  private void bias(Node node) {
    Node product = node.input(0);
    String bias = stored(node.input(1), node.input(1).shape().dim(0));
    boolean fits = product.op() instanceof Conv2d || product.op() instanceof Dense;
    if (fits && isBiased(product)) {
      product(product, name(node), List.of(bias));
    } else if (node.shape().rank() == 4) {
      String wide = stored(node.input(1), node.input(1).shape().dim(0), 1, 1);
      result.addNode(OnnxProto.node("Add", List.of(name(product), wide), name(node)));
    } else {
      result.addNode(OnnxProto.node("Add", List.of(name(product), bias), name(node)));
    }
  }

  private void product(Node node, String output, List<String> bias) {
    Node w = node.input(1);
    List<String> inputs = new ArrayList<>();
    inputs.add(name(node.input(0)));
    inputs.add(
        w.op() instanceof Leaf.Input
            ? name(w)
            : stored(w, Arrays.stream(extents(w)).asLongStream().toArray()));
    inputs.addAll(bias);
    if (node.op() instanceof Conv2d conv) {
      List<AttributeProto> attributes = new ArrayList<>(List.of(window(conv.window(), true)));
      attributes.add(OnnxProto.integer("group", conv.groups()));
      result.addNode(
          OnnxProto.node("Conv", inputs, output, attributes.toArray(AttributeProto[]::new)));
    } else {
      result.addNode(OnnxProto.node("Gemm", inputs, output, OnnxProto.integer("transB", 1)));
    }
  }

  private void batchNorm(Node node, BatchNorm norm) {
    List<String> inputs = new ArrayList<>();
    inputs.add(name(node.input(0)));
    inputs.add(row(node.input(2), 0)); // scale
    inputs.add(row(node.input(2), 1)); // shift
    inputs.add(row(node.input(1), 0)); // mean
    inputs.add(row(node.input(1), 1)); // variance
    result.addNode(
        OnnxProto.node(
            "BatchNormalization", inputs, name(node), OnnxProto.real("epsilon", norm.epsilon())));
  }

  private void activation(Node node, Activation.Function function) {
    switch (function) {
      case RELU -> emit("Relu", node);
      case RELU6 ->
          result.addNode(
              OnnxProto.node(
                  "Clip", List.of(name(node.input(0)), scalar(0), scalar(6)), name(node)));
      case HARD_SWISH -> emit("HardSwish", node);
      case HARD_SIGMOID ->
          emit("HardSigmoid", node, OnnxProto.real("alpha", SIXTH), OnnxProto.real("beta", 0.5f));
      case SIGMOID -> emit("Sigmoid", node);
      case SILU -> {
        String gate = name(node) + "/sigmoid";
        String x = name(node.input(0));
        result.addNode(OnnxProto.node("Sigmoid", List.of(x), gate));
        result.addNode(OnnxProto.node("Mul", List.of(x, gate), name(node)));
      }
    }
  }

  /** Linnet flattens in NHWC order. */
  private void flatten(Node node) {
    Node x = node.input(0);
    String from = name(x);
    if (x.shape().dim(1) * x.shape().dim(2) > 1) {
      from = name(node) + "/nhwc";
      result.addNode(
          OnnxProto.node(
              "Transpose", List.of(name(x)), from, OnnxProto.integers("perm", 0, 2, 3, 1)));
    }
    result.addNode(
        OnnxProto.node("Flatten", List.of(from), name(node), OnnxProto.integer("axis", 1)));
  }

  private static AttributeProto[] window(Window w, boolean dilations) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(OnnxProto.integers("kernel_shape", w.kernelHeight(), w.kernelWidth()));
    attributes.add(OnnxProto.integers("strides", w.strideHeight(), w.strideWidth()));
    attributes.add(OnnxProto.integers("pads", w.top(), w.left(), w.bottom(), w.right()));
    if (dilations) {
      attributes.add(OnnxProto.integers("dilations", w.dilationHeight(), w.dilationWidth()));
    }
    return attributes.toArray(AttributeProto[]::new);
  }

  /** An initializer with the values of a leaf in the given extents. */
  private String stored(Node leaf, long... dims) {
    return initializer(name(leaf) + Arrays.toString(dims), values(leaf), dims);
  }

  /** An initializer with one row of {@code [2, C]}. */
  private String row(Node leaf, int row) {
    int channels = leaf.shape().dim(1);
    float[] values = Arrays.copyOfRange(values(leaf), row * channels, (row + 1) * channels);
    return initializer(name(leaf) + "/" + row, values, channels);
  }

  private String scalar(float value) {
    return initializer("scalar" + value, new float[] {value});
  }

  private String initializer(String name, float[] values, long... dims) {
    if (result.getInitializerList().stream().noneMatch(t -> t.getName().equals(name))) {
      result.addInitializer(OnnxProto.floats(name, values, dims));
    }
    return name;
  }

  private float[] values(Node leaf) {
    if (leaf.op() instanceof Leaf.Constant constant) {
      float[] filled = new float[leaf.shape().size()];
      Arrays.fill(filled, constant.value());
      return filled;
    } else if (leaf.op() instanceof Leaf.Parameter parameter) {
      return stored.get(parameter.name()).values();
    } else if (leaf.op() instanceof Leaf.State state) {
      return stored.get(state.name()).values();
    }
    throw new IllegalArgumentException(
        leaf + " must be a parameter, a state or a constant where weights are expected");
  }

  private static int[] extents(Node node) {
    int[] result = new int[node.shape().rank()];
    for (int i = 0; i < result.length; i++) {
      result[i] = node.shape().dim(i);
    }
    return result;
  }
}
