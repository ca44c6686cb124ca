package dev.linnet.search;

import dev.linnet.space.Cost;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a network may cost at most.
 *
 * @param maxParams trainable values
 * @param maxMacs multiply-accumulates for one image
 * @param maxLatencyMs milliseconds for one image
 */
public record Constraints(
    OptionalLong maxParams, OptionalLong maxMacs, OptionalDouble maxLatencyMs) {

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is not a positive number
   */
  public Constraints {
    maxParams.ifPresent(limit -> requirePositive("parameters", limit));
    maxMacs.ifPresent(limit -> requirePositive("MACs", limit));
    maxLatencyMs.ifPresent(limit -> requirePositive("latency", limit));
  }

  private static void requirePositive(String what, double limit) {
    if (!(limit > 0) || Double.isInfinite(limit)) {
      throw new IllegalArgumentException("the limit of " + what + " must be positive: " + limit);
    }
  }

  /** No limits. */
  public static Constraints none() {
    return new Constraints(OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty());
  }

  /** The same with a limit of parameters. */
  public Constraints withMaxParams(long limit) {
    return new Constraints(OptionalLong.of(limit), maxMacs, maxLatencyMs);
  }

  /** The same with a limit of multiply-accumulates. */
  public Constraints withMaxMacs(long limit) {
    return new Constraints(maxParams, OptionalLong.of(limit), maxLatencyMs);
  }

  /** The same with a limit of milliseconds for one image. */
  public Constraints withMaxLatencyMs(double limit) {
    return new Constraints(maxParams, maxMacs, OptionalDouble.of(limit));
  }

  /** Whether there is no limit. */
  public boolean isEmpty() {
    return equals(none());
  }

  /**
   * Why a network may not be used: one line that names the value and the limit, of the first limit
   * that is broken; empty if none is.
   *
   * @param latencyMs compared where it is known
   */
  public Optional<String> violation(Cost cost, OptionalDouble latencyMs) {
    if (maxParams.isPresent() && cost.params() > maxParams.getAsLong()) {
      return over("parameters", "%,d", cost.params(), maxParams.getAsLong());
    }
    if (maxMacs.isPresent() && cost.macs() > maxMacs.getAsLong()) {
      return over("MACs", "%,d", cost.macs(), maxMacs.getAsLong());
    }
    boolean timed = maxLatencyMs.isPresent() && latencyMs.isPresent();
    if (timed && latencyMs.getAsDouble() > maxLatencyMs.getAsDouble()) {
      return over("ms latency", "%.4g", latencyMs.getAsDouble(), maxLatencyMs.getAsDouble());
    }
    return Optional.empty();
  }

  private static Optional<String> over(String what, String format, Object value, Object limit) {
    String numbers = format + " " + what + ", at most " + format + " allowed";
    return Optional.of(String.format(Locale.ROOT, numbers, value, limit));
  }
}
