package dev.linnet.data;

import dev.linnet.core.data.DataException;
import dev.linnet.core.data.ImageShape;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Reads and writes single image files as a network sees them, uint8 {@code [H, W, C]}.
 *
 * <p>Colour becomes grey by ITU-R BT.601 luminance, {@code 0.299 R + 0.587 G + 0.114 B}; grey
 * becomes colour by repeating it; transparent pixels lie on white; EXIF rotation is ignored.
 */
public final class ImageFiles {

  private ImageFiles() {}

  /**
   * Reads a PNG or JPEG image of the given size.
   *
   * @param shape what the network expects; 1 or 3 channels
   * @return uint8 {@code [H, W, C]}
   * @throws DataException if there is no such image, it is damaged, or of another size
   */
  public static byte[] read(Path file, ImageShape shape) {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new DataException(
          file, "image files have 1 or 3 channels, the network expects " + shape);
    }
    Picture picture =
        Picture.read(
            file,
            (height, width) -> {
              if (height != shape.height() || width != shape.width()) {
                throw new DataException(
                    file,
                    "is "
                        + height
                        + "×"
                        + width
                        + " pixels (height×width), but "
                        + shape.height()
                        + "×"
                        + shape.width()
                        + " are needed");
              }
            });
    byte[] values = new byte[shape.values()];
    picture.copyTo(values, 0, shape.channels());
    return values;
  }

  /**
   * Writes an image as PNG; an existing file is replaced.
   *
   * @param pixels uint8 {@code [H, W, C]}; not modified
   * @param shape 1 or 3 channels
   * @throws DataException if the file cannot be written
   * @throws IllegalArgumentException if shape and pixels do not fit
   */
  public static void writePng(Path file, byte[] pixels, ImageShape shape) {
    int channels = shape.channels();
    if (channels != 1 && channels != 3 || pixels.length != shape.values()) {
      throw new IllegalArgumentException(
          "ImageFiles: " + pixels.length + " bytes are no PNG image of " + shape);
    }
    BufferedImage image =
        new BufferedImage(
            shape.width(),
            shape.height(),
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    // Both types take their samples in the order of the bands: grey, or red, green, blue.
    image.getRaster().setDataElements(0, 0, shape.width(), shape.height(), pixels);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        ImageOutputStream imageOut = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(imageOut);
      writer.write(image);
    } catch (IOException e) {
      throw new DataException(file.toString(), "cannot be written: " + e.getMessage(), e);
    } finally {
      writer.dispose();
    }
  }
}
