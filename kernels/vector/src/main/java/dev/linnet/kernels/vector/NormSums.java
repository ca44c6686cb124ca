package dev.linnet.kernels.vector;

import dev.linnet.core.graph.Activation.Function;
import java.util.Optional;

/** Sums over the pixels of a span that the moments and the gradient of batch norm are made of. */
interface NormSums {
  /** Whether there is no function, or the loops can go through it. */
  static boolean has(Optional<Function> function) {
    return function.isEmpty()
        || function.get() == Function.RELU
        || function.get() == Function.RELU6;
  }

  /**
   * Adds two sums for every channel. Maps as in {@link NormLoops}.
   *
   * @param x what is normalised
   * @param dy the gradient with respect to the result; any array where there is none
   * @param pixels at least 1
   * @param k coefficients: the centre, and for a gradient through a function scale and shift
   * @param sums one vector after the other from {@code so}, see {@link Channels#slot}; modified
   * @param second the second one's position in {@code sums}; modified
   */
  void add(
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      int pixels,
      int stride,
      float[] k,
      float[] sums,
      int so,
      int second);
}
