package dev.linnet.bench.peers;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.linnet.core.graph.BatchMoments;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.MovingAverage;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What leads to one value of a Linnet graph, evaluated by PyTorch node by node, as its eager mode
 * does: a network for inference, or the forward pass of a training step.
 */
final class TorchForward implements AutoCloseable {
  private static final double MOMENTUM = 0.1; // of running statistics, as Linnet's

  private final PtNDManager manager = Torch.manager();
  private final Network network;
  private final List<Node> nodes = new ArrayList<>();
  private final Node target;
  private final Map<String, PtNDArray> weights = new LinkedHashMap<>();
  private final Map<Node, PtNDArray> inputs = new LinkedHashMap<>();
  private final Map<Node, PtNDArray[]> statistics = new LinkedHashMap<>();
  private final Node[] biases; // of a product, by its id: the addition that is done with it
  private final int[] lastUse;

  /** Copies weights and inputs. */
  TorchForward(Network network, Node target) {
    this.network = network;
    this.target = target;
    int size = network.graph().nodes().size();
    this.biases = new Node[size];
    this.lastUse = new int[size];
    boolean[] needed = new boolean[size];
    needed[target.id()] = true;
    int[] uses = new int[size];
    for (int i = size - 1; i >= 0; i--) {
      Node node = network.graph().nodes().get(i);
      if (needed[i]) {
        nodes.add(0, node);
        for (Node input : node.inputs()) {
          needed[input.id()] = true;
          uses[input.id()]++;
          lastUse[input.id()] = Math.max(lastUse[input.id()], i);
        }
      }
    }
    lastUse[target.id()] = size;
    for (Node node : nodes) {
      prepare(node, uses);
    }
  }

  private void prepare(Node node, int[] uses) {
    Op op = node.op();
    if (op instanceof Leaf.Parameter p) {
      float[] values = network.stored().get(p.name()).values();
      if (readBy(node) instanceof BatchNorm) {
        int channels = values.length / 2;
        weights.put(
            scale(p.name()), Torch.tensor(manager, Arrays.copyOf(values, channels), channels));
        weights.put(
            shift(p.name()),
            Torch.tensor(manager, Arrays.copyOfRange(values, channels, values.length), channels));
      } else {
        weights.put(p.name(), Torch.tensor(manager, values, dims(node)));
      }
    } else if (op instanceof Leaf.Input input) {
      float[] values = network.inputs().get(input.name());
      if (input.shape().rank() == 1) { // labels
        PtNDArray labels = Torch.tensor(manager, values, values.length, 1);
        inputs.put(node, labels.toType(DataType.INT64, false));
      } else {
        float[] nchw = Nchw.from(values, input.shape());
        inputs.put(node, Torch.tensor(manager, nchw, Nchw.dims(input.shape())));
      }
    } else if (op instanceof BatchNorm) {
      statistics.put(node, statistics(node.input(1)));
    } else if (op instanceof BiasAdd) {
      Node product = node.input(0);
      boolean fits = product.op() instanceof Conv2d || product.op() instanceof Dense;
      if (fits && uses[product.id()] == 1) {
        biases[product.id()] = node;
      }
    }
  }

  private Op readBy(Node node) {
    return nodes.stream()
        .filter(n -> n.inputs().contains(node))
        .findFirst()
        .map(Node::op)
        .orElse(node.op());
  }

  /** Mean and variance: those that inference takes, or those that training keeps up to date. */
  private PtNDArray[] statistics(Node moments) {
    Node state = moments;
    if (moments.op() instanceof BatchMoments) {
      state =
          network.graph().nodes().stream()
              .filter(n -> n.op() instanceof MovingAverage && n.input(1) == moments)
              .findFirst()
              .orElseThrow()
              .input(0);
    }
    float[] values = network.stored().get(((Leaf.State) state.op()).name()).values();
    int channels = values.length / 2;
    return new PtNDArray[] {
      Torch.tensor(manager, Arrays.copyOf(values, channels), channels),
      Torch.tensor(manager, Arrays.copyOfRange(values, channels, values.length), channels)
    };
  }

  private static long[] dims(Node node) {
    long[] result = new long[node.shape().rank()];
    for (int i = 0; i < result.length; i++) {
      result[i] = node.shape().dim(i);
    }
    return result;
  }

  /** The name of the scale of a batch norm. */
  static String scale(String affine) {
    return affine + "/scale";
  }

  /** The name of the shift of a batch norm. */
  static String shift(String affine) {
    return affine + "/shift";
  }

  /** The trainable tensors, by Linnet's names; a batch norm's affine is two. */
  Map<String, PtNDArray> weights() {
    return weights;
  }

  /** Where the tensors are. */
  PtNDManager manager() {
    return manager;
  }

  /**
   * Evaluates the target, which the caller closes. What lies in between is closed as soon as
   * nothing reads it any more; autograd keeps what it needs.
   */
  PtNDArray evaluate() {
    PtNDArray[] results = new PtNDArray[lastUse.length];
    for (Node node : nodes) {
      if (inputs.containsKey(node)) {
        results[node.id()] = inputs.get(node);
      } else if (node.op() instanceof BiasAdd && biases[node.input(0).id()] == node) {
        results[node.id()] = results[node.input(0).id()]; // has it already
        results[node.input(0).id()] = null;
      } else if (!(node.op() instanceof Leaf) && !(node.op() instanceof BatchMoments)) {
        results[node.id()] = evaluate(node, results);
      }
      release(node, results);
    }
    return results[target.id()];
  }

  private void release(Node node, PtNDArray[] results) {
    for (Node input : node.inputs()) {
      PtNDArray value = results[input.id()];
      if (value != null && lastUse[input.id()] == node.id() && !inputs.containsKey(input)) {
        value.close();
        results[input.id()] = null;
      }
    }
  }

  private PtNDArray evaluate(Node node, PtNDArray[] results) {
    Op op = node.op();
    PtNDArray x = results[node.input(0).id()];
    if (op instanceof Conv2d conv) {
      return Torch.convolution(conv, x, weight(node.input(1)), bias(node));
    } else if (op instanceof Dense) {
      return JniUtils.linear(x, weight(node.input(1)), bias(node));
    } else if (op instanceof BatchNorm norm) {
      PtNDArray[] moments = statistics.get(node);
      String affine = ((Leaf.Parameter) node.input(2).op()).name();
      boolean training = node.input(1).op() instanceof BatchMoments;
      return JniUtils.batchNorm(
          x,
          moments[0],
          moments[1],
          weights.get(scale(affine)),
          weights.get(shift(affine)),
          training,
          MOMENTUM,
          norm.epsilon());
    } else if (op instanceof SoftmaxCrossEntropy) {
      try (PtNDArray logarithms = JniUtils.logSoftmax(x, 1, DataType.FLOAT32);
          PtNDArray chosen = JniUtils.gather(logarithms, results[node.input(1).id()], 1);
          PtNDArray mean = JniUtils.mean(chosen)) {
        return JniUtils.neg(mean);
      }
    } else if (op instanceof BiasAdd) {
      PtNDArray bias = weight(node.input(1));
      long channels = bias.getShape().get(0);
      long[] wide =
          x.getShape().dimension() == 4 ? new long[] {channels, 1, 1} : new long[] {channels};
      try (PtNDArray reshaped = JniUtils.reshape(bias, wide)) {
        return JniUtils.add(x, reshaped);
      }
    }
    return Torch.apply(op, node.inputs().stream().map(n -> results[n.id()]).toList());
  }

  private PtNDArray weight(Node leaf) {
    return weights.get(((Leaf.Parameter) leaf.op()).name());
  }

  private PtNDArray bias(Node product) {
    Node addition = biases[product.id()];
    return addition == null ? null : weight(addition.input(1));
  }

  @Override
  public void close() {
    manager.close();
  }
}
