package dev.linnet.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Data that may lie in a folder {@code shared} beside the checkout; tests do without it. */
public final class Shared {

  private Shared() {}

  /**
   * The file, if the system property {@code linnet.shared} or a neighbour of the checkout has it.
   */
  public static Optional<Path> file(String path) {
    String property = System.getProperty("linnet.shared");
    return Stream.of(property == null ? "../shared" : property, "../../shared")
        .map(folder -> Path.of(folder).resolve(path))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
