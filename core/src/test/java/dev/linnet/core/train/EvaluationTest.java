package dev.linnet.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.ImageShape;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EvaluationTest {
  private static final Architecture LINEAR = (n, x) -> n.classifier("c", x, 2);
  private static final Normalization IDENTITY = new Normalization(new float[] {0}, new float[] {1});

  private final ScalarBackend backend = new ScalarBackend(1);
  private final ParameterStore store = new ParameterStore(backend);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  /** Single pixels; those that are brighter than the threshold are of class 1, by their label. */
  private static ImageSet pixels(int count, int threshold) {
    byte[] values = new byte[count];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = (byte) i;
      labels[i] = i > threshold ? 1 : 0;
    }
    return ImageSet.of(
        "pixels", new ImageShape(1, 1, 1), List.of("dark", "bright"), values, labels);
  }

  /** Says "bright" where the pixel is above a threshold. */
  private void predict(float threshold) {
    Graph graph = Networks.inference(LINEAR, Shape.of(1, 1, 1, 1), Weights.own());
    store.initialize(graph, 0);
    store.put("c/weight", new Tensor(Shape.of(2, 1), new float[] {0, 255}), true);
    store.put("c/bias", new Tensor(Shape.of(2), new float[] {threshold, 0}), true);
  }

  private double accuracy(ImageSet images) {
    return Evaluation.accuracy(LINEAR, store, Weights.own(), images, IDENTITY);
  }

  @Test
  void theFractionOfRightImagesIsCountedOverFullAndPartialBatches() {
    predict(99.5f);
    assertEquals(1, accuracy(pixels(200, 99)));
    assertEquals(190 / 200.0, accuracy(pixels(200, 109))); // 100 … 109 are wrong
    assertEquals(1, accuracy(pixels(1, 99)));
    assertEquals(1, accuracy(pixels(128, 99)));
    assertEquals(1, accuracy(pixels(129, 99)));
  }

  @Test
  void aLogitThatIsNotFiniteIsAnError() {
    predict(99.5f);
    store.put("c/bias", new Tensor(Shape.of(2), new float[] {0, Float.NaN}), true);
    assertEquals(
        "a logit is NaN in batch 1",
        assertThrows(DivergedException.class, () -> accuracy(pixels(200, 99))).getMessage());
  }
}
