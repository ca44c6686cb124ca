package dev.linnet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.DataException;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PictureTest {

  @TempDir private Path folder;

  private static Picture read(Path file) {
    return Picture.read(file, (height, width) -> {});
  }

  private Path write(BufferedImage image, String format) throws IOException {
    Path file = folder.resolve("image." + format);
    assertTrue(ImageIO.write(image, format, file.toFile()));
    return file;
  }

  private static BufferedImage rgb(int type, int... pixels) {
    BufferedImage image = new BufferedImage(pixels.length, 1, type);
    for (int x = 0; x < pixels.length; x++) {
      image.setRGB(x, 0, pixels[x]);
    }
    return image;
  }

  private static BufferedImage noise(int type, int side) {
    BufferedImage image = new BufferedImage(side, side, type);
    for (int i = 0; i < side * side; i++) {
      image.getRaster().setSample(i % side, i / side, 0, i * 97 & 0xFF);
    }
    return image;
  }

  @Test
  void greyValuesAreTakenAsStored() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 100, 255});
    Picture picture = read(write(image, "png"));
    assertTrue(picture.grey());
    assertArrayEquals(new byte[] {0, 100, (byte) 255}, picture.values());
  }

  @Test
  void greyWithSixteenBitsKeepsTheUpperEight() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setPixels(0, 0, 2, 1, new int[] {0x12FF, 0xFE01});
    assertArrayEquals(new byte[] {0x12, (byte) 0xFE}, read(write(image, "png")).values());
  }

  @Test
  void coloursWithoutColourAreGrey() throws IOException {
    Picture picture = read(write(rgb(BufferedImage.TYPE_INT_RGB, 0x646464, 0xC8C8C8), "png"));
    assertTrue(picture.grey());
    assertArrayEquals(new byte[] {100, (byte) 200}, picture.values());
    BufferedImage blackAndWhite = rgb(BufferedImage.TYPE_BYTE_BINARY, 0, 0xFFFFFF);
    assertArrayEquals(new byte[] {0, (byte) 255}, read(write(blackAndWhite, "png")).values());
  }

  @Test
  void transparentPixelsLieOnWhite() throws IOException {
    Picture picture =
        read(write(rgb(BufferedImage.TYPE_INT_ARGB, 0x00FF0000, 0xFFFF0000, 0x80FF0000), "png"));
    assertFalse(picture.grey());
    assertArrayEquals(new byte[] {-1, -1, -1, -1, 0, 0, -1, 127, 127}, picture.values());
  }

  @Test
  void transparentGreyLiesOnWhite() throws IOException {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster = model.createCompatibleWritableRaster(3, 1);
    raster.setPixels(0, 0, 3, 1, new int[] {50, 0, 50, 255, 50, 128});
    BufferedImage image = new BufferedImage(model, raster, false, null);
    Picture picture = read(write(image, "png"));
    assertArrayEquals(new byte[] {-1, 50, (byte) 152}, picture.values());
  }

  @Test
  void jpegIsReadInGreyAndColour() throws IOException {
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setPixels(0, 0, 16, 16, Arrays.stream(new int[256]).map(i -> 90).toArray());
    Picture picture = read(write(grey, "jpg"));
    assertTrue(picture.grey());
    assertEquals(90, picture.values()[0], 2);
    Picture red = read(write(rgb(BufferedImage.TYPE_INT_RGB, 0xFF0000, 0xFF0000), "jpg"));
    assertFalse(red.grey());
    assertEquals(254, red.values()[0] & 0xFF, 2);
    assertEquals(0, red.values()[1] & 0xFF, 3);
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    List<Path> files =
        List.of(
            write(noise(BufferedImage.TYPE_BYTE_GRAY, 24), "png"),
            write(noise(BufferedImage.TYPE_3BYTE_BGR, 24), "jpg"));
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      int least = file.toString().endsWith("png") ? 8 : 2; // IEND's CRC or the end marker
      for (int length = 0; length <= whole.length - least; length += 7) {
        Files.write(file, Arrays.copyOf(whole, length));
        int cut = length;
        Exception error =
            assertThrows(DataException.class, () -> read(file), () -> file + " " + cut);
        assertTrue(error.getMessage().startsWith(file + ": "), error.getMessage());
      }
    }
  }

  @Test
  void damageNeverLeadsToAnotherKindOfException() throws IOException {
    for (String format : List.of("png", "jpg")) {
      Path file = write(noise(BufferedImage.TYPE_3BYTE_BGR, 12), format);
      byte[] whole = Files.readAllBytes(file);
      int refused = 0;
      for (int at = 0; at < whole.length; at++) {
        byte[] damaged = whole.clone();
        damaged[at] ^= 0x55;
        Files.write(file, damaged);
        try {
          Picture picture =
              Picture.read(
                  file,
                  (height, width) -> {
                    if (height != 12 || width != 12) {
                      throw new DataException(file, "has another size");
                    }
                  });
          assertEquals(12, picture.height());
        } catch (DataException e) {
          refused++;
          assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        }
      }
      assertTrue(refused > 10, format + ": " + refused);
    }
  }

  @Test
  void whatIsNoImageIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.png"), "not an image at all");
    assertEquals(
        text + ": is neither a PNG nor a JPEG image",
        assertThrows(DataException.class, () -> read(text)).getMessage());
    Path gif = write(noise(BufferedImage.TYPE_BYTE_GRAY, 4), "gif");
    assertEquals(
        gif + ": is neither a PNG nor a JPEG image",
        assertThrows(DataException.class, () -> read(gif)).getMessage());
    Path empty = Files.write(folder.resolve("b.png"), new byte[0]);
    assertEquals(
        empty + ": the file is empty",
        assertThrows(DataException.class, () -> read(empty)).getMessage());
    assertEquals(
        folder + ": is no file; an image is needed",
        assertThrows(DataException.class, () -> read(folder)).getMessage());
    assertEquals(
        folder.resolve("c.png") + ": no such file",
        assertThrows(DataException.class, () -> read(folder.resolve("c.png"))).getMessage());
  }

  @Test
  void anEnormousImageIsRefusedBeforeItIsDecoded() throws IOException {
    Path file = write(noise(BufferedImage.TYPE_BYTE_GRAY, 4), "png");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).putInt(16, 100_000).putInt(20, 100_000);
    CRC32 crc = new CRC32();
    crc.update(bytes, 12, 17);
    ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
    Files.write(file, bytes);
    Exception error = assertThrows(DataException.class, () -> read(file));
    assertTrue(
        error
            .getMessage()
            .startsWith(file + ": is 100000×100000 pixels, too large for a Java heap"),
        error.getMessage());
  }
}
