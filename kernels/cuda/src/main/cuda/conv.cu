// Convolutions as implicit matrix products, and dense layers as convolutions of one pixel.
//
// Forward and backward-data are one kernel: the rows of the product are the pixels of the result,
// its columns the channels of the result, and what is summed are the taps and, within each, the
// channels of the operand. A tap of a result pixel (p, q) is at row p * mul + i * step + off,
// divided by div where that leaves no rest: mul is the stride of a forward convolution, div that of
// a backward one. Every element is summed in this order, whatever the tile: all variants give the
// same bits.
#include "linnet.cuh"

// How taps of a result pixel lie in the operand, along one axis.
struct Taps {
  int kernel, mul, step, off, div;
};

struct ConvArguments {
  const float* x;
  const float* w;  // [group][tap][channel][columns], columns rounded up to a multiple of 4
  float* y;
  const float* shift;     // a bias [O], moments [2][O], or null
  const float* affine;    // [2][O] where shift has moments, else null
  const float* residual;  // or null
  Map in, out, with;
  int pixels;   // of the result, of all images
  int inner;    // operand channels of a group
  int outputs;  // result channels of a group
  int columns;
  Taps high, wide;
  int function;
  float epsilon;
  int splits;    // of the summands, each a block's; with more than one, y is [split][pixel][O]
  int summands;  // of a split
};

DEVICE int tapAt(const Taps& t, int start, int tap, int extent) {
  int place = start + tap * t.step;
  if (t.div > 1) {
    if (place < 0 || place % t.div != 0) {
      return -1;
    }
    place /= t.div;
  }
  return place < extent ? place : -1;  // below 0: padding
}

// What follows a convolution: the affine function of channel o, and how it is got.
struct Affine {
  float mean, scale, beta;
};

DEVICE Affine affineOf(const ConvArguments& a, int o, int channels) {
  Affine f = {0.f, 1.f, 0.f};
  if (a.affine) {
    f.mean = a.shift[o];
    f.scale = a.affine[o] * (1.f / root(a.shift[channels + o] + a.epsilon));
    f.beta = a.affine[channels + o];
  } else if (a.shift) {
    f.beta = a.shift[o];
  }
  return f;
}

DEVICE float followed(const ConvArguments& a, const Affine& f, float value, float residual) {
  value = a.affine ? (value - f.mean) * f.scale + f.beta : value + f.beta;
  return apply(a.function, value + residual);
}

// One pixel of the result as the loader of a tile wants it.
struct Row {
  int base, high, wide;
};

// A block computes BM pixels x BN channels, a thread TM x TN of them in registers. While it
// multiplies one slice of BK summands, held in shared memory, it fetches the next one.
template <int BM, int BN, int BK, int TM, int TN, bool QUADS>
DEVICE void convolve(const ConvArguments& a) {
  constexpr int THREADS = (BM / TM) * (BN / TN);
  constexpr int WIDTH = QUADS ? 4 : 1;        // channels that a thread fetches together
  constexpr int SLOTS = BK / WIDTH;           // threads that fetch one pixel
  constexpr int ROWS = THREADS / SLOTS;       // pixels fetched at once
  constexpr int PASSES = (BM + ROWS - 1) / ROWS;
  constexpr int LINES = THREADS / (BN / 4);   // lines of weights fetched at once
  constexpr int FETCHES = (BK + LINES - 1) / LINES;
  __shared__ __attribute__((aligned(16))) float xs[2][BK][BM + 4];
  __shared__ __attribute__((aligned(16))) float ws[2][BK][BN];

  const int t = threadX();
  const int group = blockZ() / a.splits;
  const int split = blockZ() % a.splits;
  const int m0 = blockX() * BM;
  const int n0 = blockY() * BN;
  const int all = a.high.kernel * a.wide.kernel * a.inner;
  const int first = split * a.summands;
  const int summands = first + a.summands < all ? first + a.summands : all;  // the split's end

  Row rows[PASSES];
#pragma unroll
  for (int pass = 0; pass < PASSES; pass++) {
    int m = m0 + t / SLOTS + pass * ROWS;
    int line = m / a.out.w;
    int n = line / a.out.h;
    rows[pass].base = a.in.origin + n * a.in.image + group * a.inner;
    rows[pass].high = (line - n * a.out.h) * a.high.mul + a.high.off;
    rows[pass].wide = (m - line * a.out.w) * a.wide.mul + a.wide.off;
    if (m >= a.pixels || t / SLOTS + pass * ROWS >= BM) {
      rows[pass].high = -(1 << 28);  // padding, whatever the tap
    }
  }
  int k = first + t % SLOTS * WIDTH;  // the summand that is fetched next: tap (i, j), channel c
  int i = k / a.inner / a.wide.kernel;
  int j = k / a.inner % a.wide.kernel;
  int c = k % a.inner;
  const int wn = n0 + t % (BN / 4) * 4;
  const float* w = a.w + static_cast<long long>(group) * all * a.columns + wn;

  float x[PASSES][WIDTH];
  Quad ww[FETCHES];
  auto fetch = [&](int slice) __attribute__((always_inline)) {
    while (c >= a.inner) {
      c -= a.inner;
      if (++j == a.wide.kernel) {
        j = 0;
        i++;
      }
    }
    bool some = k < summands;
#pragma unroll
    for (int pass = 0; pass < PASSES; pass++) {
      int row = tapAt(a.high, rows[pass].high, i, a.in.h);
      int column = tapAt(a.wide, rows[pass].wide, j, a.in.w);
      bool real = some && row >= 0 && column >= 0;
      const float* from = a.x + rows[pass].base + row * a.in.row + column * a.in.pixel + c;
      if constexpr (QUADS) {
        Quad q = real ? quad(from) : Quad{0.f, 0.f, 0.f, 0.f};
#pragma unroll
        for (int e = 0; e < 4; e++) {
          x[pass][e] = q[e];
        }
      } else {
        x[pass][0] = real ? *from : 0.f;
      }
    }
    k += BK;
    c += BK;
#pragma unroll
    for (int f = 0; f < FETCHES; f++) {
      int line = t / (BN / 4) + f * LINES;
      int at = first + slice * BK + line;
      bool real = line < BK && at < summands && wn < a.columns;
      ww[f] = real ? quad(w + static_cast<long long>(at) * a.columns) : Quad{0.f, 0.f, 0.f, 0.f};
    }
  };
  auto store = [&](int half) __attribute__((always_inline)) {
#pragma unroll
    for (int pass = 0; pass < PASSES; pass++) {
      int m = t / SLOTS + pass * ROWS;
      if (BM % ROWS == 0 || m < BM) {
#pragma unroll
        for (int e = 0; e < WIDTH; e++) {
          xs[half][t % SLOTS * WIDTH + e][m] = x[pass][e];
        }
      }
    }
#pragma unroll
    for (int f = 0; f < FETCHES; f++) {
      int line = t / (BN / 4) + f * LINES;
      if (BK % LINES == 0 || line < BK) {
        *reinterpret_cast<Quad*>(&ws[half][line][t % (BN / 4) * 4]) = ww[f];
      }
    }
  };

  const int tx = t % (BN / TN);
  const int ty = t / (BN / TN);
  float sums[TM][TN];
#pragma unroll
  for (int r = 0; r < TM; r++) {
#pragma unroll
    for (int s = 0; s < TN; s++) {
      sums[r][s] = 0.f;
    }
  }
  const int slices = (summands - first + BK - 1) / BK;
  fetch(0);
  store(0);
  __syncthreads();
  for (int slice = 0; slice < slices; slice++) {
    int half = slice % 2;
    if (slice + 1 < slices) {
      fetch(slice + 1);
    }
#pragma unroll
    for (int kk = 0; kk < BK; kk++) {
      float p[TM];
      float q[TN];
#pragma unroll
      for (int r = 0; r < TM; r += 4) {
        Quad v = quad(&xs[half][kk][r * (BM / TM) + ty * 4]);
#pragma unroll
        for (int e = 0; e < 4; e++) {
          p[r + e] = v[e];
        }
      }
#pragma unroll
      for (int s = 0; s < TN; s += 4) {
        Quad v = quad(&ws[half][kk][s * (BN / TN) + tx * 4]);
#pragma unroll
        for (int e = 0; e < 4; e++) {
          q[s + e] = v[e];
        }
      }
#pragma unroll
      for (int r = 0; r < TM; r++) {
#pragma unroll
        for (int s = 0; s < TN; s++) {
          sums[r][s] = __builtin_fmaf(p[r], q[s], sums[r][s]);
        }
      }
    }
    if (slice + 1 < slices) {
      store(1 - half);
    }
    __syncthreads();
  }

  // A round stores one of a thread's TM pixels: through shared memory, so that neighbouring threads
  // store neighbouring channels, and the code of what follows is not repeated for every sum.
  static_assert((BM / TM) * BN <= 2 * BK * (BM + 4), "a round fits into xs");
  float* strip = &xs[0][0][0];
#pragma unroll 1
  for (int r = 0; r < TM; r++) {
#pragma unroll
    for (int same = 0; same < TM; same++) {
      if (same == r) {
#pragma unroll
        for (int s = 0; s < TN; s++) {
          strip[ty * BN + s / 4 * 4 * (BN / TN) + tx * 4 + s % 4] = sums[same][s];
        }
      }
    }
    __syncthreads();
#pragma unroll 1
    for (int item = t; item < (BM / TM) * BN; item += THREADS) {
      int column = n0 + item % BN;
      int m = m0 + r / 4 * 4 * (BM / TM) + item / BN * 4 + r % 4;
      if (column < a.outputs && m < a.pixels) {
        int o = group * a.outputs + column;
        if (a.splits > 1) {
          a.y[(static_cast<long long>(split) * a.pixels + m) * a.out.c + o] = strip[item];
          continue;
        }
        int line = m / a.out.w;
        int n = line / a.out.h;
        int h = line - n * a.out.h;
        int v = m - line * a.out.w;
        float other = a.residual ? a.residual[at(a.with, n, h, v, o)] : 0.f;
        a.y[at(a.out, n, h, v, o)] = followed(a, affineOf(a, o, a.out.c), strip[item], other);
      }
    }
    __syncthreads();
  }
}

// Named by tile: pixels x channels; "single" fetches one channel at a time.
KERNEL(conv_128x128, ConvArguments, 256) { convolve<128, 128, 8, 8, 8, true>(a); }
KERNEL(conv_128x64, ConvArguments, 128) { convolve<128, 64, 8, 8, 8, true>(a); }
KERNEL(conv_64x64, ConvArguments, 256) { convolve<64, 64, 16, 4, 4, true>(a); }
KERNEL(conv_128x32, ConvArguments, 256) { convolve<128, 32, 16, 4, 4, true>(a); }
KERNEL(conv_32x32, ConvArguments, 64) { convolve<32, 32, 16, 4, 4, true>(a); }
KERNEL(conv_64x64_single, ConvArguments, 256) { convolve<64, 64, 16, 4, 4, false>(a); }
KERNEL(conv_128x32_single, ConvArguments, 256) { convolve<128, 32, 16, 4, 4, false>(a); }
KERNEL(conv_32x32_single, ConvArguments, 64) { convolve<32, 32, 16, 4, 4, false>(a); }

// What follows a convolution whose summands were split: x is [split][pixel][O].
KERNEL(finishConv, ConvArguments, 256) {
  int index = blockX() * 256 + threadX();
  int count = a.pixels * a.out.c;
  if (index < count) {
    float sum = 0.f;
    for (int split = 0; split < a.splits; split++) {
      sum += a.x[static_cast<long long>(split) * count + index];
    }
    Element e = element(a.out, index);
    float other = a.residual ? a.residual[at(a.with, e)] : 0.f;
    a.y[at(a.out, e)] = followed(a, affineOf(a, e.c, a.out.c), sum, other);
  }
}

struct WeightArguments {
  const float* dy;
  const float* x;
  float* partial;  // [split][group][outputs][columns]
  Map gradient, in;
  int pixels, chunk;  // of the gradient: of all images, of a split
  int inner, outputs;
  int columns;  // taps x inner
  Taps high, wide;
  int stepN, stepH, stepW;  // BK pixels further
  int groups;
};

// The gradient of the weights: rows are the channels of dy, columns the taps and channels of x, and
// what is summed are the pixels of a split, in their order.
template <int B, int BK, int T, bool QUADS>
DEVICE void weightGradient(const WeightArguments& a) {
  constexpr int THREADS = (B / T) * (B / T);
  constexpr int WIDTH = QUADS ? 4 : 1;
  constexpr int SLOTS = B / WIDTH;        // threads that fetch one pixel
  constexpr int LINES = THREADS / SLOTS;  // pixels fetched at once
  constexpr int PASSES = BK / LINES;
  __shared__ __attribute__((aligned(16))) float gs[2][BK][B];
  __shared__ __attribute__((aligned(16))) float xs[2][BK][B];

  const int t = threadX();
  const int group = blockZ() % a.groups;
  const int split = blockZ() / a.groups;
  const int m = blockX() * B + t % SLOTS * WIDTH;  // the channel of dy that this thread fetches
  const int column = blockY() * B + t % SLOTS * WIDTH;
  const bool rows = m < a.outputs;
  const bool columns = column < a.columns;
  const int tap = column / a.inner;
  const int i = tap / a.wide.kernel * a.high.step + a.high.off;
  const int j = tap % a.wide.kernel * a.wide.step + a.wide.off;
  const int o = group * a.outputs + m;
  const int c = group * a.inner + column % a.inner;
  const int first = split * a.chunk;
  const int end = first + a.chunk < a.pixels ? first + a.chunk : a.pixels;

  int pixel[PASSES];
  int n[PASSES];
  int h[PASSES];
  int w[PASSES];
#pragma unroll
  for (int pass = 0; pass < PASSES; pass++) {
    pixel[pass] = first + t / SLOTS + pass * LINES;
    int line = pixel[pass] / a.gradient.w;
    w[pass] = pixel[pass] - line * a.gradient.w;
    n[pass] = line / a.gradient.h;
    h[pass] = line - n[pass] * a.gradient.h;
  }
  float g[PASSES][WIDTH];
  float x[PASSES][WIDTH];
  auto fetch = [&]() __attribute__((always_inline)) {
#pragma unroll
    for (int pass = 0; pass < PASSES; pass++) {
      bool some = pixel[pass] < end;
      int row = h[pass] * a.high.mul + i;
      int at_ = w[pass] * a.wide.mul + j;
      bool real = some && columns && row >= 0 && row < a.in.h && at_ >= 0 && at_ < a.in.w;
      const float* fromG = a.dy + at(a.gradient, n[pass], h[pass], w[pass], o);
      const float* fromX = a.x + at(a.in, n[pass], row, at_, c);
      if constexpr (QUADS) {
        Quad p = some && rows ? quad(fromG) : Quad{0.f, 0.f, 0.f, 0.f};
        Quad q = real ? quad(fromX) : Quad{0.f, 0.f, 0.f, 0.f};
#pragma unroll
        for (int e = 0; e < 4; e++) {
          g[pass][e] = p[e];
          x[pass][e] = q[e];
        }
      } else {
        g[pass][0] = some && rows ? *fromG : 0.f;
        x[pass][0] = real ? *fromX : 0.f;
      }
      pixel[pass] += BK;
      w[pass] += a.stepW;
      h[pass] += a.stepH;
      n[pass] += a.stepN;
      if (w[pass] >= a.gradient.w) {
        w[pass] -= a.gradient.w;
        h[pass]++;
      }
      if (h[pass] >= a.gradient.h) {
        h[pass] -= a.gradient.h;
        n[pass]++;
      }
    }
  };
  auto store = [&](int half) __attribute__((always_inline)) {
#pragma unroll
    for (int pass = 0; pass < PASSES; pass++) {
#pragma unroll
      for (int e = 0; e < WIDTH; e++) {
        gs[half][t / SLOTS + pass * LINES][t % SLOTS * WIDTH + e] = g[pass][e];
        xs[half][t / SLOTS + pass * LINES][t % SLOTS * WIDTH + e] = x[pass][e];
      }
    }
  };

  const int tx = t % (B / T);
  const int ty = t / (B / T);
  float sums[T][T];
#pragma unroll
  for (int r = 0; r < T; r++) {
#pragma unroll
    for (int s = 0; s < T; s++) {
      sums[r][s] = 0.f;
    }
  }
  const int slices = (end - first + BK - 1) / BK;
  fetch();
  store(0);
  __syncthreads();
  for (int slice = 0; slice < slices; slice++) {
    int half = slice % 2;
    if (slice + 1 < slices) {
      fetch();
    }
#pragma unroll
    for (int kk = 0; kk < BK; kk++) {
      Quad p = quad(&gs[half][kk][ty * 4]);
      Quad q = quad(&xs[half][kk][tx * 4]);
#pragma unroll
      for (int r = 0; r < T; r++) {
#pragma unroll
        for (int s = 0; s < T; s++) {
          sums[r][s] = __builtin_fmaf(p[r], q[s], sums[r][s]);
        }
      }
    }
    if (slice + 1 < slices) {
      store(1 - half);
    }
    __syncthreads();
  }

  float* to = a.partial + static_cast<long long>(blockZ()) * a.outputs * a.columns;
#pragma unroll
  for (int r = 0; r < T; r++) {
    int row = blockX() * B + ty * 4 + r;
#pragma unroll
    for (int s = 0; s < T; s++) {
      int at_ = blockY() * B + tx * 4 + s;
      if (row < a.outputs && at_ < a.columns) {
        to[row * a.columns + at_] = sums[r][s];
      }
    }
  }
}

KERNEL(weights_64x64, WeightArguments, 256) { weightGradient<64, 16, 4, true>(a); }
KERNEL(weights_32x32, WeightArguments, 64) { weightGradient<32, 16, 4, true>(a); }
KERNEL(weights_64x64_single, WeightArguments, 256) { weightGradient<64, 16, 4, false>(a); }
KERNEL(weights_32x32_single, WeightArguments, 64) { weightGradient<32, 16, 4, false>(a); }

struct SplitArguments {
  const float* partial;
  float* y;
  Map in, out;
  int count;     // of elements
  int splits;
  int distance;  // floats from one split to the next
};

// The sum of all splits, in their order.
KERNEL(sumSplits, SplitArguments, 256) {
  int i = blockX() * 256 + threadX();
  if (i < a.count) {
    Element e = element(a.in, i);
    const float* from = a.partial + at(a.in, e);
    double sum = 0;
    for (int split = 0; split < a.splits; split++) {
      sum += from[static_cast<long long>(split) * a.distance];
    }
    a.y[at(a.out, e)] = static_cast<float>(sum);
  }
}

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
      int row = tapAt(a.high, high, i, a.in.h);
      for (int j = 0; row >= 0 && j < a.wide.kernel; j++) {
        int column = tapAt(a.wide, wide, j, a.in.w);
        if (column >= 0) {
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
    int high = e.h * a.high.mul + a.high.off;
    int wide = e.w * a.wide.mul + a.wide.off;
    float sum = 0.f;
    for (int i = 0; i < a.high.kernel; i++) {
      int row = tapAt(a.high, high, i, a.in.h);
      for (int j = 0; row >= 0 && j < a.wide.kernel; j++) {
        int column = tapAt(a.wide, wide, j, a.in.w);
        for (int k = 0; column >= 0 && k < a.inner; k++) {
          int o = e.c * a.inner + k;
          float dy = a.x[at(a.in, e.n, row, column, o)];
          sum = __builtin_fmaf(dy, a.w[(i * a.wide.kernel + j) * a.in.c + o], sum);
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
