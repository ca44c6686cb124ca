package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpzReaderTest {

  @TempDir private Path folder;
  private final Map<String, byte[]> arrays = new LinkedHashMap<>();

  @BeforeEach
  void prepareGoodArrays() {
    arrays.put("train_images", Fixtures.npy("|u1", "(4, 2, 3)", Fixtures.range(24)));
    arrays.put("train_labels", Fixtures.npy("|u1", "(4, 1)", Fixtures.bytes(0, 1, 1, 0)));
  }

  private Path write() throws IOException {
    return Fixtures.npz(folder.resolve("data.npz"), arrays);
  }

  private void assertRefused(String array, String reason) throws IOException {
    Path file = write();
    Exception error = assertThrows(DataException.class, () -> NpzReader.read(file));
    String source = array.isEmpty() ? file.toString() : file + " (" + array + ")";
    assertEquals(source + ": " + reason, error.getMessage());
  }

  @Test
  void aFileWithTrainAloneHasNoOtherSplits() throws IOException {
    GivenSplits splits = NpzReader.read(write());
    assertEquals("train: 4 images of 2×3×1, 2 classes", splits.train().toString());
    assertEquals(List.of("0", "1"), splits.train().classes());
    assertArrayEquals(Fixtures.bytes(6, 7, 8, 9, 10, 11), splits.train().image(1));
    assertEquals(1, splits.train().label(1));
    assertEquals(Optional.empty(), splits.validation());
    assertEquals(Optional.empty(), splits.test());
  }

  @Test
  void allThreeSplitsAreRead() throws IOException {
    arrays.put("val_images", Fixtures.npy("|u1", "(1, 2, 3)", Fixtures.range(6)));
    arrays.put("val_labels", Fixtures.npy("|u1", "(1, 1)", Fixtures.bytes(1)));
    arrays.put("test_images", Fixtures.npy("|u1", "(2, 2, 3)", Fixtures.range(12)));
    arrays.put("test_labels", Fixtures.npy("|u1", "(2,)", Fixtures.bytes(1, 0)));
    Splits splits = NpzReader.read(write()).complete(0.1, 0.1);
    assertEquals("train 4, validation 1, test 2", splits.toString());
  }

  @Test
  void colourImagesHaveThreeChannels() throws IOException {
    arrays.put("train_images", Fixtures.npy("|u1", "(4, 1, 2, 3)", Fixtures.range(24)));
    assertEquals(new ImageShape(1, 2, 3), NpzReader.read(write()).train().shape());
  }

  @Test
  void labelsOfEveryLittleEndianTypeAreRead() throws IOException {
    for (String type : List.of("|i1", "<u2", "<i2", "<u4", "<i4", "<u8", "<i8")) {
      int width = type.charAt(2) - '0';
      ByteBuffer values = ByteBuffer.allocate(4 * width).order(ByteOrder.LITTLE_ENDIAN);
      int largest = width == 1 ? 100 : 300;
      for (int label : new int[] {0, 1, largest, 0}) {
        byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(label).array();
        values.put(bytes, 0, width);
      }
      arrays.put("train_labels", Fixtures.npy(type, "(4,)", values.array()));
      assertEquals(largest, NpzReader.read(write()).train().label(2), type);
    }
  }

  @Test
  void negativeAndEnormousLabelsAreRefused() throws IOException {
    arrays.put("train_labels", Fixtures.npy("|i1", "(4,)", Fixtures.bytes(0, 1, -2, 0)));
    assertRefused("train_labels", "label -2 of image 2 is out of range; labels are 0 to 9999");
    ByteBuffer values = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    values.putLong(1).putLong(Long.MAX_VALUE).putLong(0).putLong(0);
    arrays.put("train_labels", Fixtures.npy("<u8", "(4,)", values.array()));
    assertRefused(
        "train_labels",
        "label 9223372036854775807 of image 1 is out of range; labels are 0 to 9999");
  }

  @Test
  void aTestLabelThatTrainDoesNotHaveIsRefused() throws IOException {
    arrays.put("test_images", Fixtures.npy("|u1", "(1, 2, 3)", Fixtures.range(6)));
    arrays.put("test_labels", Fixtures.npy("|u1", "(1,)", Fixtures.bytes(2)));
    assertRefused("test_labels", "label 2 of image 0 is out of range; labels are 0 to 1");
  }

  @Test
  void oneClassIsRefused() throws IOException {
    arrays.put("train_labels", Fixtures.npy("|u1", "(4,)", Fixtures.bytes(3, 3, 3, 3)));
    assertRefused(
        "train_labels", "all 4 images have one class (label 3); at least 2 classes are needed");
  }

  @Test
  void missingArraysAreNamedTogetherWithThoseThere() throws IOException {
    arrays.remove("train_labels");
    assertRefused("", "has no array train_labels; it has train_images");
    arrays.clear();
    arrays.put("x", Fixtures.npy("|u1", "(1,)", Fixtures.bytes(1)));
    assertRefused("", "has no array train_images; it has x");
  }

  @Test
  void countsAndSizesThatDifferAreRefused() throws IOException {
    arrays.put("train_labels", Fixtures.npy("|u1", "(3,)", Fixtures.bytes(0, 1, 1)));
    assertRefused("train_images", "has 4 images, but train_labels has 3 labels");
    prepareGoodArrays();
    arrays.put("val_images", Fixtures.npy("|u1", "(1, 3, 2)", Fixtures.range(6)));
    arrays.put("val_labels", Fixtures.npy("|u1", "(1,)", Fixtures.bytes(0)));
    assertRefused("val_images", "has images of 3×2×1, train_images of 2×3×1");
  }

  @Test
  void arraysOfAnotherKindAreRefused() throws IOException {
    arrays.put("train_images", Fixtures.npy("<f4", "(4, 2, 3)", new byte[96]));
    assertRefused("train_images", "holds values of type <f4; images are uint8 (|u1)");
    arrays.put("train_images", Fixtures.npy("|u1", "(4, 2, 3, 2)", new byte[48]));
    assertRefused(
        "train_images",
        "has the shape [4, 2, 3, 2]; images are [N, H, W], [N, H, W, 1] or [N, H, W, 3]");
    prepareGoodArrays();
    arrays.put("train_labels", Fixtures.npy("|u1", "(4, 14)", new byte[56]));
    assertRefused(
        "train_labels", "has the shape [4, 14]; one class per image is needed: [N] or [N, 1]");
    arrays.put("train_labels", Fixtures.npy(">i8", "(4,)", new byte[32]));
    assertRefused("train_labels", "is big-endian (>i8); little-endian numbers are needed");
    arrays.put("train_labels", Fixtures.npy("<f8", "(4,)", new byte[32]));
    assertRefused(
        "train_labels", "holds values of type <f8; labels are whole numbers such as |u1 or <i8");
    arrays.put("train_labels", Fixtures.npy("|u1", "(0,)", new byte[0]));
    assertRefused("train_labels", "is empty: there are no labels");
  }

  @Test
  void anArrayShorterOrLongerThanItsShapeIsRefused() throws IOException {
    arrays.put("train_images", Fixtures.npy("|u1", "(4, 2, 3)", Fixtures.range(23)));
    assertRefused(
        "train_images",
        "is truncated or its header is wrong: 4 images of 2×3×1 should take 24 bytes, the file"
            + " ends before");
    arrays.put("train_images", Fixtures.npy("|u1", "(4, 2, 3)", Fixtures.range(25)));
    assertRefused(
        "train_images", "more bytes follow after the last value, where the file should end");
  }

  @Test
  void enormousShapesAreRefusedWithoutTakingMemory() throws IOException {
    arrays.put("train_images", Fixtures.npy("|u1", "(4, 40000, 40000)", Fixtures.range(24)));
    assertRefused(
        "train_images",
        "is truncated or its header is wrong: 4 images of 40000×40000×1 should take 6400000000"
            + " bytes, the file ends before");
    arrays.put(
        "train_images",
        Fixtures.npy("|u1", "(2147483647, 2147483647, 2147483647)", Fixtures.range(24)));
    assertRefused(
        "train_images", "ImageShape: an image of 2147483647×2147483647×1 takes 2 GiB or more");
    prepareGoodArrays();
    arrays.put("train_labels", Fixtures.npy("<i8", "(2147483647,)", new byte[8]));
    assertRefused(
        "train_labels",
        "is truncated or its header is wrong: 2147483647 labels should take 17179869176 bytes, the"
            + " file ends before");
  }

  @Test
  void aFileThatIsNoZipIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("data.npz"), Fixtures.range(100));
    Exception error = assertThrows(DataException.class, () -> NpzReader.read(file));
    assertTrue(error.getMessage().contains("is not a zip archive"), error.getMessage());
  }

  @Test
  void aFileCutAnywhereOrWithAFlippedByteNeverGivesOtherData() throws IOException {
    Path file = write();
    byte[] whole = Files.readAllBytes(file);
    String checksum = NpzReader.read(file).train().sha256();
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(DataException.class, () -> NpzReader.read(file));
    }
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      Files.write(file, flipped);
      try {
        assertEquals(checksum, NpzReader.read(file).train().sha256(), "byte " + at);
      } catch (DataException e) {
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
      }
    }
  }
}
