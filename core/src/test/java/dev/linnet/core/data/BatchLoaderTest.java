package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchLoaderTest {

  /** Pixel values come through as themselves. */
  private static Normalization identity(int channels) {
    float[] mean = new float[channels];
    float[] std = new float[channels];
    Arrays.fill(std, 1 / 255f);
    return new Normalization(mean, std);
  }

  /** One pixel per image, which is the image's number; label = number % 2. */
  private static ImageSet numbered(int n) {
    return ImageSet.of(
        "numbered",
        new ImageShape(1, 1, 1),
        List.of("even", "odd"),
        Fixtures.range(n),
        IntStream.range(0, n).map(i -> i % 2).toArray());
  }

  private static List<Integer> epoch(BatchLoader loader, int epoch) {
    List<Integer> numbers = new ArrayList<>();
    float[] images = new float[loader.batchSize()];
    float[] labels = new float[loader.batchSize()];
    for (int batch = 0; batch < loader.batches(); batch++) {
      int rows = loader.fill(epoch, batch, images, labels);
      for (int row = 0; row < rows; row++) {
        int number = Math.round(images[row]);
        numbers.add(number);
        assertEquals(number % 2, labels[row]);
      }
    }
    return numbers;
  }

  @Test
  void anEpochOfTrainingHasEachImageAtMostOnceInFullBatches() {
    BatchLoader loader = BatchLoader.training(numbered(50), 8, identity(1), Augmentation.NONE, 3);
    assertEquals(6, loader.batches());
    List<Integer> numbers = epoch(loader, 0);
    assertEquals(48, numbers.size());
    assertEquals(48, numbers.stream().distinct().count());
  }

  @Test
  void theOrderChangesWithEpochAndSeedAndIsOtherwiseTheSame() {
    BatchLoader loader = BatchLoader.training(numbered(50), 5, identity(1), Augmentation.NONE, 3);
    List<Integer> first = epoch(loader, 0);
    List<Integer> second = epoch(loader, 1);
    assertFalse(first.equals(second));
    assertEquals(first, epoch(loader, 0));
    assertFalse(
        first.equals(
            epoch(BatchLoader.training(numbered(50), 5, identity(1), Augmentation.NONE, 4), 0)));
  }

  @Test
  void aSetSmallerThanABatchIsRepeatedToFillIt() {
    BatchLoader loader = BatchLoader.training(numbered(3), 8, identity(1), Augmentation.NONE, 3);
    assertEquals(1, loader.batches());
    List<Integer> numbers = epoch(loader, 0);
    assertEquals(8, numbers.size());
    assertEquals(3, numbers.stream().distinct().count());
  }

  @Test
  void evaluationKeepsTheOrderAndMarksRowsWithoutAnImage() {
    BatchLoader loader = BatchLoader.evaluation(numbered(10), 4, identity(1));
    assertEquals(3, loader.batches());
    assertEquals(IntStream.range(0, 10).boxed().toList(), epoch(loader, 0));
    float[] images = {9, 9, 9, 9};
    float[] labels = {9, 9, 9, 9};
    assertEquals(2, loader.fill(0, 2, images, labels));
    assertArrayEquals(new float[] {8, 9, 0, 0}, images, 1e-4f);
    assertArrayEquals(new float[] {0, 1, -1, -1}, labels);
  }

  @Test
  void imagesAreNormalisedPerChannel() {
    ImageSet set = Fixtures.counting(4, new ImageShape(3, 2, 3), 2);
    Normalization n = Normalization.of(set);
    float[] expected = new float[4 * 18];
    n.apply(set.sharedPixels(), expected);
    float[] images = new float[4 * 18];
    BatchLoader.evaluation(set, 4, n).fill(0, 0, images, new float[4]);
    assertArrayEquals(expected, images);
  }

  @Test
  void augmentationDoesNotDependOnTheBatchThatAnImageIsIn() {
    ImageSet set = Fixtures.counting(12, new ImageShape(6, 6, 1), 2);
    Augmentation all = new Augmentation(true, 2, 2);
    float[] wide = new float[12 * 36];
    float[] narrow = new float[3 * 36];
    BatchLoader whole = BatchLoader.training(set, 12, identity(1), all, 5);
    BatchLoader parts = BatchLoader.training(set, 3, identity(1), all, 5);
    whole.fill(7, 0, wide, new float[12]);
    for (int batch = 3; batch >= 0; batch--) {
      parts.fill(7, batch, narrow, new float[3]);
      assertArrayEquals(Arrays.copyOfRange(wide, batch * 108, (batch + 1) * 108), narrow);
    }
  }

  @Test
  void fillingAllocatesNothing() {
    ImageSet set = Fixtures.counting(64, new ImageShape(28, 28, 1), 10);
    BatchLoader loader =
        BatchLoader.training(set, 16, identity(1), new Augmentation(true, 2, 8), 1);
    BatchLoader evaluation =
        BatchLoader.evaluation(set.subset(new int[] {0, 1, 2}), 16, identity(1));
    float[] images = new float[16 * 784];
    float[] labels = new float[16];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    for (int round = 0; ; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int epoch = 0; epoch < 10; epoch++) {
        for (int batch = 0; batch < 4; batch++) {
          loader.fill(epoch, batch, images, labels);
        }
        evaluation.fill(epoch, 0, images, labels);
      }
      long allocated = threads.getThreadAllocatedBytes(thread) - before;
      if (allocated == 0) {
        break;
      }
      // The first rounds may count the measurement's own class loading.
      assertFalse(round > 3, "50 batches allocated " + allocated + " bytes");
    }
  }

  @Test
  void whatCannotBeFilledIsRefused() {
    BatchLoader loader = BatchLoader.evaluation(numbered(10), 4, identity(1));
    float[] images = new float[4];
    float[] labels = new float[4];
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> loader.fill(0, 3, images, labels));
    assertEquals("BatchLoader: no batch 3 in epoch 0; an epoch has 3", error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> loader.fill(0, 0, new float[3], labels));
    assertThrows(IllegalArgumentException.class, () -> loader.fill(0, 0, images, new float[3]));
    assertThrows(
        IllegalArgumentException.class, () -> BatchLoader.evaluation(numbered(10), 0, identity(1)));
    assertThrows(
        IllegalArgumentException.class, () -> BatchLoader.evaluation(numbered(10), 4, identity(3)));
    assertThrows(
        IllegalArgumentException.class, () -> BatchLoader.evaluation(numbered(0), 4, identity(1)));
  }
}
