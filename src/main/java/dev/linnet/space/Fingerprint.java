package dev.linnet.space;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A short name for the meaning of a space's genotypes. */
final class Fingerprint {
  private static final int BYTES = 4;

  private Fingerprint() {}

  /**
   * The first 32 bits of SHA-256 over the name, the labels, the options, and for genes that do not
   * always matter when they do, as hexadecimal.
   */
  static String of(String name, Structure structure) {
    StringBuilder text = new StringBuilder(name).append('\n');
    List<Gene> genes = structure.genes();
    for (int i = 0; i < genes.size(); i++) {
      Gene gene = genes.get(i);
      text.append(gene.label()).append(' ').append(String.join(" ", gene.options())).append('\n');
      for (List<Structure.Test> place : structure.places(i)) {
        text.append(" if");
        for (Structure.Test test : place) {
          text.append(' ').append(test.gene()).append(Arrays.toString(test.allowed()));
        }
        text.append('\n');
      }
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
