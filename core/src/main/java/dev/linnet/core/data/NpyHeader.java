package dev.linnet.core.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of an array in NumPy's {@code .npy} format, versions 1 to 3.
 *
 * <p>The magic bytes {@code \x93NUMPY}, the version, the little-endian length of the text (2 bytes
 * in version 1, else 4), and a Python dictionary with the keys {@code descr}, {@code fortran_order}
 * and {@code shape}.
 *
 * @param type NumPy's name of the values' type, {@code |u1} is uint8
 * @param shape the dimensions, each at least 0
 */
record NpyHeader(String type, List<Integer> shape) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_TEXT = 1 << 16;
  private static final Pattern ENTRY =
      Pattern.compile("\\s*'(\\w+)'\\s*:\\s*('[^']*'|\\([^()]*\\)|\\[.*\\]|\\w+)\\s*(,|$)");
  private static final Pattern DIMENSION = Pattern.compile("\\d{1,10}L?");

  /** Reads the header from the start of {@code in}, which then stands at the first value. */
  static NpyHeader read(BoundedInput in) {
    byte[] start = in.read(MAGIC.length + 2, "the npy magic number");
    if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw in.error("is not a NumPy array: it does not begin with \\x93NUMPY");
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw in.error("has npy version " + version + "; 1, 2 and 3 are known");
    }
    byte[] bytes = in.read(version == 1 ? 2 : 4, "the length of the npy header");
    long length = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      length = length << 8 | bytes[i] & 0xFF;
    }
    if (length > LONGEST_TEXT) {
      throw in.error(
          "has an npy header of " + length + " bytes; at most " + LONGEST_TEXT + " are read");
    }
    return parse(in, new String(in.read(length, "the npy header"), StandardCharsets.UTF_8).strip());
  }

  /** The number of values; {@code Long.MAX_VALUE} if there are that many or more. */
  long values() {
    long values = 1;
    for (int dimension : shape) {
      values =
          dimension > 0 && values > Long.MAX_VALUE / dimension
              ? Long.MAX_VALUE
              : values * dimension;
    }
    return values;
  }

  private static NpyHeader parse(BoundedInput in, String text) {
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw in.error("has an npy header that is no dictionary: " + shorten(text));
    }
    String type = null;
    String fortran = null;
    String shape = null;
    String entries = text.substring(1, text.length() - 1).strip();
    Matcher entry = ENTRY.matcher(entries);
    int at = 0;
    while (at < entries.length()) {
      if (!entry.region(at, entries.length()).lookingAt()) {
        throw in.error("has an npy header that cannot be understood: " + shorten(text));
      }
      String value = entry.group(2);
      switch (entry.group(1)) {
        case "descr" -> type = value;
        case "fortran_order" -> fortran = value;
        case "shape" -> shape = value;
        default -> throw in.error("has an unknown npy header entry '" + entry.group(1) + "'");
      }
      at = entry.end();
    }
    if (type == null || fortran == null || shape == null) {
      throw in.error("has an npy header without descr, fortran_order or shape: " + shorten(text));
    }
    if (!type.startsWith("'")) {
      throw in.error("holds records of type " + shorten(type) + "; plain numbers are needed");
    }
    if (!fortran.equals("False")) {
      throw in.error("is stored in Fortran order; C order is needed (numpy.ascontiguousarray)");
    }
    return new NpyHeader(type.substring(1, type.length() - 1), dimensions(in, shape));
  }

  private static List<Integer> dimensions(BoundedInput in, String tuple) {
    if (!tuple.startsWith("(")) {
      throw in.error("has the npy shape " + shorten(tuple) + ", which is no tuple");
    }
    List<Integer> dimensions = new ArrayList<>();
    String inner = tuple.substring(1, tuple.length() - 1).strip();
    for (String part : inner.isEmpty() ? new String[0] : inner.split(",")) {
      String number = part.strip();
      if (!DIMENSION.matcher(number).matches()) {
        throw in.error("has the npy shape " + shorten(tuple) + ", which is not made of numbers");
      }
      long dimension = Long.parseLong(number.replace("L", ""));
      if (dimension > Integer.MAX_VALUE) {
        throw in.error("has the npy shape " + shorten(tuple) + ", larger than an array can be");
      }
      dimensions.add((int) dimension);
    }
    return List.copyOf(dimensions);
  }

  private static String shorten(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 80 ? line : line.substring(0, 80) + "…";
  }
}
