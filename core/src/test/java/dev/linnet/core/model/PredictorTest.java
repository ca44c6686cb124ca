package dev.linnet.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Node;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PredictorTest {
  private final Graph graph = Networks.digits(4);
  private final Model model = Networks.model(graph);

  @Test
  void aPredictionIsTheSoftmaxOfTheLogitsOfThePixels() {
    byte[] pixels = Networks.pixels(graph);
    float[] image = new float[pixels.length];
    model.preprocessing().apply(pixels, image);
    try (Predictor predictor = model.predictor()) {
      float[] logits = predictor.logits(image);
      Prediction prediction = predictor.predict(pixels);
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit);
      }
      int best = 0;
      for (int k = 0; k < logits.length; k++) {
        assertEquals(Math.exp(logits[k]) / sum, prediction.probabilities()[k], 1e-6);
        best = logits[k] > logits[best] ? k : best;
      }
      assertEquals(best, prediction.index());
      assertEquals("class " + best, prediction.label());
    }
  }

  @Test
  void aPredictionDoesNotDependOnTheOneBefore() {
    byte[] pixels = Networks.pixels(graph);
    try (Predictor predictor = model.predictor()) {
      Prediction first = predictor.predict(pixels);
      Prediction other = predictor.predict(new byte[64]);
      assertTrue(!first.equals(other));
      assertEquals(first, predictor.predict(pixels, 8, 8, 1));
    }
  }

  @Test
  void anImageOfAnotherSizeOrKindIsRefusedWithBoth() {
    try (Predictor predictor = model.predictor()) {
      assertEquals(
          "the model takes images of 8×8×1 (height × width × channels), 64 values, got 192",
          assertThrows(IllegalArgumentException.class, () -> predictor.predict(new byte[192]))
              .getMessage());
      assertEquals(
          "the model takes images of 8×8×1 (height × width × channels), got one of 8×8×3",
          assertThrows(
                  IllegalArgumentException.class, () -> predictor.predict(new byte[192], 8, 8, 3))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> predictor.predict(new byte[64], 4, 16, 1));
      assertThrows(IllegalArgumentException.class, () -> predictor.predict(new byte[63], 8, 8, 1));
      assertThrows(IllegalArgumentException.class, () -> predictor.logits(new float[63]));
    }
  }

  @Test
  void logitsThatAreNotFiniteGiveNoPrediction() {
    ParameterStore store = Networks.store(graph);
    Tensor weights = store.tensor("head.weights");
    java.util.Arrays.fill(weights.values(), Float.MAX_VALUE);
    store.put("head.weights", weights, true);
    try (Predictor predictor = Model.of(graph, store, Networks.metadata(graph)).predictor()) {
      String message =
          assertThrows(ModelException.class, () -> predictor.predict(Networks.pixels(graph)))
              .getMessage();
      assertTrue(message.startsWith("model: its logits are not finite ("), message);
    }
  }

  @Test
  void aPredictorThatIsClosedSaysSo() {
    Predictor predictor = model.predictor();
    predictor.close();
    predictor.close();
    assertEquals(
        "the predictor is closed",
        assertThrows(IllegalStateException.class, () -> predictor.predict(new byte[64]))
            .getMessage());
  }

  @Test
  void theBackendOfTheCallerStaysOpenAndGivesTheSame() {
    byte[] pixels = Networks.pixels(graph);
    try (Backend backend = new ScalarBackend(2);
        Predictor own = model.predictor()) {
      for (int i = 0; i < 2; i++) {
        try (Predictor predictor = model.predictor(backend)) {
          assertEquals(own.predict(pixels), predictor.predict(pixels));
        }
      }
    }
  }

  @Test
  void aNetworkThatNoHeapHoldsIsRefusedBeforeMemoryIsTaken() {
    GraphBuilder g = new GraphBuilder();
    Node x = g.input("images", Shape.of(1, 30_000, 30_000, 2));
    x = g.add(new Flatten(), g.add(new GlobalAvgPool(), x));
    x = g.add(new Dense(), x, g.parameter("w", Shape.of(3, 2), new Initializer.Fill(1)));
    Model huge = Networks.model(g.build(Map.of("logits", x)));
    String message = assertThrows(ModelException.class, huge::predictor).getMessage();
    assertTrue(message.startsWith("model: one prediction takes 72000"), message);
    assertTrue(message.endsWith("raise -Xmx"), message);
  }
}
