package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;

/**
 * The weights of a {@link Winograd} convolution: {@code G · w · Gᵀ} for every pair of channels,
 * times the factor of the {@link Fold}. They lie as {@code [6·6][vector][c][lane]}, two vectors
 * side by side in a block, one in the last block of an odd number. Before each block lies what its
 * sums start with: parts of the fold's shift, such that all pixels of a tile get the whole of it.
 *
 * @param inputs input channels
 * @param outputs output channels
 * @param outputStep stored floats from one output channel to the next
 * @param inputStep stored floats from one input channel to the next
 * @param turned whether the stored weights are turned by 180°, as the gradient of the input wants
 * @param stride floats of a pixel of y that are its own; the last vector of output channels ends
 *     there at the latest
 * @param fold scales and shifts the output channels
 */
record WinogradWeights(
    int inputs, int outputs, int outputStep, int inputStep, boolean turned, int stride, Fold fold) {
  /** Products of a pair of channels in each direction. */
  static final int IN = 6;

  /** Products of a pair of channels. */
  static final int PRODUCTS = IN * IN;

  /** Stored weights of a pair of channels. */
  static final int TAPS = 9;

  /** Taps of a row. */
  private static final int ROW = 3;

  private static final int LANES = Width.LANES;

  /** Input channels that are packed at a time. */
  private static final int SOME = 16;

  /** Scratch memory for packing: the taps of some input channels, and rows of one transformed. */
  static final int SCRATCH = (SOME * TAPS + IN * ROW) * 2 * LANES;

  /**
   * What adds 1 to all pixels of a tile where product (i, j) starts with {@code ONES[i]·ONES[j]}: a
   * solution of Aᵀ · m = 1. There are many; this one has parts below 1.
   */
  private static final double[] ONES = ones();

  private static double[] ones() {
    double r = 0.3; // m3 + m4, and m3 − m4
    double p = 2 - 4 * r; // m1 + m2, from ½·p + 2·r = 1
    double q = Math.sqrt(2) - 2 * r; // m1 − m2, from √½·q + √2·r = 1
    double last = 1 - Math.sqrt(0.125) * q - Math.sqrt(8) * r;
    return new double[] {1 - p - r, (p + q) / 2, (p - q) / 2, r, 0, last};
  }

  /** Vectors of output channels. */
  int vectors() {
    return (outputs + LANES - 1) / LANES;
  }

  /** Blocks of two vectors, the last perhaps of one. */
  int blocks() {
    return (vectors() + 1) / 2;
  }

  /** Vectors of a block: 2 or 1. */
  int vectors(int b) {
    return Math.min(2, vectors() - 2 * b);
  }

  /** Floats of all of them. */
  int floats() {
    return at(PRODUCTS, 0);
  }

  /** Where the weights of a product and block start. */
  int at(int product, int b) {
    return (product * vectors() + 2 * b) * LANES * (1 + inputs);
  }

  /** Packs one block. Modified: packed, memory of {@link #SCRATCH} floats. */
  void pack(Args args, float[] packed, int b, float[] memory) {
    int width = vectors(b) * LANES;
    int step = at(1, b) - at(0, b);
    for (int lane = 0; lane < width; lane++) {
      int output = output(b, lane);
      double shift = output < outputs ? fold.shift(args, output) : 0;
      for (int p = 0; p < PRODUCTS; p++) {
        packed[at(0, b) + lane + p * step] = (float) (ONES[p / IN] * ONES[p % IN] * shift);
      }
    }
    int rows = SOME * TAPS * width;
    for (int first = 0; first < inputs; first += SOME) {
      int count = Math.min(SOME, inputs - first);
      taps(args, b, first, count, memory);
      for (int i = 0; i < count; i++) {
        int row = ROW * width;
        WinogradTransforms.weights(memory, i * TAPS * width, row, memory, rows, row, row);
        int to = at(0, b) + (1 + first + i) * width;
        for (int r = 0; r < IN; r++) {
          int from = rows + r * row;
          WinogradTransforms.weights(memory, from, width, packed, to + r * IN * step, step, width);
        }
      }
    }
  }

  /** The output channel of a lane of a block; the last vector may overlap the one before it. */
  private int output(int b, int lane) {
    return Math.min((2 * b + lane / LANES) * LANES, stride - LANES) + lane % LANES;
  }

  /** The stored weights of some input channels: {@code [c][tap][lane]}. */
  private void taps(Args args, int b, int first, int count, float[] memory) {
    float[] w = args.in(1);
    int width = vectors(b) * LANES;
    int start = turned ? TAPS - 1 : 0;
    int next = turned ? -1 : 1;
    for (int lane = 0; lane < width; lane++) {
      int output = output(b, lane);
      boolean real = output < outputs;
      float scale = real ? fold.scale(args, output) : 0;
      int from = real ? output * outputStep + first * inputStep + start : start;
      for (int i = 0; i < count; i++) {
        int to = i * TAPS * width + lane;
        for (int t = 0; t < TAPS; t++) {
          memory[to + t * width] = w[from + t * next] * scale;
        }
        from += real ? inputStep : 0;
      }
    }
  }
}
