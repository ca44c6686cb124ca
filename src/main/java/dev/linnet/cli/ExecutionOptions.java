package dev.linnet.cli;

import dev.linnet.search.Execution;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How candidates are evaluated. */
final class ExecutionOptions {
  private static final int MOST_PARALLEL = 256;
  private static final Pattern BYTES = Pattern.compile("([1-9][0-9]{0,8})([kKmMgG])");

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Candidates that are evaluated at a time, each on one thread, as far as the strategy asks"
              + " ahead; results do not depend on it (default: 1, on all threads).")
  private Integer parallel;

  @Option(
      names = "--trial-time",
      paramLabel = "TIME",
      description =
          "Stop a candidate whose evaluation takes longer, such as 30s, and record it as failed."
              + " What the search does then depends on time.")
  private Duration time;

  @Option(
      names = "--trial-memory",
      paramLabel = "SIZE",
      description =
          "Reject a candidate, before it is built, whose training would take more memory, such as"
              + " 512m (default: half of the heap).")
  private String memory;

  @Option(
      names = "--isolate",
      description =
          "Evaluate candidates in processes of their own, so that a lack of memory, a crash or an"
              + " endless loop costs one candidate; each has 5 minutes or --trial-time.")
  private boolean isolate;

  /** Whether candidates are evaluated in processes of their own. */
  boolean isolate() {
    return isolate;
  }

  /**
   * What was asked for.
   *
   * @throws UsageException if a value makes no sense
   */
  Execution read() {
    if (parallel < 1 || parallel > MOST_PARALLEL) {
      throw new UsageException("--parallel must be in 1…" + MOST_PARALLEL + ", got " + parallel);
    }
    return new Execution(
        parallel, Optional.ofNullable(time), bytes(), Optional.empty(), Optional.empty());
  }

  private OptionalLong bytes() {
    if (memory == null) {
      return OptionalLong.empty();
    }
    Matcher parts = BYTES.matcher(memory);
    if (!parts.matches()) {
      throw new UsageException("--trial-memory: '" + memory + "' is no size; write 512m or 2g");
    }
    int shift =
        switch (parts.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 10;
          case "m" -> 20;
          default -> 30;
        };
    return OptionalLong.of(Long.parseLong(parts.group(1)) << shift);
  }
}
