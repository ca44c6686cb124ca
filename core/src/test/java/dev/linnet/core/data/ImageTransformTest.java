package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ImageTransformTest {

  private static final Normalization TWO =
      new Normalization(new float[] {0.1f, 0.2f}, new float[] {0.5f, 0.25f});

  private static float[] apply(
      ImageShape shape, Augmentation augmentation, byte[] pixels, int epoch, int index) {
    Normalization n =
        shape.channels() == 2 ? TWO : new Normalization(new float[] {0.1f}, new float[] {0.5f});
    float[] images = new float[shape.values()];
    new ImageTransform(shape, n, augmentation, 11).apply(pixels, 0, epoch, index, images, 0);
    return images;
  }

  /** What a window of the padded image holds, written down as plainly as possible. */
  private static float[] window(
      ImageShape shape, byte[] pixels, int down, int right, boolean flip) {
    float[] mean = shape.channels() == 2 ? TWO.mean() : new float[] {0.1f};
    float[] std = shape.channels() == 2 ? TWO.std() : new float[] {0.5f};
    float[] images = new float[shape.values()];
    int i = 0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        for (int c = 0; c < shape.channels(); c++) {
          int sy = y + down;
          int sx = (flip ? shape.width() - 1 - x : x) + right;
          boolean inside = sy >= 0 && sy < shape.height() && sx >= 0 && sx < shape.width();
          int value = inside ? pixels[(sy * shape.width() + sx) * shape.channels() + c] & 0xFF : 0;
          images[i++] = (value / 255f - mean[c]) / std[c];
        }
      }
    }
    return images;
  }

  @Test
  void everyResultIsAWindowOfThePaddedImageMaybeMirroredAndEachComesUp() {
    for (ImageShape shape : new ImageShape[] {new ImageShape(3, 5, 1), new ImageShape(5, 3, 2)}) {
      byte[] pixels = new byte[shape.values()];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (10 + 9 * i);
      }
      Set<Integer> seen = new HashSet<>();
      for (int epoch = 0; epoch < 1_000; epoch++) {
        float[] result = apply(shape, new Augmentation(true, 2, 0), pixels, epoch, 3);
        int match = -1;
        for (int which = 0; which < 50 && match < 0; which++) {
          int down = which / 10 - 2;
          int right = which / 2 % 5 - 2;
          if (Arrays.equals(result, window(shape, pixels, down, right, which % 2 == 1))) {
            match = which;
          }
        }
        assertTrue(match >= 0, "epoch " + epoch + " is no window of the image");
        seen.add(match);
      }
      assertEquals(50, seen.size());
    }
  }

  @Test
  void cutoutSetsASquareToTheMeanThatMayStickOut() {
    ImageShape shape = new ImageShape(7, 7, 2);
    byte[] pixels = new byte[shape.values()];
    Arrays.fill(pixels, (byte) 200);
    int whole = 0;
    Set<Integer> sizes = new HashSet<>();
    for (int index = 0; index < 300; index++) {
      float[] result = apply(shape, new Augmentation(false, 0, 3), pixels, 0, index);
      int zeros = 0;
      for (float value : result) {
        zeros += value == 0 ? 1 : 0;
      }
      sizes.add(zeros);
      whole += zeros == 18 ? 1 : 0;
    }
    // A 3×3 square around any of 49 centres, 25 of them away from the border, 2 channels.
    assertEquals(Set.of(8, 12, 18), sizes);
    assertEquals(300 * 25 / 49.0, whole, 30);
  }

  @Test
  void halfOfTheImagesAreMirrored() {
    ImageShape shape = new ImageShape(1, 2, 1);
    byte[] pixels = Fixtures.bytes(1, 2);
    int mirrored = 0;
    for (int index = 0; index < 1_000; index++) {
      float[] result = apply(shape, new Augmentation(true, 0, 0), pixels, 0, index);
      mirrored += result[0] > result[1] ? 1 : 0;
    }
    assertEquals(500, mirrored, 60);
  }

  @Test
  void theSameSeedEpochAndIndexGiveTheSameImage() {
    ImageShape shape = new ImageShape(6, 6, 1);
    byte[] pixels = Fixtures.range(36);
    Augmentation all = new Augmentation(true, 2, 3);
    assertArrayEquals(apply(shape, all, pixels, 4, 9), apply(shape, all, pixels, 4, 9));
  }

  @Test
  void anAugmentationLargerThanTheImageIsRefused() {
    ImageShape shape = new ImageShape(4, 8, 1);
    byte[] pixels = new byte[32];
    assertThrows(
        IllegalArgumentException.class,
        () -> apply(shape, new Augmentation(false, 4, 0), pixels, 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> apply(shape, new Augmentation(false, 0, 8), pixels, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Augmentation(false, -1, 0));
  }
}
