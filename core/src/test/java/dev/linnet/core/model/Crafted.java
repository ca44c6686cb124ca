package dev.linnet.core.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/**
 * Files that somebody made on purpose: all checksums are right, the content need not be. Written by
 * docs/model-format.md, not with the code under test.
 */
final class Crafted {
  private Crafted() {}

  /** The header of a file. */
  static String header(byte[] file) {
    return new String(file, 24, length(file), StandardCharsets.UTF_8);
  }

  private static int length(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
  }

  /** A file with its header changed and its tensors kept. */
  static byte[] withHeader(byte[] file, UnaryOperator<String> change) {
    return file(change.apply(header(file)), tensors(file));
  }

  /** All tensors of a file, with the padding between them. */
  static byte[] tensors(byte[] file) {
    return Arrays.copyOfRange(file, aligned(24 + length(file)), file.length - 32);
  }

  private static int aligned(int position) {
    return (position + 63) / 64 * 64;
  }

  /** A file of a header and tensors. */
  static byte[] file(String header, byte[] tensors) {
    return file(1, header.getBytes(StandardCharsets.UTF_8), tensors);
  }

  static byte[] file(int version, byte[] header, byte[] tensors) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(prelude(version, header.length, crc(header)));
    out.writeBytes(header);
    out.writeBytes(new byte[aligned(out.size()) - out.size()]);
    out.writeBytes(tensors);
    return sealed(out.toByteArray());
  }

  /** The content and its SHA-256. */
  static byte[] sealed(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      byte[] file = Arrays.copyOf(content, content.length + 32);
      System.arraycopy(digest, 0, file, content.length, 32);
      return file;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** The first 24 bytes. */
  static byte[] prelude(int version, int length, int headerCrc) {
    ByteBuffer b = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    b.put(new byte[] {(byte) 0x89, 0x4C, 0x4E, 0x54, 0x0D, 0x0A, 0x1A, 0x0A});
    b.putInt(version).putInt(length).putInt(headerCrc);
    return b.putInt(crc(Arrays.copyOf(b.array(), 20))).array();
  }

  static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /**
   * The header of a network with {@code width} hidden features: its two tensors have {@code width}
   * and {@code 3 · width} values.
   */
  static String wide(int width) {
    String tensor = "{'name':'%s','shape':[%s],'kind':'parameter','crc32c':'00000000'}";
    String parameter = "{'op':'Parameter','name':'%s','shape':[%s]}";
    String first = width + ",1";
    String second = "3," + width;
    return String.join(
            ",",
            "{'graph':{'nodes':[{'op':'Input','name':'images','shape':[1,1,1,1]}",
            "{'op':'Flatten','inputs':[0]}",
            parameter.formatted("w", first),
            "{'op':'Dense','inputs':[1,2]}",
            parameter.formatted("v", second),
            "{'op':'Dense','inputs':[3,4]}],'outputs':{'logits':5}}",
            "'genotype':'','space':'','labels':['a','b','c']",
            "'preprocessing':{'height':1,'width':1,'channels':1,'mean':[0],'std':[0.5]}",
            "'provenance':{}",
            "'tensors':[" + tensor.formatted("w", first),
            tensor.formatted("v", second) + "]}")
        .replace('\'', '"');
  }
}
