package dev.linnet.kernels.cuda;

import static dev.linnet.kernels.cuda.Stage.blocks;
import static dev.linnet.kernels.cuda.Stage.elements;

import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Window;

/**
 * Gradients of weights: sums over all pixels, split among blocks; the splits are then added in
 * their order.
 */
final class WeightGradients {
  private static final int SLICE = 16; // pixels that a block multiplies at once
  private static final int LEAST_CHUNK = 128; // pixels
  private static final int MOST_CHUNK = 4096; // sums of more lose digits
  private static final int BLOCKS = 4; // that every multiprocessor should have
  private static final int LANES = 32; // channels of a depthwise block

  private WeightGradients() {}

  static CudaKernel product(Gpu gpu, Window window, int groups, int inner, int outputs, OpKey key) {
    Strides dy = Strides.of(key.input(0));
    Strides x = Strides.of(key.input(1));
    int taps = window.taps();
    int columns = taps * inner;
    boolean quads = Convolutions.quads(key, outputs, inner);
    int size = outputs > 32 && columns > 32 ? 64 : 32;
    int tiles = blocks(outputs, size) * blocks(columns, size) * groups;
    int chunk = chunk(dy.pixels(), tiles, gpu.multiprocessors());
    int splits = blocks(dy.pixels(), chunk);
    Arguments arguments =
        new Arguments()
            .input(0)
            .input(1)
            .workspace()
            .map(dy)
            .map(x)
            .ints(dy.pixels(), chunk, inner, outputs, columns);
    Convolutions.taps(arguments, window)
        .ints(SLICE / dy.w() / dy.h(), SLICE / dy.w() % dy.h(), SLICE % dy.w(), groups);
    int floats = Math.multiplyExact(groups * outputs, columns);
    // from [split][group][output][tap][channel] to [group][output][channel][tap]
    Strides from = Strides.dense(1, groups * outputs, taps, inner);
    Strides to = new Strides(1, groups * outputs, taps, inner, 0, columns, 1, taps, 0);
    return CudaKernel.withWorkspace(
        Math.multiplyExact(splits, floats),
        new Stage(
            gpu,
            "weights_" + size + "x" + size + Tile.suffix(quads, gpu.precision()),
            blocks(outputs, size),
            blocks(columns, size),
            groups * splits,
            arguments),
        sum(gpu, from, to, splits, floats));
  }

  /** How many pixels a split has: whole slices, and enough splits to keep the device busy. */
  private static int chunk(int pixels, int tiles, int multiprocessors) {
    int splits = Math.max(1, BLOCKS * multiprocessors / tiles);
    int chunk = Math.min(Math.max(blocks(pixels, splits), LEAST_CHUNK), MOST_CHUNK);
    return blocks(chunk, SLICE) * SLICE;
  }

  private static Stage sum(Gpu gpu, Strides from, Strides to, int splits, int distance) {
    int count = from.count();
    return elements(
        gpu,
        "sumSplits",
        count,
        new Arguments().workspace().output().map(from).map(to).ints(count, splits, distance));
  }

  static CudaKernel depthwise(Gpu gpu, Window window, int channels, OpKey key) {
    Strides dy = Strides.of(key.input(0));
    Strides x = Strides.of(key.input(1));
    int taps = window.taps();
    int chunk = chunk(dy.pixels(), blocks(channels, LANES) * taps, gpu.multiprocessors());
    int splits = blocks(dy.pixels(), chunk);
    Arguments arguments =
        new Arguments()
            .input(0)
            .input(1)
            .workspace()
            .map(dy)
            .map(x)
            .ints(dy.pixels(), chunk, 1, channels / x.c(), taps);
    Convolutions.taps(arguments, window).ints(0, 0, 0, x.c());
    // from [split][tap][output] to [output][tap]
    Strides from = new Strides(1, 1, taps, channels, 0, 0, channels, 1, 0);
    Strides to = new Strides(1, 1, taps, channels, 0, 0, 1, taps, 0);
    return CudaKernel.withWorkspace(
        Math.multiplyExact(splits, taps * channels),
        new Stage(gpu, "depthwiseWeights", blocks(channels, LANES), taps, splits, arguments),
        sum(gpu, from, to, splits, taps * channels));
  }
}
