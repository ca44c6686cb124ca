package dev.linnet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.linnet.bench.zoo.Zoo;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.BatchMoments;
import dev.linnet.core.graph.Differentiable;
import dev.linnet.core.graph.Dropout;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.LeadingSlice;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OnnxModelTest {
  private static final double TOLERANCE = 1e-5;

  @TestFactory
  Stream<DynamicTest> onnxRuntimeComputesWhatTheScalarBackendDoes() {
    return SmallGraphs.all().entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> compare(entry.getValue())));
  }

  private static void compare(Graph graph) {
    Network network = Network.random(graph);
    try (Backend scalar = new ScalarBackend(1);
        Contender linnet = new LinnetRun(network, scalar);
        Contender peer = new OnnxRuntimeRun(network, 1)) {
      assertAgree(linnet, peer);
    }
  }

  private static void assertAgree(Contender linnet, Contender peer) {
    linnet.run();
    peer.run();
    Agreement.Difference difference = Agreement.of(linnet.results(), peer.results());
    assertTrue(difference.error() < TOLERANCE, difference::toString);
  }

  @Test
  void everyOperationOfInferenceIsAmongTheGraphs() {
    Set<Class<?>> missing =
        new HashSet<>(Arrays.asList(Differentiable.class.getPermittedSubclasses()));
    missing.removeAll(
        List.of(BatchMoments.class, Dropout.class, LeadingSlice.class, SoftmaxCrossEntropy.class));
    for (Graph graph : SmallGraphs.all().values()) {
      graph.nodes().forEach(node -> missing.remove(node.op().getClass()));
    }
    assertEquals(Set.of(), missing);
  }

  @TestFactory
  Stream<DynamicTest> theNetworksComputeTheSame() {
    return Zoo.all().stream()
        .map(
            of ->
                DynamicTest.dynamicTest(
                    of.name(),
                    () -> {
                      Network network = Network.random(of.inference(1));
                      try (Backend backend =
                              Backends.open(
                                  Backends.AUTO, new BackendProvider.Options(2), line -> {});
                          Contender linnet = new LinnetRun(network, backend);
                          Contender peer = new OnnxRuntimeRun(network, 2)) {
                        assertAgree(linnet, peer);
                      }
                    }));
  }

  @Test
  void nothingIsFoldedButTheBiasOfAConvolution() throws InvalidProtocolBufferException {
    Network network = Network.random(SmallGraphs.all().get("convolution, norm, activation"));
    List<String> types =
        ModelProto.parseFrom(OnnxModel.of(network)).getGraph().getNodeList().stream()
            .map(NodeProto::getOpType)
            .toList();
    assertEquals(List.of("Conv", "BatchNormalization", "Relu"), types);
    network = Network.random(SmallGraphs.all().get("convolution and bias"));
    assertEquals(1, ModelProto.parseFrom(OnnxModel.of(network)).getGraph().getNodeCount());
  }

  @Test
  void anOperationOfTrainingIsNamed() {
    Graph training = Zoo.named("resnet20@32x32").training(1);
    Node moments =
        training.nodes().stream()
            .filter(n -> n.op() instanceof BatchMoments)
            .findFirst()
            .orElseThrow();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> OnnxModel.of(Network.random(training)));
    assertTrue(e.getMessage().contains(moments.op().label()), e::getMessage);
  }
}
