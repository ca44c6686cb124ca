package dev.linnet.study;

import dev.linnet.estimate.table.Table;
import dev.linnet.estimate.table.TableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Small tables for tests. */
public final class Tables {
  /** What describes {@link #csv}. */
  public static final String SCHEMA =
      """
      {"name": "hills",
       "choices": ["a", "b", "c"],
       "objectives": [
         {"name": "accuracy", "search": {"1": "early", "4": ["run1", "run2"]}, "report": "mean"},
         {"name": "latency:chip", "search": "ms", "unit": "ms"},
         {"name": "loss", "search": "loss", "unit": "nats", "goal": "min", "range": [0, 10]},
         {"name": "energy", "search": "ms", "unit": "J", "goal": "min"}],
       "cost": {"params": "size", "seconds": {"1": "short", "4": "long"}}}
      """;

  private Tables() {}

  /** 6 · 6 · 6 rows; the best one, 5.5.5, has accuracy 95 and the longest latency. */
  public static String csv() {
    StringBuilder text = new StringBuilder("a,b,c,early,run1,run2,mean,ms,loss,size,short,long\n");
    for (int a = 0; a < 6; a++) {
      for (int b = 0; b < 6; b++) {
        for (int c = 0; c < 6; c++) {
          int sum = a + b + c;
          text.append(
              String.format(
                  Locale.ROOT,
                  "%d,%d,%d,%d,%d,%d,%d,%d,%.1f,%d,%d,%d%n",
                  a,
                  b,
                  c,
                  20 + sum,
                  64 + 2 * sum,
                  66 + 2 * sum,
                  65 + 2 * sum,
                  1 + sum,
                  10 - sum / 2.0,
                  100 * (1 + a),
                  10,
                  40));
        }
      }
    }
    return text.toString();
  }

  /** Writes both files into a folder: {@code hills.csv} and {@code hills.json}. */
  public static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("hills.csv"), csv());
    Files.writeString(folder.resolve("hills.json"), SCHEMA);
  }

  /** The table. */
  public static Table hills(Path folder) throws IOException {
    write(folder);
    return TableFile.read(folder.resolve("hills.csv"), folder.resolve("hills.json"));
  }
}
