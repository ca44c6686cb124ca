package dev.linnet.kernels.vector;

/**
 * Packs the weights of a {@link Sweep} for the tile: {@code [vector][r][t][c][lane]}, two vectors
 * side by side in a block, one in the last block of an odd number.
 *
 * @param sweep whose taps
 * @param kernelWidth taps in a row of the stored weights
 * @param base position of the group's first weight
 * @param outputStep floats from one output channel of the sweep to the next
 * @param inputStep floats from one input channel of the sweep to the next
 * @param depth input channels
 * @param outputs output channels
 * @param starts the output channel of every vector's first lane; the last may overlap the one
 *     before
 */
record Weights(
    Sweep sweep,
    int kernelWidth,
    int base,
    int outputStep,
    int inputStep,
    int depth,
    int outputs,
    int[] starts) {
  private static final int LANES = Width.LANES;

  /** Blocks of two vectors, the last perhaps of one. */
  int blocks() {
    return (starts.length + 1) / 2;
  }

  /** Positions of a reduction: taps and input channels. */
  int length() {
    return sweep.taps() * depth;
  }

  /** Floats of all packed weights. */
  int floats() {
    return starts.length * length() * LANES;
  }

  /** Where a block starts, from the start of the packed weights. */
  int block(int b) {
    return 2 * b * length() * LANES;
  }

  /** Vectors of a block: 2 or 1. */
  int vectors(int b) {
    return Math.min(2, starts.length - 2 * b);
  }

  /** Channels from the first vector of a block to the second. */
  int secondVector(int b) {
    return vectors(b) == 1 ? 0 : starts[2 * b + 1] - starts[2 * b];
  }

  /** Packs one block. Modified: packed, from {@code at + block(b)} on. */
  void pack(float[] w, float[] packed, int at, int b) {
    int vectors = vectors(b);
    int width = vectors * LANES;
    int[] rowTaps = sweep.rowTaps();
    int[] columnTaps = sweep.columnTaps();
    for (int lane = 0; lane < width; lane++) {
      int output = starts[2 * b + lane / LANES] + lane % LANES;
      int from = base + output * outputStep;
      int to = at + block(b) + lane;
      for (int row : rowTaps) {
        for (int column : columnTaps) {
          int tap = from + row * kernelWidth + column;
          if (output < outputs) {
            for (int c = 0; c < depth; c++, to += width) {
              packed[to] = w[tap + c * inputStep];
            }
          } else {
            for (int c = 0; c < depth; c++, to += width) {
              packed[to] = 0;
            }
          }
        }
      }
    }
  }
}
