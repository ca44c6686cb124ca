package dev.linnet.core.exec;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Makes a backend, or says why it cannot. Found by {@link java.util.ServiceLoader}; loading and
 * probing a provider must work on any JVM.
 */
public interface BackendProvider {
  /** The name that users choose it by, in lower case. */
  String name();

  /**
   * Among usable backends, {@code auto} takes the highest. The scalar reference has 0; one below 0
   * is never taken but by name.
   */
  int rank();

  /** Whether the backend works on this JVM and machine. */
  Probe probe();

  /**
   * The devices that {@link Options#device} chooses among, the best first. Empty where there is
   * none, and for a provider that has nothing to choose.
   */
  default List<Device> devices() {
    return List.of();
  }

  /**
   * The precisions that {@link Options#precision} chooses among: fp32 on every device.
   *
   * @param device as {@link Options#device} has it
   * @throws IllegalArgumentException if it is not there
   */
  default Set<Precision> precisions(String device) {
    return Set.of(Precision.FP32);
  }

  /**
   * Opens it.
   *
   * @throws IllegalArgumentException if the options choose a device that is not there
   * @throws IllegalStateException with the probe's reason where it is not usable
   */
  Backend create(Options options);

  /**
   * How to open a backend.
   *
   * @param threads CPU threads that one launch may use, the caller included
   * @param device which of {@link #devices}, as {@link Device#choose} reads it; empty for the first
   * @param precision one of the device's {@link #precisions}
   */
  record Options(int threads, String device, Precision precision) {
    /** Checks the range. */
    public Options {
      if (threads < 1) {
        throw new IllegalArgumentException("threads must be at least 1, got " + threads);
      }
      Objects.requireNonNull(device, "device");
      Objects.requireNonNull(precision, "precision");
    }

    /** In fp32. */
    public Options(int threads, String device) {
      this(threads, device, Precision.FP32);
    }

    /** The first device. */
    public Options(int threads) {
      this(threads, "");
    }

    /**
     * What opens the same device of a provider again: {@code NAME} or {@code NAME:DEVICE}, with
     * {@code /tf32} behind it for that precision.
     */
    public String name(String provider) {
      return BackendName.text(provider, device, precision);
    }
  }

  /** The answer of {@link #probe()}. */
  sealed interface Probe {
    /**
     * It works.
     *
     * @param description which device, how wide
     */
    record Usable(String description) implements Probe {}

    /**
     * It does not.
     *
     * @param reason one line: what is missing, and what mends it
     */
    record Unusable(String reason) implements Probe {}
  }
}
