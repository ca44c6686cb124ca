package dev.linnet.core.exec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How exactly a backend takes the operands of convolutions and dense layers. Their sums, and all
 * other operations, are fp32 in any case.
 */
public enum Precision {
  /** 24 significant bits: float, as it is. */
  FP32,

  /**
   * 11 significant bits, rounded to the nearest: what NVIDIA's tensor cores multiply from compute
   * capability 8.0 on.
   */
  TF32;

  /** The precision of that name, if there is one. */
  static Optional<Precision> named(String name) {
    return Arrays.stream(values()).filter(p -> p.toString().equals(name)).findFirst();
  }

  /** The name, as users write it: {@code fp32}, {@code tf32}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
