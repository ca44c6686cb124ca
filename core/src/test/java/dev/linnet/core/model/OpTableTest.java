package dev.linnet.core.model;

import static dev.linnet.core.graph.Activation.Function.RELU;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.BatchMoments;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Differentiable;
import dev.linnet.core.graph.Dropout;
import dev.linnet.core.graph.Fused;
import dev.linnet.core.graph.FusedConv2d;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.LeadingSlice;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.NormActivation;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class OpTableTest {
  /** What belongs to training or to a supernet, and to no model. */
  private static final Set<Class<?>> NOT_OF_INFERENCE =
      Set.of(BatchMoments.class, Dropout.class, LeadingSlice.class, SoftmaxCrossEntropy.class);

  @Test
  void everyOperationRoundTripsOrIsNotOfInference() {
    Graph graph = Networks.everything();
    Set<Class<?>> stored = new HashSet<>();
    graph.nodes().forEach(node -> stored.add(node.op().getClass()));
    Set<Class<?>> all = new HashSet<>();
    all.addAll(List.of(Differentiable.class.getPermittedSubclasses()));
    all.addAll(List.of(Leaf.class.getPermittedSubclasses()));
    for (Class<?> type : all) {
      assertTrue(
          stored.contains(type) != NOT_OF_INFERENCE.contains(type),
          type + " must be either in Networks.everything() or in NOT_OF_INFERENCE");
    }
    for (Node node : graph.nodes()) {
      List<Integer> inputs = node.inputs().stream().map(Node::id).toList();
      Json json = Json.parse(JsonWriter.write(OpTable.write(node.op(), inputs)));
      assertEquals(withoutInitializer(node.op()), OpTable.read(json));
    }
  }

  /** A file has no initializers: it has the values. */
  static Op withoutInitializer(Op op) {
    Initializer zero = new Initializer.Fill(0);
    if (op instanceof Leaf.Parameter p) {
      return new Leaf.Parameter(p.name(), p.shape(), zero);
    }
    return op instanceof Leaf.State s ? new Leaf.State(s.name(), s.shape(), zero) : op;
  }

  @Test
  void operationsOfTrainingAreNotInTheTable() {
    assertFalse(OpTable.has(new Dropout(0.5f, 1)));
    assertFalse(OpTable.has(new BatchMoments()));
    assertFalse(OpTable.has(new LeadingSlice(Shape.of(1))));
    assertFalse(OpTable.has(new SoftmaxCrossEntropy(0)));
  }

  @Test
  void fusedOperationsAreNotInTheTable() {
    Conv2d conv = new Conv2d(Window.same(3, 1), 1);
    List<Op> fused =
        List.of(
            new FusedConv2d(conv, new FusedConv2d.Shift.None(), false, Optional.of(RELU)),
            new NormActivation(1e-5f, false, Optional.of(RELU)),
            new NormActivation.AffineGradient(1e-5f, RELU),
            new NormActivation.InputGradient(1e-5f, true, RELU));
    assertEquals(
        Set.of(Fused.class.getPermittedSubclasses()),
        fused.stream().map(Op::getClass).collect(Collectors.toSet()));
    fused.forEach(op -> assertFalse(OpTable.has(op), op.label()));
  }

  @Test
  void whatIsWrongInANodeIsNamed() {
    refused("{}", "lacks \"op\"");
    refused("{\"op\":\"Conv3d\",\"inputs\":[]}", "\"Conv3d\", which this version");
    refused("{\"op\":\"Conv3d\",\"inputs\":[]}", "it knows Input, Parameter,");
    refused("{\"op\":7}", "op must be a string, is 7");
    refused("{\"op\":\"Add\"}", "lacks \"inputs\"");
    refused("{\"op\":\"Add\",\"inputs\":[],\"fused\":1}", "\"fused\", which is unknown");
    refused(
        "{\"op\":\"Activation\",\"inputs\":[],\"function\":\"tanh\"}",
        "function must be one of relu, relu6, hard_swish, hard_sigmoid, silu, sigmoid, is \"tanh\"");
    refused(
        "{\"op\":\"Constant\",\"value\":1e39,\"shape\":[1]}",
        "value must be a number in the range of a float, is 1e39");
    refused("{\"op\":\"Input\",\"name\":\"x\",\"shape\":[]}", "a shape of 1 to 4 extents");
    refused("{\"op\":\"Input\",\"name\":\"x\",\"shape\":[0]}", "shape[0] must be a whole number");
    refused("{\"op\":\"Input\",\"name\":\"x\",\"shape\":[1.0]}", "is 1.0");
    refused(
        "{\"op\":\"Input\",\"name\":\"x\",\"shape\":[65536,65536]}", "shape: Shape [65536, 65536]");
    refused(
        "{\"op\":\"MaxPool2d\",\"inputs\":[],\"window\":{\"kernel\":[3],\"stride\":[1,1],"
            + "\"padding\":[1,1,1,1],\"dilation\":[1,1]}}",
        "window.kernel must be an array of 2");
    refused(
        "{\"op\":\"MaxPool2d\",\"inputs\":[],\"window\":{\"kernel\":[3,4097],\"stride\":[1,1],"
            + "\"padding\":[1,1,1,1],\"dilation\":[1,1]}}",
        "window.kernel[1] must be a whole number from 1 to 4096, is 4097");
  }

  private static void refused(String node, String reason) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> OpTable.read(Json.parse(node)));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }
}
