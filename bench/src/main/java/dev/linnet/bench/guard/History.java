package dev.linnet.bench.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The history in a folder: {@code history.jsonl}, a line for each change that landed, and the page
 * {@code history.html}, drawn from it.
 *
 * @param folder with both in it
 */
public record History(Path folder) {
  private Path file() {
    return folder.resolve("history.jsonl");
  }

  /** Where the page lies. */
  public Path page() {
    return folder.resolve("history.html");
  }

  /**
   * All lines, oldest first.
   *
   * @throws IllegalArgumentException naming a line that is damaged
   */
  public List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    try {
      if (Files.isRegularFile(file())) {
        int number = 0;
        for (String line : Files.readAllLines(file())) {
          number++;
          if (!line.isBlank()) {
            samples.add(Sample.parse(line, file() + ":" + number));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return samples;
  }

  /**
   * Adds a line, in place of one of the same commit on the same CPU and JDK, and draws the page.
   */
  public void add(Sample sample) {
    List<Sample> samples = samples();
    samples.removeIf(
        old ->
            old.commit().equals(sample.commit())
                && old.cpu().equals(sample.cpu())
                && old.java() == sample.java());
    samples.add(sample);
    StringBuilder lines = new StringBuilder();
    samples.forEach(each -> lines.append(each.line()).append('\n'));
    try {
      Files.createDirectories(folder);
      Files.writeString(file(), lines);
      Files.writeString(page(), HistoryPage.html(samples));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
