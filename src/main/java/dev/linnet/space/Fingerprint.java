package dev.linnet.space;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A short name for the meaning of a space's genotypes. */
final class Fingerprint {
  private static final int BYTES = 4;

  private Fingerprint() {}

  /** The first 32 bits of SHA-256 over the name, the labels and the options, as hexadecimal. */
  static String of(String name, List<Gene> genes) {
    StringBuilder text = new StringBuilder(name).append('\n');
    for (Gene gene : genes) {
      text.append(gene.label()).append(' ').append(String.join(" ", gene.options())).append('\n');
    }
    byte[] hash = sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
