package dev.linnet.cli;

import dev.linnet.cli.Converters.Count;
import dev.linnet.search.Constraints;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** What a network may cost at most. */
final class ConstraintOptions {
  @Option(
      names = "--max-params",
      paramLabel = "N",
      description = "Trainable values at most, such as 150000, 200k, 1.5M.")
  private Count params;

  @Option(
      names = "--max-macs",
      paramLabel = "N",
      description = "Multiply-accumulates for one image at most, such as 800k, 2M.")
  private Count macs;

  @Option(
      names = "--max-latency",
      paramLabel = "MS",
      description = "Milliseconds for one image at most, on this machine and backend.")
  private Double latency;

  /**
   * The limits.
   *
   * @throws UsageException if one is not positive
   */
  Constraints read() {
    if (latency != null && !(latency > 0)) {
      throw new UsageException("--max-latency must be more than 0, got " + latency);
    }
    return new Constraints(
        params == null ? OptionalLong.empty() : OptionalLong.of(params.value()),
        macs == null ? OptionalLong.empty() : OptionalLong.of(macs.value()),
        latency == null ? OptionalDouble.empty() : OptionalDouble.of(latency));
  }
}
