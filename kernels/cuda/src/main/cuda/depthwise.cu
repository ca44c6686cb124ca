// Depthwise convolutions: too few summands a result to share what is fetched.
#include "conv.cuh"
#include "weights.cuh"

// Depthwise, with `outputs` results a channel; weights are [tap][O]. A thread an element.
KERNEL(depthwise, ConvArguments, 256) {
  int index = blockX() * 256 + threadX();
  if (index < a.pixels * a.out.c) {
    Element e = element(a.out, index);
    int c = e.c / a.outputs;
    int high = e.h * a.high.mul + a.high.off;
    int wide = e.w * a.wide.mul + a.wide.off;
    float sum = 0.f;
    for (int i = 0; i < a.high.kernel; i++) {
      int row = high + i * a.high.step;
      bool real = row >= 0 && row < a.in.h;
      for (int j = 0; real && j < a.wide.kernel; j++) {
        int column = wide + j * a.wide.step;
        if (column >= 0 && column < a.in.w) {
          float x = a.x[at(a.in, e.n, row, column, c)];
          sum = __builtin_fmaf(x, a.w[(i * a.wide.kernel + j) * a.out.c + e.c], sum);
        }
      }
    }
    float other = a.residual ? a.residual[at(a.with, e)] : 0.f;
    a.y[at(a.out, e)] = followed(a, affineOf(a, e.c, a.out.c), sum, other);
  }
}

// Its gradient with respect to the operand: x is dy, with `inner` channels to one of the result.
KERNEL(depthwiseGradient, ConvArguments, 256) {
  int index = blockX() * 256 + threadX();
  if (index < a.pixels * a.out.c) {
    Element e = element(a.out, index);
    Axis high = axisOf(a.high, e.h % a.high.phases, a.out.h);
    Axis wide = axisOf(a.wide, e.w % a.wide.phases, a.out.w);
    float sum = 0.f;
    for (int i = 0; i < high.taps; i++) {
      int row = e.h / high.phases + i * high.step + high.off;
      bool real = row >= 0 && row < a.in.h;
      for (int j = 0; real && j < wide.taps; j++) {
        int column = e.w / wide.phases + j * wide.step + wide.off;
        if (column >= 0 && column < a.in.w) {
          int tap = (high.first + i * high.every) * a.wide.kernel + wide.first + j * wide.every;
          for (int k = 0; k < a.inner; k++) {
            int o = e.c * a.inner + k;
            float dy = a.x[at(a.in, e.n, row, column, o)];
            sum = __builtin_fmaf(dy, a.w[tap * a.in.c + o], sum);
          }
        }
      }
    }
    a.y[at(a.out, e)] = sum;
  }
}

// Its gradient with respect to the weights: a block sums 32 channels of dy under one tap over a
// chunk of the pixels, 8 threads a channel. partial: [chunk][tap][O].
KERNEL(depthwiseWeights, WeightArguments, 256) {
  __shared__ float shared[8][32];
  int lane = threadX() % 32;
  int line = threadX() / 32;
  int o = blockX() * 32 + lane;
  int channels = a.gradient.c;
  int i = blockY() / a.wide.kernel * a.high.step + a.high.off;
  int j = blockY() % a.wide.kernel * a.wide.step + a.wide.off;
  int from = blockZ() * a.chunk;
  int end = from + a.chunk < a.pixels ? from + a.chunk : a.pixels;
  float sum = 0.f;
  if (o < channels) {
    int c = o / a.outputs;
    for (int pixel = from + line; pixel < end; pixel += 8) {
      int above = pixel / a.gradient.w;
      int w = pixel - above * a.gradient.w;
      int n = above / a.gradient.h;
      int h = above - n * a.gradient.h;
      int row = h * a.high.mul + i;
      int column = w * a.wide.mul + j;
      if (row >= 0 && row < a.in.h && column >= 0 && column < a.in.w) {
        sum = __builtin_fmaf(a.dy[at(a.gradient, n, h, w, o)], a.x[at(a.in, n, row, column, c)], sum);
      }
    }
  }
  shared[line][lane] = sum;
  __syncthreads();
  if (line == 0 && o < channels) {
    for (int k = 1; k < 8; k++) {
      sum += shared[k][lane];
    }
    int taps = a.high.kernel * a.wide.kernel;
    a.partial[(blockZ() * taps + blockY()) * channels + o] = sum;
  }
}
