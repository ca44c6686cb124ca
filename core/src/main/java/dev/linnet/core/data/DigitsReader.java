package dev.linnet.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads the UCI handwritten digits in scikit-learn's form: gzipped lines of 64 values 0 … 16 and
 * the digit, 8×8 grey images.
 *
 * <p>A pixel becomes {@code round(value · 255 / 16)}.
 */
public final class DigitsReader {

  private static final ImageShape SHAPE = new ImageShape(8, 8, 1);
  private static final int LARGEST_VALUE = 16;
  private static final int MOST_BYTES = 1 << 21; // of text; the real file has 264,712
  private static final List<String> CLASSES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private DigitsReader() {}

  /**
   * Reads a gzipped or plain file.
   *
   * @throws DataException if the file is not as it should be
   */
  public static ImageSet read(Path file) {
    try (BoundedInput in = BoundedInput.open(file)) {
      return parse(file.toString(), in.readAtMost(MOST_BYTES));
    }
  }

  /**
   * Reads a gzipped stream and does not close it.
   *
   * @param source what errors call the stream
   * @throws DataException if the content is not as it should be
   */
  public static ImageSet read(InputStream gzip, String source) {
    try {
      InputStream in = new GZIPInputStream(gzip);
      return parse(source, new BoundedInput(source, in, Long.MAX_VALUE).readAtMost(MOST_BYTES));
    } catch (EOFException e) {
      throw new DataException(source, "is truncated: it ends within the gzip header", e);
    } catch (IOException e) {
      throw BoundedInput.unreadable(source, e);
    }
  }

  private static ImageSet parse(String source, byte[] bytes) {
    List<String> lines =
        new String(bytes, StandardCharsets.US_ASCII).lines().filter(l -> !l.isBlank()).toList();
    int values = SHAPE.values();
    byte[] pixels = new byte[Math.multiplyExact(lines.size(), values)];
    long[] labels = new long[lines.size()];
    for (int i = 0; i < lines.size(); i++) {
      String[] fields = lines.get(i).split(",", -1);
      if (fields.length != values + 1) {
        throw new DataException(
            source,
            "line "
                + (i + 1)
                + " has "
                + fields.length
                + " fields; "
                + (values + 1)
                + " are needed, 64 pixels and the digit");
      }
      for (int p = 0; p < values; p++) {
        int value = number(source, i, fields[p], LARGEST_VALUE);
        pixels[i * values + p] = (byte) ((value * 255 + LARGEST_VALUE / 2) / LARGEST_VALUE);
      }
      labels[i] = number(source, i, fields[values], CLASSES.size() - 1);
    }
    if (lines.isEmpty()) {
      throw new DataException(source, "has no lines");
    }
    Labels.numberedClasses(source, labels);
    return ImageSet.adopt(
        "digits", SHAPE, CLASSES, pixels, Labels.toInts(source, labels, CLASSES.size()));
  }

  private static int number(String source, int line, String field, int largest) {
    try {
      int value = Integer.parseInt(field.strip());
      if (value >= 0 && value <= largest) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the one error for both
    }
    throw new DataException(
        source,
        "line "
            + (line + 1)
            + " has '"
            + (field.length() > 20 ? field.substring(0, 20) + "…" : field)
            + "' where a whole number from 0 to "
            + largest
            + " is needed");
  }
}
