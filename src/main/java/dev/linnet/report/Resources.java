package dev.linnet.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The text files that the page is made of, which lie beside this class. */
final class Resources {
  private Resources() {}

  /**
   * The content of a file.
   *
   * @throws IllegalStateException if the build has left it out
   */
  static String text(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("dev.linnet.report: " + name + " is missing in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("dev.linnet.report: " + name, e);
    }
  }
}
