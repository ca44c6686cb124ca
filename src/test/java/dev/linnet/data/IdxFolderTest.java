package dev.linnet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.DataException;
import dev.linnet.core.data.GivenSplits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxFolderTest {

  @TempDir private Path folder;

  private void assertRefused(String message) {
    Exception error = assertThrows(DataException.class, () -> IdxFolder.read(folder));
    assertEquals(message, error.getMessage());
  }

  @Test
  void trainAndTestAreFoundByName() throws IOException {
    assertFalse(IdxFolder.isOne(folder));
    IdxFiles.write(folder, "train", 12, 4);
    IdxFiles.write(folder, "t10k", 6, 4);
    assertTrue(IdxFolder.isOne(folder));
    GivenSplits splits = IdxFolder.read(folder);
    assertEquals("train: 12 images of 4×4×1, 3 classes", splits.train().toString());
    assertEquals("test: 6 images of 4×4×1, 3 classes", splits.test().orElseThrow().toString());
    assertTrue(splits.validation().isEmpty());
  }

  @Test
  void compressedFilesAndDottedNamesAreFoundToo() throws IOException {
    IdxFiles.write(folder, "train", 12, 4);
    Files.move(
        folder.resolve("train-images-idx3-ubyte"), folder.resolve("train-images.idx3-ubyte"));
    Path labels = folder.resolve("train-labels-idx1-ubyte");
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(Files.readAllBytes(labels));
    }
    Files.write(folder.resolve("train-labels-idx1-ubyte.gz"), gzip.toByteArray());
    Files.delete(labels);
    assertEquals(12, IdxFolder.read(folder).train().size());
  }

  @Test
  void aMissingPartnerIsNamed() throws IOException {
    IdxFiles.write(folder, "train", 12, 4);
    IdxFiles.write(folder, "t10k", 6, 4);
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));
    assertRefused(folder + ": has no file t10k-labels-idx1-ubyte (or with .gz at its end)");
    Files.delete(folder.resolve("train-images-idx3-ubyte"));
    assertTrue(IdxFolder.isOne(folder));
    assertRefused(folder + ": has no file train-images-idx3-ubyte (or with .gz at its end)");
  }

  @Test
  void testImagesOfAnotherSizeAreRefused() throws IOException {
    IdxFiles.write(folder, "train", 12, 4);
    IdxFiles.write(folder, "t10k", 6, 5);
    assertRefused(
        folder.resolve("t10k-images-idx3-ubyte")
            + ": has images of 5×5×1, the train images are 4×4×1");
  }
}
