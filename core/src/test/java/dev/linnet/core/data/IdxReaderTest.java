package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxReaderTest {

  private static final byte[] PIXELS = Fixtures.range(24); // [4, 2, 3]

  @TempDir private Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void writeAGoodPair() throws IOException {
    images = Files.write(folder.resolve("images"), Fixtures.idx(PIXELS, 4, 2, 3));
    labels = Files.write(folder.resolve("labels"), Fixtures.idx(Fixtures.bytes(2, 0, 1, 2), 4));
  }

  private void assertRefused(Path file, String reason) {
    Exception error =
        assertThrows(DataException.class, () -> IdxReader.read("train", images, labels));
    assertEquals(file + ": " + reason, error.getMessage());
    assertFalse(error.getMessage().contains("\n"));
  }

  @Test
  void imagesAndLabelsArePaired() {
    ImageSet set = IdxReader.read("train", images, labels);
    assertEquals("train: 4 images of 2×3×1, 3 classes", set.toString());
    assertEquals(List.of("0", "1", "2"), set.classes());
    assertArrayEquals(Fixtures.bytes(6, 7, 8, 9, 10, 11), set.image(1));
    assertEquals(0, set.label(1));
  }

  @Test
  void compressedFilesGiveTheSame() throws IOException {
    String plain = IdxReader.read("train", images, labels).sha256();
    Files.write(images, Fixtures.gzip(Files.readAllBytes(images)));
    Files.write(labels, Fixtures.gzip(Files.readAllBytes(labels)));
    assertEquals(plain, IdxReader.read("train", images, labels).sha256());
  }

  @Test
  void knownClassesAreKept() {
    ImageSet set = IdxReader.read("train", images, labels, List.of("a", "b", "c", "d"));
    assertEquals(List.of("a", "b", "c", "d"), set.classes());
  }

  @Test
  void aLabelOutOfRangeIsRefused() {
    Exception error =
        assertThrows(
            DataException.class, () -> IdxReader.read("test", images, labels, List.of("a", "b")));
    assertEquals(
        labels + ": label 2 of image 0 is out of range; labels are 0 to 1", error.getMessage());
  }

  @Test
  void aWrongMagicNumberIsRefused() throws IOException {
    byte[] floats = Fixtures.idx(PIXELS, 4, 2, 3);
    floats[2] = 0x0D;
    Files.write(images, floats);
    assertRefused(
        images,
        "begins with 0x00000D03; IDX images [N, height, width] of unsigned bytes begin with"
            + " 0x00000803");
  }

  @Test
  void swappedFilesAreRefused() {
    Exception error =
        assertThrows(DataException.class, () -> IdxReader.read("train", labels, images));
    assertEquals(
        images + ": begins with 0x00000803; IDX labels [N] of unsigned bytes begin with 0x00000801",
        error.getMessage());
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    for (Path file : new Path[] {images, labels}) {
      byte[] whole = Files.readAllBytes(file);
      for (int length = 0; length < whole.length; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        Exception error =
            assertThrows(DataException.class, () -> IdxReader.read("train", images, labels));
        assertTrue(error.getMessage().startsWith(file + ": "), error.getMessage());
      }
      Files.write(file, whole);
    }
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    Files.write(labels, new byte[0]);
    assertRefused(labels, "the file is empty");
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    Files.delete(images);
    assertRefused(images, "no such file");
  }

  @Test
  void countsThatDifferAreRefused() throws IOException {
    Files.write(labels, Fixtures.idx(Fixtures.bytes(0, 1, 1), 3));
    assertRefused(images, "has 4 images, but " + labels + " has 3 labels");
  }

  @Test
  void oneClassIsRefused() throws IOException {
    Files.write(labels, Fixtures.idx(Fixtures.bytes(1, 1, 1, 1), 4));
    assertRefused(labels, "all 4 images have one class (label 1); at least 2 classes are needed");
  }

  @Test
  void moreBytesThanDeclaredAreRefused() throws IOException {
    Files.write(images, Fixtures.idx(Fixtures.range(25), 4, 2, 3));
    assertRefused(images, "more bytes follow after the last image, where the file should end");
  }

  @Test
  void dimensionsThatAreNotPositiveAreRefused() throws IOException {
    Files.write(images, Fixtures.idx(PIXELS, 4, 0, 3));
    assertRefused(
        images,
        "dimension 1 of images [N, height, width] is 0; it must lie between 1 and 2147483647");
    Files.write(images, Fixtures.idx(PIXELS, 4, -1, 3));
    assertRefused(
        images,
        "dimension 1 of images [N, height, width] is 4294967295; it must lie between 1 and"
            + " 2147483647");
  }

  @Test
  void enormousDimensionsAreRefusedWithoutTakingMemory() throws IOException {
    Files.write(images, Fixtures.idx(PIXELS, 4, 1 << 30, 1 << 30));
    assertRefused(images, "ImageShape: an image of 1073741824×1073741824×1 takes 2 GiB or more");
    Files.write(images, Fixtures.gzip(Fixtures.idx(PIXELS, 4, 30_000, 30_000)));
    assertRefused(
        images,
        "is truncated or its header is wrong: 4 images of 30000×30000×1 should take 3600000000"
            + " bytes, the file ends before");
    Files.write(labels, Fixtures.idx(new byte[0], Integer.MAX_VALUE));
    assertRefused(
        labels,
        "is truncated or its header is wrong: 2147483647 labels should take 2147483647 bytes, the"
            + " file ends before");
  }
}
