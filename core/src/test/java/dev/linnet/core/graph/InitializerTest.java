package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class InitializerTest {
  private static float[] values(Initializer initializer, int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    Arrays.fill(values, Float.NaN);
    initializer.fill(shape, values, RandomStream.of(1, "values"));
    return values;
  }

  @Test
  void constantsFillEveryElement() {
    assertArrayEquals(new float[] {3, 3, 3, 3}, values(new Initializer.Fill(3), 2, 2));
    assertArrayEquals(new float[] {1, 1, 1, 0, 0, 0}, values(new Initializer.Identity(), 2, 3));
    assertArrayEquals(
        new float[] {0, 0, 0, 1, 1, 1}, values(new Initializer.StandardMoments(), 2, 3));
  }

  @Test
  void heGivesAVarianceOfTwoOverTheFanIn() {
    float[] values = values(Initializer.he(50), 200, 100);
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum / values.length, 0.006); // four deviations of the mean
    assertEquals(2 / 50.0, squares / values.length, 0.0016); // four of the variance
  }
}
