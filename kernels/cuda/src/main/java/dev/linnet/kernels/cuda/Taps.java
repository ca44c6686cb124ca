package dev.linnet.kernels.cuda;

import dev.linnet.core.graph.Window;

/**
 * How the taps of a window lie in the operand, along one axis: tap {@code i} of result pixel {@code
 * p} is at {@code (p · mul + i · step + off) / phases} where that leaves no rest, and else nowhere.
 * The struct {@code Taps} of the kernels.
 *
 * @param kernel how many there are
 * @param mul the stride of a forward convolution
 * @param phases the stride of a backward one: pixels that far from each other meet the same taps
 * @param every how far these taps are from each other
 */
record Taps(int kernel, int mul, int step, int off, int phases, int every) {

  /** The rows of a window, as the operand of a convolution or the gradient with respect to it. */
  static Taps high(Window w, boolean backward) {
    return of(w.kernelHeight(), w.strideHeight(), w.dilationHeight(), w.top(), backward);
  }

  /** The columns. */
  static Taps wide(Window w, boolean backward) {
    return of(w.kernelWidth(), w.strideWidth(), w.dilationWidth(), w.left(), backward);
  }

  private static Taps of(int kernel, int stride, int dilation, int before, boolean backward) {
    return backward
        ? new Taps(kernel, 1, -dilation, before, stride, stride / gcd(stride, dilation))
        : new Taps(kernel, stride, dilation, -before, 1, 1);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** The most taps that a pixel meets. */
  int most() {
    return Stage.blocks(kernel, every);
  }

  /** The pixels of the largest phase. */
  int pixels(int extent) {
    return Stage.blocks(extent, phases);
  }

  Arguments write(Arguments arguments) {
    return arguments.ints(kernel, mul, step, off, phases, every);
  }
}
