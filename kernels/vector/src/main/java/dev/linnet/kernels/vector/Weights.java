package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;

/**
 * Packs the weights of a {@link Sweep} for the tile: {@code [vector][r][t][c][lane]}, two vectors
 * side by side in a block, one in the last block of an odd number. The positions (r, t, c) of a
 * block are cut into chunks that are summed at a time; before each chunk lies what its sums start
 * with, the shift of the {@link Fold} or zeros.
 *
 * @param sweep whose taps
 * @param kernelWidth taps in a row of the stored weights
 * @param base position of the group's first weight
 * @param outputStep floats from one output channel of the sweep to the next
 * @param inputStep floats from one input channel of the sweep to the next
 * @param depth input channels
 * @param outputs output channels
 * @param channel the group's first output channel
 * @param starts the output channel of every vector's first lane; the last may overlap the one
 *     before
 * @param chunk positions of a chunk; the last may be shorter
 * @param tapsWithin whether positions lie (r, c, t), as a {@link RowTile} wants them; then there is
 *     one chunk
 * @param fold scales and shifts the output channels
 */
record Weights(
    Sweep sweep,
    int kernelWidth,
    int base,
    int outputStep,
    int inputStep,
    int depth,
    int outputs,
    int channel,
    int[] starts,
    int chunk,
    boolean tapsWithin,
    Fold fold) {
  private static final int LANES = Width.LANES;

  /** Where the weights of a lane are that is no channel. */
  private static final int NONE = -1;

  /** Input channels that are packed at a time: a line of the cache. */
  private static final int LINE = 16;

  /** The same in chunks of {@code most} positions at most. */
  Weights cut(int most) {
    int count = Math.max(1, (length() + most - 1) / most);
    return with(Math.max(1, (length() + count - 1) / count), false);
  }

  /** The same for a {@link RowTile}. */
  Weights within() {
    return with(chunk, true);
  }

  private Weights with(int positions, boolean within) {
    return new Weights(
        sweep,
        kernelWidth,
        base,
        outputStep,
        inputStep,
        depth,
        outputs,
        channel,
        starts,
        positions,
        within,
        fold);
  }

  /** Blocks of two vectors, the last perhaps of one. */
  int blocks() {
    return (starts.length + 1) / 2;
  }

  /** Positions of a reduction: taps and input channels. */
  int length() {
    return sweep.taps() * depth;
  }

  /** Chunks of a reduction. */
  int chunks() {
    return Math.max(1, (length() + chunk - 1) / chunk);
  }

  /** Positions of chunk {@code i}. */
  int positions(int i) {
    return Math.min(chunk, length() - i * chunk);
  }

  /** Floats of all packed weights. */
  int floats() {
    return starts.length * (length() + chunks()) * LANES;
  }

  /** Where chunk {@code i} of a block starts, from the start of the packed weights. */
  int at(int b, int i) {
    return (2 * b * (length() + chunks()) + vectors(b) * i * (chunk + 1)) * LANES;
  }

  /** Vectors of a block: 2 or 1. */
  int vectors(int b) {
    return Math.min(2, starts.length - 2 * b);
  }

  /** Channels from the first vector of a block to the second. */
  int secondVector(int b) {
    return vectors(b) == 1 ? 0 : starts[2 * b + 1] - starts[2 * b];
  }

  /** The lanes of a vector that belong to the vector before it. */
  int overlap(int vector) {
    return vector * LANES - starts[vector];
  }

  /** Packs one block. Modified: packed, from {@code to + at(b, 0)} on. */
  void pack(Args args, float[] packed, int to, int b) {
    int width = vectors(b) * LANES;
    float[] w = args.in(1);
    start(args, packed, to, b);
    if (tapsWithin) {
      packWithin(args, packed, to + at(b, 0) + width, b);
      return;
    }
    int position = 0;
    for (int row : sweep.rowTaps()) {
      for (int column : sweep.columnTaps()) {
        int tap = base + row * kernelWidth + column;
        for (int c = 0; c < depth; ) {
          int i = position / chunk;
          int first = position - i * chunk;
          int count = Math.min(Math.min(depth - c, chunk - first), LINE);
          int line = to + at(b, i) + (1 + first) * width;
          for (int lane = 0; lane < width; lane++) {
            int output = starts[2 * b + lane / LANES] + lane % LANES;
            lane(
                w,
                output < outputs ? tap + output * outputStep + c * inputStep : NONE,
                packed,
                line + lane,
                count,
                width,
                output < outputs ? fold.scale(args, channel + output) : 0);
          }
          c += count;
          position += count;
        }
      }
    }
  }

  private void lane(
      float[] w, int from, float[] packed, int to, int count, int width, float scale) {
    if (from == NONE) {
      for (int i = 0; i < count; i++) {
        packed[to + i * width] = 0;
      }
    } else {
      for (int i = 0; i < count; i++) {
        packed[to + i * width] = w[from + i * inputStep] * scale;
      }
    }
  }

  private void packWithin(Args args, float[] packed, int to, int b) {
    int width = vectors(b) * LANES;
    int columns = sweep.columnTaps().length;
    for (int lane = 0; lane < width; lane++) {
      int output = starts[2 * b + lane / LANES] + lane % LANES;
      float scale = output < outputs ? fold.scale(args, channel + output) : 0;
      int at = to + lane;
      for (int row : sweep.rowTaps()) {
        for (int t = 0; t < columns; t++) {
          int tap = base + row * kernelWidth + sweep.columnTaps()[t];
          int from = output < outputs ? tap + output * outputStep : NONE;
          lane(args.in(1), from, packed, at + t * width, depth, columns * width, scale);
        }
        at += depth * columns * width;
      }
    }
  }

  /** What the sums of each chunk start with. */
  private void start(Args args, float[] packed, int to, int b) {
    int width = vectors(b) * LANES;
    for (int i = 0; i < chunks(); i++) {
      for (int lane = 0; lane < width; lane++) {
        int output = starts[2 * b + lane / LANES] + lane % LANES;
        packed[to + at(b, i) + lane] =
            i == 0 && output < outputs ? fold.shift(args, channel + output) : 0;
      }
    }
  }
}
