package dev.linnet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.DataException;
import dev.linnet.core.data.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFilesTest {

  @TempDir private Path folder;

  private static byte[] ramp(int n) {
    byte[] values = new byte[n];
    for (int i = 0; i < n; i++) {
      values[i] = (byte) (i * 37 + 11);
    }
    return values;
  }

  @Test
  void whatIsWrittenIsReadBackUnchanged() {
    for (int channels : new int[] {1, 3}) {
      ImageShape shape = new ImageShape(5, 7, channels);
      Path file = folder.resolve(channels + ".png");
      ImageFiles.writePng(file, ramp(shape.values()), shape);
      assertArrayEquals(ramp(shape.values()), ImageFiles.read(file, shape));
    }
  }

  @Test
  void colourBecomesGreyByLuminance() {
    Path file = folder.resolve("colours.png");
    byte[] primaries = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255};
    ImageFiles.writePng(file, primaries, new ImageShape(1, 3, 3));
    byte[] greys = ImageFiles.read(file, new ImageShape(1, 3, 1));
    assertArrayEquals(new byte[] {76, (byte) 150, 29}, greys);
  }

  @Test
  void greyBecomesColourByRepetition() {
    Path file = folder.resolve("grey.png");
    ImageFiles.writePng(file, new byte[] {7, (byte) 200}, new ImageShape(1, 2, 1));
    assertArrayEquals(
        new byte[] {7, 7, 7, (byte) 200, (byte) 200, (byte) 200},
        ImageFiles.read(file, new ImageShape(1, 2, 3)));
  }

  @Test
  void anotherSizeIsRefused() {
    Path file = folder.resolve("small.png");
    ImageFiles.writePng(file, ramp(6), new ImageShape(2, 3, 1));
    Exception error =
        assertThrows(DataException.class, () -> ImageFiles.read(file, new ImageShape(8, 8, 1)));
    assertEquals(file + ": is 2×3 pixels (height×width), but 8×8 are needed", error.getMessage());
  }

  @Test
  void aNetworkOfOtherChannelsCannotReadImageFiles() {
    Exception error =
        assertThrows(
            DataException.class,
            () -> ImageFiles.read(folder.resolve("any.png"), new ImageShape(8, 8, 2)));
    assertEquals(
        folder.resolve("any.png") + ": image files have 1 or 3 channels, the network expects 8×8×2",
        error.getMessage());
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createDirectory(folder.resolve("taken.png"));
    ImageShape shape = new ImageShape(2, 3, 1);
    Exception error =
        assertThrows(DataException.class, () -> ImageFiles.writePng(file, ramp(6), shape));
    assertTrue(error.getMessage().startsWith(file + ": cannot be written"), error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> ImageFiles.writePng(file, ramp(5), shape));
  }
}
