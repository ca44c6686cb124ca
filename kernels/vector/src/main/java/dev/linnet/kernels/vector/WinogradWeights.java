package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;

/**
 * The weights of a {@link Winograd} convolution: {@code G · w · Gᵀ} for every pair of channels,
 * computed in double, times the factor of the {@link Fold}. They lie as {@code
 * [6·6][vector][c][lane]}, two vectors side by side in a block, one in the last block of an odd
 * number. Before each block lies what its sums start with: parts of the fold's shift, such that all
 * pixels of a tile get the whole of it.
 *
 * @param inputs input channels
 * @param outputs output channels
 * @param stride floats of a pixel of y; the last vector of output channels ends there at the latest
 * @param fold scales and shifts the output channels
 */
record WinogradWeights(int inputs, int outputs, int stride, Fold fold) {
  /** Products of a pair of channels in each direction. */
  static final int IN = 6;

  /** Products of a pair of channels. */
  static final int PRODUCTS = IN * IN;

  /** Stored weights of a pair of channels. */
  static final int TAPS = 9;

  private static final int LANES = Width.LANES;

  /** For the points 0, ±√½, ±√2 and infinity; see {@link WinogradTransforms}. */
  private static final double[][] G = {
    {1, 0, 0},
    {-2 / 3.0, -Math.sqrt(2) / 3, -1 / 3.0},
    {-2 / 3.0, Math.sqrt(2) / 3, -1 / 3.0},
    {1 / 6.0, Math.sqrt(2) / 6, 1 / 3.0},
    {1 / 6.0, -Math.sqrt(2) / 6, 1 / 3.0},
    {0, 0, 1}
  };

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

  /** Packs one block. Modified: packed. */
  void pack(Args args, float[] packed, int b) {
    float[] w = args.in(1);
    int width = vectors(b) * LANES;
    int step = at(1, b) - at(0, b);
    for (int lane = 0; lane < width; lane++) {
      int start = Math.min((2 * b + lane / LANES) * LANES, stride - LANES);
      int output = start + lane % LANES;
      boolean real = output < outputs;
      double scale = real ? fold.scale(args, output) : 0;
      double shift = real ? fold.shift(args, output) : 0;
      int to = at(0, b) + lane;
      for (int p = 0; p < PRODUCTS; p++) {
        packed[to + p * step] = (float) (ONES[p / IN] * ONES[p % IN] * shift);
      }
      for (int c = 0; c < inputs; c++) {
        to += width;
        if (real) {
          transform(w, (output * inputs + c) * TAPS, scale, packed, to, step);
        } else {
          for (int p = 0; p < PRODUCTS; p++) {
            packed[to + p * step] = 0;
          }
        }
      }
    }
  }

  private static void transform(
      float[] w, int from, double scale, float[] packed, int to, int step) {
    for (int i = 0; i < IN; i++) {
      double[] g = G[i];
      double w0 = (g[0] * w[from] + g[1] * w[from + 3] + g[2] * w[from + 6]) * scale;
      double w1 = (g[0] * w[from + 1] + g[1] * w[from + 4] + g[2] * w[from + 7]) * scale;
      double w2 = (g[0] * w[from + 2] + g[1] * w[from + 5] + g[2] * w[from + 8]) * scale;
      for (int j = 0; j < IN; j++) {
        packed[to + (i * IN + j) * step] = (float) (G[j][0] * w0 + G[j][1] * w1 + G[j][2] * w2);
      }
    }
  }
}
