// Gradients of weights as matrix products: what is summed are the pixels of all images, split among
// blocks.
#include "weights.cuh"

// The gradient of the weights: rows are the channels of dy, columns the taps and channels of x, and
// what is summed are the pixels of a split, in their order.
template <int B, int BK, int T, bool QUADS>
DEVICE void weightGradient(const WeightArguments& a) {
  constexpr int THREADS = (B / T) * (B / T);
  constexpr int WIDTH = QUADS ? 4 : 1;
  using Fetched = Pixels<B, BK, WIDTH, THREADS>;
  __shared__ __attribute__((aligned(16))) float gs[2][BK][B];
  __shared__ __attribute__((aligned(16))) float xs[2][BK][B];

  const int t = threadX();
  const int group = blockZ() % a.groups;
  const int split = blockZ() / a.groups;
  const int first = split * a.chunk;
  const int end = first + a.chunk < a.pixels ? first + a.chunk : a.pixels;

  Fetched fetched;
  fetched.start(a, group, first, end);
  auto store = [&](int half) __attribute__((always_inline)) {
#pragma unroll
    for (int pass = 0; pass < Fetched::PASSES; pass++) {
#pragma unroll
      for (int e = 0; e < WIDTH; e++) {
        int line = t / Fetched::SLOTS + pass * Fetched::LINES;
        gs[half][line][t % Fetched::SLOTS * WIDTH + e] = fetched.g[pass][e];
        xs[half][line][t % Fetched::SLOTS * WIDTH + e] = fetched.x[pass][e];
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
  fetched.fetch(a);
  store(0);
  __syncthreads();
  for (int slice = 0; slice < slices; slice++) {
    int half = slice % 2;
    if (slice + 1 < slices) {
      fetched.fetch(a);
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
