package dev.linnet.cli;

import dev.linnet.core.model.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which trained network. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "A model file, such as runs/first/model.linnet.")
  private Path file;

  /** What was asked for. */
  Path file() {
    return file;
  }

  /**
   * Reads it.
   *
   * @throws CommandException if a folder is named
   * @throws dev.linnet.core.model.ModelException if it cannot be read or is damaged
   */
  Model read() {
    return read(file);
  }

  /** {@link #read()} of any file. */
  static Model read(Path file) {
    if (Files.isDirectory(file)) {
      throw new CommandException(
          "--model "
              + file
              + " is a folder; a file is needed, such as "
              + file.resolve("model.linnet"));
    }
    return Model.read(file);
  }
}
