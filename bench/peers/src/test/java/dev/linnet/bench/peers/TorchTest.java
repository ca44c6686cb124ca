package dev.linnet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.bench.zoo.Zoo;
import dev.linnet.bench.zoo.ZooNetwork;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Graph;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TorchTest {
  private static final double TOLERANCE = 1e-5;
  private static final double STEP_TOLERANCE = 0.01; // of weights that hardly moved

  /** What PyTorch has no call for. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "uneven padding",
          "flatten in NHWC order",
          "constant weights",
          "average pool over the pixels inside");

  @TestFactory
  Stream<DynamicTest> pyTorchComputesWhatTheScalarBackendDoes() {
    return SmallGraphs.all().entrySet().stream()
        .filter(entry -> !LEFT_OUT.contains(entry.getKey()))
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> compare(entry.getValue())));
  }

  private static void compare(Graph graph) {
    Network network = Network.random(graph);
    try (Backend scalar = new ScalarBackend(1);
        Contender linnet = new LinnetRun(network, scalar);
        Contender peer = new TorchRun(network, 1)) {
      linnet.run();
      peer.run();
      peer.run(); // what was closed after the first run is not needed
      Agreement.Difference difference = Agreement.of(linnet.results(), peer.results());
      assertTrue(difference.error() < TOLERANCE, difference::toString);
    }
  }

  @Test
  void unevenPaddingIsRefused() {
    Network network = Network.random(SmallGraphs.all().get("uneven padding"));
    try (TorchRun run = new TorchRun(network, 1)) {
      assertThrows(IllegalArgumentException.class, run::run);
    }
  }

  @TestFactory
  Stream<DynamicTest> bothTakeTheSameFirstStep() {
    return Stream.of("resnet20@32x32", "inverted@32x32")
        .map(name -> DynamicTest.dynamicTest(name, () -> compareSteps(Zoo.named(name))));
  }

  private static void compareSteps(ZooNetwork of) {
    try (Backend scalar = new ScalarBackend(2)) {
      Case each = Group.TRAIN.training(of, 2, scalar, 1);
      try (Contender linnet = each.linnet().get();
          Contender peer = each.peer().get()) {
        linnet.run();
        peer.run();
        Agreement.Difference difference = Agreement.of(linnet.results(), peer.results());
        assertTrue(difference.error() < STEP_TOLERANCE, difference::toString);
      }
    }
  }
}
