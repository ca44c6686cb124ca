package dev.linnet.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import org.junit.jupiter.api.Test;

class FigureTest {

  @Test
  void meanAndMedianAreThoseOfTheSample() {
    Figure figure = Figure.of(new double[] {5, 1, 2, 10});
    assertEquals(4.5, figure.mean());
    assertEquals(3.5, figure.median());
    assertEquals(2, Figure.median(new double[] {9, 1, 2}));
    assertEquals(
        Double.POSITIVE_INFINITY,
        Figure.median(new double[] {1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY}));
  }

  @Test
  void theIntervalHoldsTheTrueMeanAboutAsOftenAsItSays() {
    int inside = 0;
    for (int i = 0; i < 200; i++) {
      double[] sample = new double[60];
      for (int k = 0; k < sample.length; k++) {
        sample[k] = -StrictMath.log(1 - RandomStream.of(i, k).nextDouble()); // mean 1
      }
      Figure figure = Figure.of(sample);
      inside += figure.low() <= 1 && 1 <= figure.high() ? 1 : 0;
    }
    assertTrue(inside > 175 && inside < 199, inside + " of 200");
  }
}
