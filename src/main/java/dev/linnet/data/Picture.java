package dev.linnet.data;

import dev.linnet.core.data.DataException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A decoded PNG or JPEG image.
 *
 * <p>Grey values are taken as stored, without any colour management; 16-bit values keep their upper
 * 8 bits. Transparent pixels lie on white. EXIF rotation is ignored.
 *
 * @param height rows of pixels
 * @param width pixels in a row
 * @param grey whether each pixel is grey
 * @param values uint8, {@code [H, W]} if grey, else {@code [H, W, 3]} RGB
 */
record Picture(int height, int width, boolean grey, byte[] values) {

  private static final long LARGEST_FILE = 1 << 28;
  private static final long BYTES_PER_PIXEL = 16; // while an image is decoded

  /** Refuses images of a wrong size before they are decoded. */
  @FunctionalInterface
  interface SizeCheck {

    /** Throws if images of this size are not wanted. */
    void check(int height, int width);
  }

  /**
   * Decodes a file.
   *
   * @throws DataException if there is no such image, it is damaged or very large
   */
  static Picture read(Path file, SizeCheck size) {
    byte[] bytes = content(file);
    AtomicReference<String> warning = new AtomicReference<>();
    ImageReader reader = null;
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader = reader(file, in);
      reader.setInput(in, true, true);
      reader.addIIOReadWarningListener((source, text) -> warning.compareAndSet(null, text));
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      size.check(height, width);
      long heap = Runtime.getRuntime().maxMemory();
      if ((long) width * height * BYTES_PER_PIXEL > heap / 2) {
        throw new DataException(
            file,
            "is "
                + height
                + "×"
                + width
                + " pixels, too large for a Java heap of "
                + heap / 1_000_000
                + " MB");
      }
      BufferedImage image = reader.read(0);
      requireEnd(file, bytes, warning.get());
      return of(image);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The platform's readers meet damaged files with either kind of exception.
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new DataException(file.toString(), "is a damaged or unsupported image: " + reason, e);
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  /** Copies the values as {@code channels} (1 or 3) to {@code into} from {@code at} on. */
  void copyTo(byte[] into, int at, int channels) {
    if (channels == (grey ? 1 : 3)) {
      System.arraycopy(values, 0, into, at, values.length);
    } else if (grey) {
      repeat(values, 0, values.length, into, at);
    } else {
      for (int p = 0; p < height * width; p++) {
        into[at + p] = luminance(values[3 * p], values[3 * p + 1], values[3 * p + 2]);
      }
    }
  }

  /** Makes RGB of {@code count} grey values. */
  static void repeat(byte[] greys, int from, int count, byte[] into, int at) {
    for (int p = 0; p < count; p++) {
      byte value = greys[from + p];
      into[at + 3 * p] = value;
      into[at + 3 * p + 1] = value;
      into[at + 3 * p + 2] = value;
    }
  }

  /** ITU-R BT.601: {@code 0.299 R + 0.587 G + 0.114 B}, rounded. */
  private static byte luminance(byte red, byte green, byte blue) {
    return (byte) ((299 * (red & 0xFF) + 587 * (green & 0xFF) + 114 * (blue & 0xFF) + 500) / 1000);
  }

  private static byte[] content(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new DataException(
            file, Files.exists(file) ? "is no file; an image is needed" : "no such file");
      }
      long size = Files.size(file);
      if (size == 0 || size > LARGEST_FILE) {
        throw new DataException(
            file,
            size == 0 ? "the file is empty" : "is too large for an image: " + size + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DataException(file.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  private static ImageReader reader(Path file, ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      String format = reader.getFormatName().toLowerCase(Locale.ROOT);
      if (format.equals("png") || format.equals("jpeg")) {
        return reader;
      }
    }
    throw new DataException(file, "is neither a PNG nor a JPEG image");
  }

  /** The platform's readers fill what a truncated file lacks and only warn, if at all. */
  private static void requireEnd(Path file, byte[] bytes, String warning) {
    boolean png = (bytes[0] & 0xFF) == 0x89;
    boolean ends = png ? contains(bytes, 'I', 'E', 'N', 'D') : contains(bytes, 0xFF, 0xD9);
    boolean premature = warning != null && warning.startsWith("Premature end");
    if (!ends || premature) {
      throw new DataException(file, "is a damaged image: it is truncated");
    }
  }

  private static boolean contains(byte[] bytes, int... wanted) {
    for (int at = bytes.length - wanted.length; at >= 0; at--) {
      int matched = 0;
      while (matched < wanted.length && (bytes[at + matched] & 0xFF) == wanted[matched]) {
        matched++;
      }
      if (matched == wanted.length) {
        return true;
      }
    }
    return false;
  }

  private static Picture of(BufferedImage image) {
    ColorModel model = image.getColorModel();
    boolean greyModel =
        model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && (model.getComponentSize(0) == 8 || model.getComponentSize(0) == 16);
    return greyModel ? ofGrey(image, model) : ofColours(image);
  }

  /** Reads samples: getRGB would take them for linear light and brighten them. */
  private static Picture ofGrey(BufferedImage image, ColorModel model) {
    Raster raster = image.getRaster();
    int shift = model.getComponentSize(0) - 8;
    byte[] values = new byte[image.getHeight() * image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int value = raster.getSample(x, y, 0) >> shift;
        int alpha = model.hasAlpha() ? raster.getSample(x, y, 1) >> shift : 255;
        values[y * image.getWidth() + x] = onWhite(value, alpha);
      }
    }
    return new Picture(image.getHeight(), image.getWidth(), true, values);
  }

  private static Picture ofColours(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
    byte[] values = new byte[3 * argb.length];
    boolean grey = true;
    for (int p = 0; p < argb.length; p++) {
      int alpha = argb[p] >>> 24;
      values[3 * p] = onWhite(argb[p] >> 16 & 0xFF, alpha);
      values[3 * p + 1] = onWhite(argb[p] >> 8 & 0xFF, alpha);
      values[3 * p + 2] = onWhite(argb[p] & 0xFF, alpha);
      grey &= values[3 * p] == values[3 * p + 1] && values[3 * p] == values[3 * p + 2];
    }
    if (!grey) {
      return new Picture(height, width, false, values);
    }
    byte[] greys = new byte[argb.length];
    for (int p = 0; p < greys.length; p++) {
      greys[p] = values[3 * p];
    }
    return new Picture(height, width, true, greys);
  }

  private static byte onWhite(int value, int alpha) {
    return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }
}
