package dev.linnet.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.data.BatchLoader;
import dev.linnet.core.data.ImageSet;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Tensor;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CalibrationTest {
  private static final int BATCH = 8;
  private static final Architecture NORM = (n, x) -> n.classifier("c", n.batchNorm("bn", x), 2);

  private static BatchLoader loader(ImageSet images) {
    return BatchLoader.training(images, BATCH, Shapes.normalization(), Augmentation.NONE, 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void statisticsAreTheMeanOfTheMomentsOfTheFirstBatches(int batches) {
    ImageSet images = Shapes.images(50); // six batches
    double mean = 0;
    double variance = 0;
    int count = Math.min(batches, 6);
    float[] pixels = new float[BATCH * Shapes.SHAPE.values()];
    float[] labels = new float[BATCH];
    for (int b = 0; b < count; b++) {
      loader(images).fill(0, b, pixels, labels);
      double sum = 0;
      double squares = 0;
      for (float pixel : pixels) {
        sum += pixel;
        squares += (double) pixel * pixel;
      }
      double m = sum / pixels.length;
      mean += m / count;
      variance += (squares / pixels.length - m * m) / count;
    }
    try (ScalarBackend backend = new ScalarBackend(1)) {
      ParameterStore store = new ParameterStore(backend);
      Calibration.run(NORM, store, Weights.own(), loader(images), batches);
      assertArrayEquals(
          new float[] {(float) mean, (float) variance},
          store.tensor("bn/statistics").values(),
          1e-5f);
    }
  }

  @Test
  void nothingButStatisticsChanges() {
    try (ScalarBackend backend = new ScalarBackend(1)) {
      ParameterStore store = new ParameterStore(backend);
      Calibration.run(Shapes.NETWORK, store, Weights.own(), loader(Shapes.images(20)), 1);
      Tensor weight = store.tensor("conv/conv/weight");
      Tensor statistics = store.tensor("conv/bn/statistics");
      ParameterStore overlay = store.overlay(); // a candidate's own statistics
      Calibration.run(Shapes.NETWORK, overlay, Weights.own(), loader(Shapes.images(40)), 5);
      assertArrayEquals(weight.values(), store.tensor("conv/conv/weight").values());
      assertEquals(Set.of(), overlay.names()); // they were there already
      Calibration.run(Shapes.NETWORK, store, Weights.own(), loader(Shapes.images(20)), 1);
      float[] again = store.tensor("conv/bn/statistics").values();
      assertArrayEquals(statistics.values(), again, 1e-5f); // nothing of before is left
    }
  }
}
