// Convolutions as implicit matrix products, and dense layers as convolutions of one pixel.
//
// Forward and backward-data are one kernel: the rows of the product are the pixels of the result,
// its columns the channels of the result, and what is summed are the taps and, within each, the
// channels of the operand. A backward convolution with a stride is one of these for each of its
// phases: the pixels that leave the same rest meet the same taps, and no others are looked at.
// Every element is summed in this order, whatever the tile: all variants give the same bits.
#include "conv.cuh"

// A block computes BM pixels x BN channels, a thread TM x TN of them in registers. While it
// multiplies one slice of BK summands, held in shared memory, it fetches the next one.
template <int BM, int BN, int BK, int TM, int TN, bool QUADS>
DEVICE void convolve(const ConvArguments& a) {
  constexpr int THREADS = (BM / TM) * (BN / TN);
  using Fetched = Patches<BM, BK, QUADS ? 4 : 1, THREADS>;
  constexpr int LINES = THREADS / (BN / 4);   // lines of weights fetched at once
  constexpr int FETCHES = (BK + LINES - 1) / LINES;
  __shared__ __attribute__((aligned(16))) float xs[2][BK][BM + 4];
  __shared__ __attribute__((aligned(16))) float ws[2][BK][BN];

  const int t = threadX();
  const Block b = blockOf(a);
  const int m0 = blockX() * BM;
  const int n0 = blockY() * BN;
  if (m0 >= b.pixels) {
    return;  // a phase has fewer pixels than the largest
  }
  Fetched patches;
  patches.start(a, b, m0);
  const int wn = n0 + t % (BN / 4) * 4;
  const int taps = a.high.kernel * a.wide.kernel;
  const float* w = a.w + static_cast<long long>(b.group * taps + b.tap) * a.inner * a.columns + wn;

  Quad ww[FETCHES];
  auto fetch = [&](int slice) __attribute__((always_inline)) {
    patches.fetch(a, b);
#pragma unroll
    for (int f = 0; f < FETCHES; f++) {
      int line = t / (BN / 4) + f * LINES;
      int at = b.first + slice * BK + line;
      bool real = line < BK && at < b.end && wn < a.columns;
      ww[f] = real ? quad(w + static_cast<long long>(at) * a.columns) : Quad{0.f, 0.f, 0.f, 0.f};
    }
  };
  auto store = [&](int half) __attribute__((always_inline)) {
#pragma unroll
    for (int pass = 0; pass < Fetched::PASSES; pass++) {
      int m = t / Fetched::SLOTS + pass * Fetched::ROWS;
      if (BM % Fetched::ROWS == 0 || m < BM) {
#pragma unroll
        for (int e = 0; e < BK / Fetched::SLOTS; e++) {
          xs[half][t % Fetched::SLOTS * (BK / Fetched::SLOTS) + e][m] = patches.x[pass][e];
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
  const int slices = (b.end - b.first + BK - 1) / BK;
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
      int m = m0 + r / 4 * 4 * (BM / TM) + item / BN * 4 + r % 4;
      finish(a, b, m, n0 + item % BN, strip[item]);
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
KERNELS(conv_128x32_single, ConvArguments, 256, 2) { convolve<128, 32, 16, 4, 4, false>(a); }
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

struct PackArguments {
  const float* w;
  float* y;
  Map in, out;  // [group][tap][channel][output]
  int count;
  Taps high, wide;
};

// Weights as the products want them: as `out` says, with taps sorted by the phase that meets them.
KERNEL(packWeights, PackArguments, 256) {
  int index = blockX() * 256 + threadX();
  if (index < a.count) {
    Element e = element(a.in, index);
    float w = a.w[at(a.in, e)];
    int i = e.h / a.wide.kernel;
    int j = e.h % a.wide.kernel;
    int high = i % a.high.every;
    int wide = j % a.wide.every;
    e.h = tapsBefore(a.high, high) * a.wide.kernel + tapsFrom(a.high, high) * tapsBefore(a.wide, wide) +
          i / a.high.every * tapsFrom(a.wide, wide) + j / a.wide.every;
    a.y[at(a.out, e)] = w;
  }
}
