package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BoundedInputTest {

  @TempDir private Path folder;

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("file"), content);
  }

  @Test
  void gzipIsRecognisedByItsFirstBytesAndNotByTheName() throws IOException {
    byte[] content = Fixtures.range(100);
    for (byte[] stored : new byte[][] {content, Fixtures.gzip(content)}) {
      try (BoundedInput in = BoundedInput.open(file(stored))) {
        assertArrayEquals(content, in.read(100, "all"));
        in.requireEnd("all");
      }
    }
  }

  @Test
  void aDeclaredSizeBeyondTheFileIsRefusedBeforeMemoryIsTaken() throws IOException {
    try (BoundedInput in = BoundedInput.open(file(new byte[100]))) {
      Exception error = assertThrows(DataException.class, () -> in.read(1L << 50, "pixels"));
      assertEquals(
          folder.resolve("file")
              + ": is truncated or its header is wrong: pixels should take 1125899906842624 bytes,"
              + " the file ends before",
          error.getMessage());
    }
  }

  @Test
  void moreThanTheHeapCanHoldIsRefusedWithTheRemedy() throws IOException {
    long huge = Runtime.getRuntime().maxMemory();
    BoundedInput in = new BoundedInput("bomb", InputStream.nullInputStream(), huge);
    Exception error = assertThrows(DataException.class, () -> in.read(huge, "pixels"));
    assertTrue(error.getMessage().startsWith("bomb: pixels take "), error.getMessage());
    assertTrue(error.getMessage().endsWith("(-Xmx)"), error.getMessage());
  }

  @Test
  void aCompressedFileCutAnywhereIsTruncated() throws IOException {
    byte[] gzip = Fixtures.gzip(Fixtures.range(100));
    for (int length = 3; length < gzip.length; length++) {
      Path cut = file(Arrays.copyOf(gzip, length));
      Exception error =
          assertThrows(
              DataException.class,
              () -> {
                try (BoundedInput in = BoundedInput.open(cut)) {
                  in.read(100, "all");
                  in.requireEnd("all");
                }
              });
      assertTrue(error.getMessage().contains("is truncated"), error.getMessage());
    }
  }

  @Test
  void aDamagedCompressedFileIsRefused() throws IOException {
    byte[] gzip = Fixtures.gzip(Fixtures.range(100));
    gzip[gzip.length - 6] ^= 1; // in the CRC-32
    try (BoundedInput in = BoundedInput.open(file(gzip))) {
      Exception error =
          assertThrows(
              DataException.class,
              () -> {
                in.read(100, "all");
                in.requireEnd("all");
              });
      assertTrue(error.getMessage().contains("cannot be read"), error.getMessage());
    }
  }

  @Test
  void whatFollowsTheEndIsRefused() throws IOException {
    try (BoundedInput in = BoundedInput.open(file(new byte[5]))) {
      in.read(4, "all");
      Exception error = assertThrows(DataException.class, () -> in.requireEnd("the last image"));
      assertEquals(
          folder.resolve("file")
              + ": more bytes follow after the last image, where the file should end",
          error.getMessage());
    }
  }

  @Test
  void aMissingEmptyOrOtherKindOfFileIsRefused() throws IOException {
    assertEquals(
        folder.resolve("none") + ": no such file",
        assertThrows(DataException.class, () -> BoundedInput.open(folder.resolve("none")))
            .getMessage());
    Path empty = file(new byte[0]);
    assertEquals(
        empty + ": the file is empty",
        assertThrows(DataException.class, () -> BoundedInput.open(empty)).getMessage());
    assertEquals(
        folder + ": is a folder or a device, a file is needed",
        assertThrows(DataException.class, () -> BoundedInput.open(folder)).getMessage());
  }

  @Test
  void anUnboundedTextIsCutOffWithAnError() {
    BoundedInput in =
        new BoundedInput("text", new ByteArrayInputStream(new byte[11]), Long.MAX_VALUE);
    Exception error = assertThrows(DataException.class, () -> in.readAtMost(10));
    assertEquals("text: holds more than 10 bytes, the most that is read", error.getMessage());
  }
}
