package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ImageSetTest {

  private static final ImageShape SHAPE = new ImageShape(2, 2, 1);
  private static final List<String> CLASSES = List.of("a", "b");

  private final byte[] pixels = Fixtures.range(12);
  private final int[] labels = {1, 0, 1};
  private final ImageSet set = ImageSet.of("three", SHAPE, CLASSES, pixels, labels);

  @Test
  void itKeepsCopiesOfWhatItWasMadeOf() {
    String before = set.sha256();
    pixels[0] = 99;
    labels[0] = 0;
    assertArrayEquals(Fixtures.bytes(0, 1, 2, 3), set.image(0));
    assertEquals(1, set.label(0));
    assertEquals(before, set.subset(new int[] {0, 1, 2}).sha256());
  }

  @Test
  void aSubsetIsAViewInTheOrderAskedFor() {
    ImageSet view = set.subset(new int[] {2, 0}).subset(new int[] {1, 0, 1});
    assertEquals(3, view.size());
    assertArrayEquals(Fixtures.bytes(0, 1, 2, 3), view.image(0));
    assertArrayEquals(Fixtures.bytes(8, 9, 10, 11), view.image(1));
    assertArrayEquals(new int[] {0, 3}, view.classCounts());
    assertSame(set.sharedPixels(), view.sharedPixels());
    assertThrows(IndexOutOfBoundsException.class, () -> set.subset(new int[] {3}));
  }

  @Test
  void theChecksumDependsOnShapeLabelsPixelsAndOrderButNotOnNames() {
    String checksum = set.sha256();
    assertEquals("e5f46f", checksum.substring(0, 6));
    assertEquals(64, checksum.length());
    assertEquals(checksum, set.named("other").sha256());
    assertNotEquals(checksum, set.subset(new int[] {1, 0, 2}).sha256());
    assertNotEquals(
        checksum,
        ImageSet.of("x", new ImageShape(1, 4, 1), CLASSES, Fixtures.range(12), new int[] {1, 0, 1})
            .sha256());
    assertNotEquals(
        checksum,
        ImageSet.of("x", SHAPE, CLASSES, Fixtures.range(12), new int[] {1, 1, 1}).sha256());
    byte[] changed = Fixtures.range(12);
    changed[11]++;
    assertNotEquals(
        checksum, ImageSet.of("x", SHAPE, CLASSES, changed, new int[] {1, 0, 1}).sha256());
  }

  @Test
  void theChecksumOfALargeSetCoversEveryLabel() {
    ImageShape tiny = new ImageShape(1, 1, 1);
    int n = 70_000; // more labels than one chunk of the digest holds
    int[] many = new int[n];
    String zeros = ImageSet.of("x", tiny, CLASSES, new byte[n], many).sha256();
    many[n - 1] = 1;
    assertNotEquals(zeros, ImageSet.of("x", tiny, CLASSES, new byte[n], many).sha256());
  }

  @Test
  void sizesThatDoNotMatchAreRefused() {
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () -> ImageSet.of("three", SHAPE, CLASSES, new byte[11], new int[3]));
    assertEquals(
        "ImageSet three: 3 labels and images of 2×2×1 need 12 bytes, got 11", error.getMessage());
  }

  @Test
  void aLabelOutOfRangeIsRefused() {
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () -> ImageSet.of("three", SHAPE, CLASSES, new byte[12], new int[] {0, 2, 1}));
    assertEquals("ImageSet three: label 2 of image 1 is not in 0…1", error.getMessage());
  }
}
