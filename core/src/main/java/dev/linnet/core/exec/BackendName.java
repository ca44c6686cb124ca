package dev.linnet.core.exec;

import java.util.Optional;

/**
 * What opens a backend, as a text: {@code PROVIDER}, {@code PROVIDER:DEVICE}, and {@code /tf32}
 * behind either.
 *
 * @param device empty where none is chosen
 * @param precision empty where none is chosen
 */
record BackendName(String provider, String device, Optional<Precision> precision) {
  private static final char BEFORE_DEVICE = ':';
  private static final char BEFORE_PRECISION = '/';

  /** Reads a text. A slash that no precision follows is a part of the device's name. */
  static BackendName of(String text) {
    int slash = text.lastIndexOf(BEFORE_PRECISION);
    Optional<Precision> precision =
        slash < 0 ? Optional.empty() : Precision.named(text.substring(slash + 1));
    String rest = precision.isPresent() ? text.substring(0, slash) : text;
    int colon = rest.indexOf(BEFORE_DEVICE);
    return colon < 0
        ? new BackendName(rest, "", precision)
        : new BackendName(rest.substring(0, colon), rest.substring(colon + 1), precision);
  }

  /** The text of a provider's device at a precision; fp32 goes without saying. */
  static String text(String provider, String device, Precision precision) {
    return provider
        + (device.isEmpty() ? "" : BEFORE_DEVICE + device)
        + (precision == Precision.FP32 ? "" : BEFORE_PRECISION + precision.toString());
  }

  /** The options with what the name says in place of theirs. */
  BackendProvider.Options in(BackendProvider.Options options) {
    return new BackendProvider.Options(
        options.threads(),
        device.isEmpty() ? options.device() : device,
        precision.orElse(options.precision()));
  }
}
