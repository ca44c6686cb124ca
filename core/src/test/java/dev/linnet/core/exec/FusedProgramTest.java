package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.graph.Fused;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import dev.linnet.core.train.Optimizer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fused program does what the graph says, to the bit. */
@Tag("once")
final class FusedProgramTest {
  private static final Shape IMAGES = Shape.of(5, 9, 7, 3);
  private static final int WIDTH = 6;
  private static final int STEPS = 6;

  private static Set<Class<?>> fusedOperations(List<Graph> graphs) {
    Set<Class<?>> result = new HashSet<>();
    graphs.forEach(graph -> graph.nodes().forEach(node -> result.add(node.op().getClass())));
    result.removeIf(type -> !Fused.class.isAssignableFrom(type));
    return result;
  }

  @Test
  void theNetworkOfAllBlocksHasEveryFusedOperation() {
    try (Backend backend = new ScalarBackend(1);
        TrainedNetwork fused = new TrainedNetwork(backend, IMAGES, WIDTH, TrainedNetwork.SGD);
        TrainedNetwork unfused =
            new TrainedNetwork(
                backend, IMAGES, WIDTH, TrainedNetwork.SGD, Program::compileUnfused)) {
      assertEquals(Set.of(Fused.class.getPermittedSubclasses()), fusedOperations(fused.graphs()));
      assertEquals(Set.of(), fusedOperations(unfused.graphs()));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trainingAndInferenceGiveTheSameBitsAsWithoutFusion(boolean adam) {
    Optimizer optimizer = adam ? TrainedNetwork.ADAM : TrainedNetwork.SGD;
    try (Backend backend = new ScalarBackend(1);
        TrainedNetwork fused = new TrainedNetwork(backend, IMAGES, WIDTH, optimizer);
        TrainedNetwork unfused =
            new TrainedNetwork(backend, IMAGES, WIDTH, optimizer, Program::compileUnfused)) {
      assertArrayEquals(unfused.logits(), fused.logits(), "logits before training");
      assertEquals(unfused.train(STEPS), fused.train(STEPS));
      Map<String, Tensor> values = fused.values();
      Map<String, Tensor> expected = unfused.values();
      assertEquals(expected.keySet(), values.keySet());
      expected.forEach(
          (name, tensor) -> assertArrayEquals(tensor.values(), values.get(name).values(), name));
      assertArrayEquals(unfused.logits(), fused.logits(), "logits");
    }
  }
}
