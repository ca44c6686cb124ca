package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NormalizationTest {

  private static ImageSet set(ImageShape shape, int... pixels) {
    byte[] bytes = Fixtures.bytes(pixels);
    return ImageSet.of(
        "set", shape, List.of("a", "b"), bytes, new int[bytes.length / shape.values()]);
  }

  @Test
  void meanAndDeviationAreTakenPerChannel() {
    // [2 images, 1, 2, 2]: channel 0 is 0, 255, 0, 255; channel 1 is 51, 51, 102, 204
    Normalization n =
        Normalization.of(set(new ImageShape(1, 2, 2), 0, 51, 255, 51, 0, 102, 255, 204));
    assertArrayEquals(new float[] {0.5f, 0.4f}, n.mean(), 1e-7f);
    assertArrayEquals(new float[] {0.5f, 0.2449490f}, n.std(), 1e-6f);
  }

  @Test
  void onlyTheImagesOfTheViewCount() {
    ImageSet all = set(new ImageShape(1, 1, 1), 10, 20, 200, 250);
    assertEquals(
        Normalization.of(set(new ImageShape(1, 1, 1), 10, 20)),
        Normalization.of(all.subset(new int[] {0, 1})));
  }

  @Test
  void normalisedTrainImagesHaveMeanZeroAndDeviationOne() {
    ImageSet train = Fixtures.counting(50, new ImageShape(3, 5, 3), 2);
    Normalization n = Normalization.of(train);
    float[] out = new float[50 * 45];
    n.apply(train.sharedPixels(), out);
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      double squares = 0;
      for (int i = c; i < out.length; i += 3) {
        sum += out[i];
        squares += out[i] * out[i];
      }
      assertEquals(0, sum / 750, 1e-5);
      assertEquals(1, squares / 750, 1e-4);
    }
  }

  @Test
  void aConstantChannelGetsDeviationOne() {
    Normalization n = Normalization.of(set(new ImageShape(1, 1, 1), 77, 77, 77));
    assertEquals(1f, n.std()[0]);
    float[] out = new float[1];
    n.apply(Fixtures.bytes(77), out);
    assertEquals(0f, out[0], 1e-7f);
  }

  @Test
  void valuesAreCopiedAndComparedByContent() {
    float[] mean = {0.5f};
    Normalization n = new Normalization(mean, new float[] {0.25f});
    mean[0] = 9;
    n.mean()[0] = 9;
    assertEquals(new Normalization(new float[] {0.5f}, new float[] {0.25f}), n);
    assertNotEquals(new Normalization(new float[] {0.5f}, new float[] {0.26f}), n);
  }

  @Test
  void valuesThatCannotBeUsedAreRefused() {
    float[] one = {1f};
    for (float std : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new Normalization(one, new float[] {std}));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new Normalization(new float[] {Float.NaN}, one));
    assertThrows(IllegalArgumentException.class, () -> new Normalization(one, new float[2]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Normalization(one, one).apply(new byte[4], new float[3]));
  }
}
