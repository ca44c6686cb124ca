package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static dev.linnet.core.graph.Evaluate.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DropoutTest {
  private static final int MANY = 40_000;

  private static boolean[] kept(Dropout dropout, float key0, float key1) {
    boolean[] kept = new boolean[MANY];
    for (int i = 0; i < MANY; i++) {
      kept[i] = dropout.factor(key0, key1, i) != 0;
    }
    return kept;
  }

  private static double fraction(boolean[] of, boolean[] equalTo) {
    int count = 0;
    for (int i = 0; i < MANY; i++) {
      count += of[i] == equalTo[i] ? 1 : 0;
    }
    return count / (double) MANY;
  }

  @Test
  void theRateIsTheFractionThatIsDropped() {
    boolean[] none = new boolean[MANY];
    for (float rate : new float[] {0, 0.1f, 0.5f, 0.9f}) {
      double dropped = fraction(kept(new Dropout(rate, 3), 17, 1 << 23), none);
      double deviation = Math.sqrt(rate * (1 - rate) / MANY);
      assertEquals(rate, dropped, 4 * deviation + 1e-12, "rate " + rate);
    }
  }

  @Test
  void whatIsKeptIsScaledSoThatTheMeanStays() {
    Dropout dropout = new Dropout(0.75f, 0);
    for (int i = 0; i < 100; i++) {
      float factor = dropout.factor(5, 6, i);
      assertTrue(factor == 0 || factor == 4, "factor " + factor);
    }
    assertEquals(1, new Dropout(0, 0).factor(5, 6, 7));
  }

  @Test
  void neighboursAreDroppedIndependently() {
    boolean[] kept = kept(new Dropout(0.5f, 1), 99, 0);
    for (int lag : new int[] {1, 2, 8, 16, 64}) {
      boolean[] shifted = Arrays.copyOfRange(kept, lag, MANY + lag);
      assertEquals(0.5, fraction(kept, shifted), 0.01, "lag " + lag);
    }
  }

  @Test
  void anotherKeyOrSaltGivesAnIndependentMask() {
    boolean[] mask = kept(new Dropout(0.5f, 1), 99, 3);
    assertEquals(0.5, fraction(mask, kept(new Dropout(0.5f, 1), 100, 3)), 0.02);
    assertEquals(0.5, fraction(mask, kept(new Dropout(0.5f, 1), 99, 4)), 0.02);
    assertEquals(0.5, fraction(mask, kept(new Dropout(0.5f, 2), 99, 3)), 0.02);
    assertEquals(0.5, fraction(mask, kept(new Dropout(0.5f, 1), 3, 99)), 0.02);
    assertEquals(1, fraction(mask, kept(new Dropout(0.5f, 1), 99, 3)));
  }

  @Test
  void forwardAndBackwardUseOneMaskInTheOrderOfElements() {
    Dropout dropout = new Dropout(0.4f, 12);
    Shape shape = Shape.of(3, 2, 5, 7);
    Tensor ones = Tensor.zeros(shape);
    Arrays.fill(ones.values(), 1);
    Tensor key = tensor(Shape.of(2), 123, 456);
    float[] expected = new float[shape.size()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = dropout.factor(123, 456, i);
    }
    assertArrayEquals(expected, result(dropout, ones, key));
    assertArrayEquals(expected, result(new Dropout.InputGradient(dropout), ones, key));
  }

  @Test
  void ratesAndKeysThatDoNotFitAreRefused() {
    assertEquals(
        "Dropout: rate must be in [0, 1), is 1.0",
        refusal(new Dropout(1, 0), Shape.of(5, 8), Shape.of(2)));
    assertEquals(
        "Dropout: rate must be in [0, 1), is -0.1",
        refusal(new Dropout(-0.1f, 0), Shape.of(5, 8), Shape.of(2)));
    assertEquals(
        "Dropout: key [1] must have the shape of a key, [2]",
        refusal(new Dropout(0.1f, 0), Shape.of(5, 8), Shape.of(1)));
  }
}
