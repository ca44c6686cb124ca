package dev.linnet.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.linnet.core.data.Normalization;
import dev.linnet.core.tensor.RandomStream;
import org.junit.jupiter.api.Test;

final class PreprocessingTest {
  private static final float[] MEAN = {0.1f, 0.456f, 0.9f};
  private static final float[] STD = {0.229f, 1, 0.07f};

  @Test
  void pixelsAreNormalisedToTheBitAsInTraining() {
    byte[] pixels = new byte[16 * 16 * 3];
    RandomStream random = RandomStream.of(1, "pixels");
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextLong();
    }
    float[] expected = new float[pixels.length];
    new Normalization(MEAN, STD).apply(pixels, expected);
    float[] image = new float[pixels.length];
    new Preprocessing(16, 16, 3, MEAN, STD).apply(pixels, image);
    assertArrayEquals(expected, image);
  }

  @Test
  void itsValuesAreItsOwn() {
    float[] mean = MEAN.clone();
    Preprocessing preprocessing = new Preprocessing(1, 1, 3, mean, STD);
    mean[0] = 9;
    preprocessing.mean()[1] = 9;
    preprocessing.std()[1] = 9;
    assertEquals(new Preprocessing(1, 1, 3, MEAN, STD), preprocessing);
  }

  @Test
  void whatCannotBeRightIsRefused() {
    float[] one = {1};
    refused("preprocessing: images of 0×8×1; each must be at least 1", 0, 8, 1, one, one);
    refused(
        "preprocessing: 3 means and 1 deviations for 3 channels; one of each per channel is needed",
        8,
        8,
        3,
        MEAN,
        one);
    refused(
        "preprocessing: channel 0 has mean NaN and deviation 1.0; both must be finite and the"
            + " deviation positive",
        8,
        8,
        1,
        new float[] {Float.NaN},
        one);
    refused(
        "preprocessing: channel 0 has mean 1.0 and deviation 0.0; both must be finite and the"
            + " deviation positive",
        8,
        8,
        1,
        one,
        new float[1]);
  }

  private static void refused(String message, int h, int w, int c, float[] mean, float[] std) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> new Preprocessing(h, w, c, mean, std))
            .getMessage());
  }
}
