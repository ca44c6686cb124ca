package dev.linnet.bench.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The baselines in a folder: {@code baselines/CPU.json}, one for each CPU family and vector width.
 *
 * @param folder with the folder {@code baselines} in it
 */
public record Baselines(Path folder) {
  /** Where the baseline of a CPU lies. */
  public Path file(String cpu) {
    return folder.resolve("baselines").resolve(cpu + ".json");
  }

  /**
   * The baseline of a CPU, if there is one.
   *
   * @throws IllegalArgumentException if the file is damaged
   */
  public Optional<Sample> of(String cpu) {
    Path file = file(cpu);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Sample.parse(Files.readString(file), file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes this the baseline of its CPU. */
  public void accept(Sample sample) {
    try {
      Files.createDirectories(file(sample.cpu()).getParent());
      Files.writeString(file(sample.cpu()), sample.page());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
