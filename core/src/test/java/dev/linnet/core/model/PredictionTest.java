package dev.linnet.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PredictionTest {
  private static final List<String> LABELS = List.of("a", "b", "c");

  @Test
  void logitsOfAnySizeGiveProbabilities() {
    assertEquals(
        new Prediction("b", 1, new float[] {0, 1, 0}),
        Prediction.of(new float[] {-3e38f, 3e38f, 1000}, LABELS));
    assertArrayEquals(
        new float[] {0.09003057f, 0.24472848f, 0.66524094f},
        Prediction.of(new float[] {999, 1000, 1001}, LABELS).probabilities(),
        1e-7f);
  }

  @Test
  void theFirstOfEqualsWins() {
    Prediction prediction = Prediction.of(new float[] {1, 2, 2}, LABELS);
    assertEquals("b", prediction.label());
    assertEquals(prediction.probabilities()[1], prediction.probability());
  }

  @Test
  void theProbabilitiesAreCopied() {
    Prediction prediction = Prediction.of(new float[] {5, 1, 1}, LABELS);
    prediction.probabilities()[0] = 0;
    assertEquals(Prediction.of(new float[] {5, 1, 1}, LABELS), prediction);
  }
}
