package dev.linnet.cli;

import dev.linnet.data.Datasets;
import dev.linnet.data.LoadedData;
import dev.linnet.text.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which images. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DATA",
      defaultValue = "digits",
      description =
          "digits, fashion-mnist, or a path: a folder of IDX files, a MedMNIST npz file, a folder"
              + " with one folder of PNG or JPEG images per class (default: digits).")
  private String data;

  /** What was asked for. */
  String name() {
    return data;
  }

  /**
   * Loads them.
   *
   * @throws UsageException if it is a name that nobody knows
   * @throws dev.linnet.core.data.DataException if they are not there or cannot be used
   */
  LoadedData load() {
    if (data.matches("[A-Za-z0-9_-]+")
        && !Datasets.names().contains(data)
        && !Files.exists(Path.of(data))) {
      throw new UsageException(
          "--data: "
              + Nearest.unknown("data set", data, Datasets.names())
              + "; a path is possible too, and there is no file of that name");
    }
    return Datasets.load(data);
  }
}
