package dev.linnet.core.model;

import java.util.HexFormat;

/** The numbers of the file format, as in {@code docs/model-format.md}. */
final class FileFormat {
  /** The version that is written, and the only one that is read. */
  static final int VERSION = 1;

  /** Bytes of magic, version, header length and the two checksums: the same in every version. */
  static final int PRELUDE = 24;

  /** The longest header, in bytes. */
  static final int LONGEST_HEADER = 4 << 20;

  /** Every tensor starts at a multiple of this many bytes. */
  static final int ALIGNMENT = 64;

  /** Bytes of the SHA-256 that ends the file. */
  static final int DIGEST = 32;

  /** Floats that are read or written in one step. */
  static final int STEP = 1 << 13;

  /** What a model is called in a message where it has no file name. */
  static final String UNNAMED = "model";

  private FileFormat() {}

  /**
   * The first 8 bytes, 89 4C 4E 54 0D 0A 1A 0A: like those of PNG they do not survive a transfer
   * that clears the eighth bit or changes line ends.
   */
  static byte[] magic() {
    return new byte[] {(byte) 0x89, 'L', 'N', 'T', '\r', '\n', 0x1A, '\n'};
  }

  /** Zero bytes between {@code position} and the tensor that follows. */
  static int padding(long position) {
    return (int) (-position & (ALIGNMENT - 1));
  }

  /** Eight hexadecimal digits. */
  static String hex(int crc) {
    return HexFormat.of().toHexDigits(crc);
  }
}
