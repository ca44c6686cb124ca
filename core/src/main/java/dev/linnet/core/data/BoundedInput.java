package dev.linnet.core.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A stream of bytes that never believes a declared length: what cannot be there is refused before
 * memory is taken for it.
 *
 * <p>Deflate packs at most 1,032 bytes into one, so the size of a compressed file bounds its
 * content.
 */
final class BoundedInput implements Closeable {

  /** The largest factor by which deflate can shrink data. */
  static final long DEFLATE_RATIO = 1032;

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final String source;
  private final InputStream in;
  private long most; // bytes that can follow at the most

  /**
   * Reads {@code in}.
   *
   * @param source what errors call it
   * @param most an upper bound on the number of bytes that {@code in} can hold
   */
  BoundedInput(String source, InputStream in, long most) {
    this.source = source;
    this.in = in;
    this.most = most;
  }

  /** Opens a file, plain or compressed by gzip: its first bytes decide, not its name. */
  static BoundedInput open(Path file) {
    long size = requireContent(file);
    try {
      InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
      in.mark(2);
      boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
      in.reset();
      return gzip
          ? new BoundedInput(file.toString(), gunzip(file, in), size * DEFLATE_RATIO)
          : new BoundedInput(file.toString(), in, size);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /** The size of a file that exists, is a file and is not empty. */
  static long requireContent(Path file) {
    if (!Files.exists(file)) {
      throw new DataException(file, "no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException(file, "is a folder or a device, a file is needed");
    }
    try {
      long size = Files.size(file);
      if (size == 0) {
        throw new DataException(file, "the file is empty");
      }
      return size;
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /** The next {@code count} bytes; {@code what} names them in errors. */
  byte[] read(long count, String what) {
    if (count > most) {
      throw truncated(what, count);
    }
    if (count > LARGEST_ARRAY || count > Runtime.getRuntime().maxMemory() / 3) {
      throw error(
          what
              + " take "
              + megabytes(count)
              + " MB, too much for a Java heap of "
              + megabytes(Runtime.getRuntime().maxMemory())
              + " MB and for one array of "
              + megabytes(LARGEST_ARRAY)
              + " MB; use less data or a larger heap (-Xmx)");
    }
    try {
      byte[] bytes = in.readNBytes((int) count);
      if (bytes.length < count) {
        throw truncated(what, count);
      }
      most -= count;
      return bytes;
    } catch (EOFException e) {
      throw truncated(what, count);
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  /** All bytes that follow, if they are no more than {@code limit}. */
  byte[] readAtMost(int limit) {
    try {
      byte[] bytes = in.readNBytes(limit);
      if (bytes.length == limit && in.read() >= 0) {
        throw error("holds more than " + limit + " bytes, the most that is read");
      }
      return bytes;
    } catch (EOFException e) {
      throw error("is truncated: the compressed stream has no end");
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  /** Checks that nothing follows. */
  void requireEnd(String after) {
    try {
      if (in.read() >= 0) {
        throw error("more bytes follow after " + after + ", where the file should end");
      }
    } catch (EOFException e) {
      throw error("is truncated: the compressed stream has no end");
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  /** An error that names this input. */
  DataException error(String reason) {
    return new DataException(source, reason);
  }

  /** What errors call this input. */
  String source() {
    return source;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  static DataException unreadable(String source, IOException cause) {
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new DataException(source, "cannot be read: " + reason, cause);
  }

  private static InputStream gunzip(Path file, InputStream in) throws IOException {
    try {
      return new GZIPInputStream(in, 1 << 16);
    } catch (EOFException e) {
      in.close();
      throw new DataException(file.toString(), "is truncated: it ends within the gzip header", e);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private DataException truncated(String what, long count) {
    return error(
        "is truncated or its header is wrong: "
            + what
            + " should take "
            + count
            + " bytes, the file ends before");
  }

  private static long megabytes(long bytes) {
    return (bytes + 999_999) / 1_000_000;
  }
}
