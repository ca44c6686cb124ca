package dev.linnet.kernels.vector;

import dev.linnet.core.graph.Activation.Function;
import java.util.List;
import java.util.Optional;

/** The activations that templates can apply to vectors in registers, by a number. */
final class InlineFunctions {
  private static final List<Function> FUNCTIONS =
      List.of(Function.RELU, Function.RELU6, Function.HARD_SWISH);

  private InlineFunctions() {}

  /** Whether there is none, or it is one of them. */
  static boolean has(Optional<Function> function) {
    return function.isEmpty() || FUNCTIONS.contains(function.get());
  }

  /** The number of a function that {@link #has has} one: 0 for none. */
  static int number(Optional<Function> function) {
    return function.map(f -> FUNCTIONS.indexOf(f) + 1).orElse(0);
  }

  /** The function of a number; null for 0. */
  static Function of(int number) {
    return number == 0 ? null : FUNCTIONS.get(number - 1);
  }
}
