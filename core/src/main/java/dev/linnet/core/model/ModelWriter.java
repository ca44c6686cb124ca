package dev.linnet.core.model;

import dev.linnet.core.graph.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes a model file. */
final class ModelWriter {
  private ModelWriter() {}

  /** Takes little-endian floats, some at a time. */
  private interface Sink<E extends Exception> {
    void take(byte[] bytes, int count) throws E;
  }

  /** The header of a model's file. */
  static Header header(Model model) {
    List<Header.Entry> table = new ArrayList<>();
    for (Node node : model.graph().nodes()) {
      String name = InferenceGraph.storedName(node);
      if (name != null) {
        CRC32C crc = new CRC32C();
        each(model.values(name), (bytes, count) -> crc.update(bytes, 0, count));
        table.add(Header.Entry.of(node, (int) crc.getValue()));
      }
    }
    return new Header(model.graph(), model.metadata(), table);
  }

  /** Writes to a stream, which it flushes but does not close. */
  static void write(Model model, OutputStream out) throws IOException {
    Header described = header(model);
    byte[] header = described.write();
    if (header.length > FileFormat.LONGEST_HEADER) {
      throw new IOException(
          "its header takes "
              + header.length
              + " bytes; there are at most "
              + FileFormat.LONGEST_HEADER);
    }
    DigestOutputStream all = new DigestOutputStream(out, ModelReader.sha256());
    all.write(prelude(header));
    all.write(header);
    long position = (long) FileFormat.PRELUDE + header.length;
    for (Header.Entry entry : described.table()) {
      int padding = FileFormat.padding(position);
      all.write(new byte[padding]);
      each(model.values(entry.name()), (bytes, count) -> all.write(bytes, 0, count));
      position += padding + entry.bytes();
    }
    out.write(all.getMessageDigest().digest());
    out.flush();
  }

  private static byte[] prelude(byte[] header) {
    ByteBuffer prelude =
        ByteBuffer.allocate(FileFormat.PRELUDE)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(FileFormat.magic())
            .putInt(FileFormat.VERSION)
            .putInt(header.length);
    CRC32C crc = new CRC32C();
    crc.update(header);
    prelude.putInt((int) crc.getValue());
    crc.reset();
    crc.update(prelude.array(), 0, prelude.position());
    return prelude.putInt((int) crc.getValue()).array();
  }

  private static <E extends Exception> void each(float[] values, Sink<E> sink) throws E {
    ByteBuffer step =
        ByteBuffer.allocate(4 * Math.min(values.length, FileFormat.STEP))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < values.length; ) {
      int count = Math.min(values.length - done, FileFormat.STEP);
      step.clear().asFloatBuffer().put(values, done, count);
      sink.take(step.array(), 4 * count);
      done += count;
    }
  }

  /**
   * Writes beside the target and moves the whole file into its place, so that the target is never
   * half-written. Nothing stays behind on failure.
   */
  static void write(Model model, Path target) throws IOException {
    Path file = target.toAbsolutePath();
    if (Files.isDirectory(file)) {
      throw new IOException("it is a folder");
    }
    if (!Files.isDirectory(file.getParent())) {
      throw new NotDirectoryException(file.getParent().toString());
    }
    Path part =
        file.resolveSibling(
            file.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".part");
    OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      try (out) {
        write(model, out);
      }
      force(part);
      move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Waits until the content is on the disk: the move must not overtake it. */
  private static void force(Path part) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (ClosedByInterruptException e) {
      // The content is written; only the wait is cut short. The thread stays interrupted.
    }
  }

  private static void move(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
