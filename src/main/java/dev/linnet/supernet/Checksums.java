package dev.linnet.supernet;

import dev.linnet.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Checksums of weights. */
final class Checksums {
  private Checksums() {}

  /** SHA-256 over names and little-endian values, in the order of the names, in hexadecimal. */
  static String of(Map<String, Tensor> tensors) {
    MessageDigest digest = sha256();
    new TreeMap<>(tensors)
        .forEach(
            (name, tensor) -> {
              digest.update(name.getBytes(StandardCharsets.UTF_8));
              ByteBuffer bytes =
                  ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
              bytes.asFloatBuffer().put(tensor.values());
              digest.update(bytes);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
