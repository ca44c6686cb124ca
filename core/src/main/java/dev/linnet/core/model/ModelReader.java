package dev.linnet.core.model;

import dev.linnet.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Reads a model file in one pass. Trusts nothing that the file says: memory is taken only for bytes
 * that have come, every part has to match its checksum before it is used, and what the graph's
 * shapes demand is compared with what is declared.
 */
final class ModelReader {
  private final InputStream in;
  private final MessageDigest digest = sha256();
  private final ByteBuffer step =
      ByteBuffer.allocate(4 * FileFormat.STEP).order(ByteOrder.LITTLE_ENDIAN);
  private long position;

  private ModelReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads to the end of the stream.
   *
   * @throws IOException of the stream
   * @throws IllegalArgumentException saying in one line what is wrong
   */
  static Model read(InputStream in) throws IOException {
    return new ModelReader(in).read();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private Model read() throws IOException {
    Header header = header();
    long demanded = header.table().stream().mapToLong(Header.Entry::bytes).sum();
    if (demanded > Runtime.getRuntime().maxMemory()) {
      throw new IllegalArgumentException(
          "its tensors take "
              + demanded
              + " bytes, more than the "
              + Runtime.getRuntime().maxMemory()
              + " of this JVM's heap; raise -Xmx");
    }
    Map<String, Tensor> read = new LinkedHashMap<>();
    for (Header.Entry entry : header.table()) {
      read.put(entry.name(), new Tensor(entry.shape(), floats(entry)));
    }
    end();
    return new Model(header.graph(), read, header.metadata());
  }

  private Header header() throws IOException {
    byte[] prelude = prelude();
    ByteBuffer fields = ByteBuffer.wrap(prelude).order(ByteOrder.LITTLE_ENDIAN);
    int version = fields.getInt(8);
    int length = fields.getInt(12);
    boolean sound = crc(prelude, FileFormat.PRELUDE - 4) == fields.getInt(20);
    if (version != FileFormat.VERSION) {
      throw new IllegalArgumentException(
          "has format version "
              + Integer.toUnsignedString(version)
              + ", this version of Linnet reads version "
              + FileFormat.VERSION
              + (sound ? "" : "; or it is damaged: its first bytes do not match their checksum"));
    }
    if (!sound) {
      throw new IllegalArgumentException(
          "is damaged: its first " + FileFormat.PRELUDE + " bytes do not match their checksum");
    }
    if (length < 0 || length > FileFormat.LONGEST_HEADER) {
      throw new IllegalArgumentException(
          "declares a header of "
              + Integer.toUnsignedString(length)
              + " bytes; there are at most "
              + FileFormat.LONGEST_HEADER);
    }
    byte[] bytes = bytes(length, "the header");
    if (crc(bytes, length) != fields.getInt(16)) {
      throw new IllegalArgumentException("is damaged: the header does not match its checksum");
    }
    return Header.read(bytes);
  }

  private byte[] prelude() throws IOException {
    byte[] magic = FileFormat.magic();
    byte[] start = in.readNBytes(magic.length);
    if (start.length == 0) {
      throw new IllegalArgumentException("is empty, no Linnet model");
    }
    boolean model = Arrays.equals(start, magic);
    if (!model && !Arrays.equals(start, Arrays.copyOf(magic, start.length))) {
      boolean named = new String(start, StandardCharsets.ISO_8859_1).contains("LNT");
      throw new IllegalArgumentException(
          named
              ? "is damaged: its first bytes are those of a Linnet model after a transfer as text;"
                  + " copy it in binary mode"
              : "is no Linnet model: it starts with the bytes "
                  + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(start)
                  + " instead of "
                  + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(magic));
    }
    consumed(start);
    byte[] rest =
        bytes(FileFormat.PRELUDE - magic.length, "its first " + FileFormat.PRELUDE + " bytes");
    byte[] prelude = Arrays.copyOf(magic, FileFormat.PRELUDE);
    System.arraycopy(rest, 0, prelude, magic.length, rest.length);
    return prelude;
  }

  private float[] floats(Header.Entry entry) throws IOException {
    String part = "tensor " + entry.name();
    for (byte b : bytes(FileFormat.padding(position), "the padding before " + part)) {
      if (b != 0) {
        throw new IllegalArgumentException(
            "is damaged: the padding before " + part + " must be zeros");
      }
    }
    int size = entry.shape().size();
    float[] values = new float[Math.min(size, FileFormat.STEP)];
    CRC32C crc = new CRC32C();
    for (int done = 0; done < size; ) {
      int count = Math.min(size - done, FileFormat.STEP);
      int read = in.readNBytes(step.array(), 0, 4 * count);
      position += read;
      if (read < 4 * count) {
        throw truncated(part);
      }
      digest.update(step.array(), 0, 4 * count);
      crc.update(step.array(), 0, 4 * count);
      if (done + count > values.length) { // grow only as the values come in
        values = Arrays.copyOf(values, (int) Math.min(size, 2L * values.length));
      }
      step.clear().asFloatBuffer().get(values, done, count);
      done += count;
    }
    if ((int) crc.getValue() != entry.crc()) {
      throw new IllegalArgumentException("is damaged: " + part + " does not match its checksum");
    }
    return values;
  }

  private void end() throws IOException {
    byte[] expected = digest.digest();
    byte[] found = in.readNBytes(FileFormat.DIGEST);
    position += found.length;
    if (found.length < FileFormat.DIGEST) {
      throw truncated("the checksum that ends it");
    }
    if (!MessageDigest.isEqual(expected, found)) {
      throw new IllegalArgumentException(
          "is damaged: the SHA-256 that ends it is not that of its content, though every part"
              + " matches its own checksum");
    }
    if (in.read() >= 0) {
      throw new IllegalArgumentException(
          "goes on behind its end, byte " + position + "; a model file has nothing there");
    }
  }

  /** Exactly {@code count} bytes, taking memory only as they come. */
  private byte[] bytes(int count, String part) throws IOException {
    byte[] result = in.readNBytes(count);
    if (result.length < count) {
      position += result.length;
      throw truncated(part);
    }
    consumed(result);
    return result;
  }

  private void consumed(byte[] bytes) {
    position += bytes.length;
    digest.update(bytes);
  }

  private IllegalArgumentException truncated(String part) {
    return new IllegalArgumentException(
        "is truncated: it ends after " + position + " bytes, within " + part);
  }

  private static int crc(byte[] bytes, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, count);
    return (int) crc.getValue();
  }
}
