package dev.linnet.core.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small data sets and files that tests make for themselves. */
final class Fixtures {

  private Fixtures() {}

  /** A set of {@code n} images whose pixels count up and whose label is {@code i % classes}. */
  static ImageSet counting(int n, ImageShape shape, int classes) {
    byte[] pixels = new byte[n * shape.values()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7);
    }
    int[] labels = IntStream.range(0, n).map(i -> i % classes).toArray();
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "c" + c).toList();
    return ImageSet.of("counting", shape, names, pixels, labels);
  }

  /** An IDX file of unsigned bytes; the values need not fit the dimensions. */
  static byte[] idx(byte[] values, int... dimensions) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
    buffer.putInt(8 << 8 | dimensions.length);
    for (int dimension : dimensions) {
      buffer.putInt(dimension);
    }
    return buffer.put(values).array();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  /** A version 1 npy array whose header text is as given. */
  static byte[] npy(String header, byte[] values) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(10 + text.length + values.length);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    buffer.put((byte) 1).put((byte) 0);
    buffer.put((byte) text.length).put((byte) (text.length >> 8));
    return buffer.put(text).put(values).array();
  }

  static byte[] npy(String type, String shape, byte[] values) {
    return npy(
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }", values);
  }

  /** A zip file with the given entries, compressed. */
  static Path npz(Path file, Map<String, byte[]> arrays) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        out.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        out.write(array.getValue());
        out.closeEntry();
      }
    }
    return file;
  }

  /** The bytes 0, 1, …, n-1. */
  static byte[] range(int n) {
    byte[] bytes = new byte[n];
    for (int i = 0; i < n; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
