// Convolutions and gradients of weights on tensor cores: the products of conv.cu and weights.cu with
// operands rounded to tf32 and sums in fp32, for compute capability 8.0 and newer.
//
// A warp multiplies 16 x 8 results over 8 summands with one instruction, to which each lane gives 4 and 2
// operands: with g = lane / 4 and q = lane % 4 rows g and g + 8 of the left at summands q and q + 4, and
// column g of the right at the same summands. Of the results it has rows g and g + 8, columns 2 q and
// 2 q + 1.
#include "conv.cuh"
#include "weights.cuh"

// The warps' share of a block's BM x BN results: each has WM x WN.
template <int BM, int BN, int WM, int WN>
struct Warps {
  static constexpr int THREADS = (BM / WM) * (BN / WN) * 32;
  static constexpr int FM = WM / 16;  // fragments of a warp
  static constexpr int FN = WN / 8;
  int row, column, g, q;  // where the warp starts, and the lane
  float sums[FM][FN][4];

  DEVICE void start() {
    const int warp = threadX() / 32;
    row = warp / (BN / WN) * WM;
    column = warp % (BN / WN) * WN;
    g = threadX() % 32 / 4;
    q = threadX() % 4;
#pragma unroll
    for (int f = 0; f < FM; f++) {
#pragma unroll
      for (int s = 0; s < FN; s++) {
#pragma unroll
        for (int e = 0; e < 4; e++) {
          sums[f][s][e] = 0.f;
        }
      }
    }
  }

  DEVICE void multiply(const float (&left)[FM][4], const float (&right)[FN][2]) {
#pragma unroll
    for (int f = 0; f < FM; f++) {
#pragma unroll
      for (int s = 0; s < FN; s++) {
        multiplyFragments(sums[f][s], left[f], right[s]);
      }
    }
  }
};

// As `convolve` of conv.cu, with packed weights [group][output][tap][channel]. Both operands lie in
// shared memory with the 16 summands of a row in a row, so a quad has a lane's operands of two
// instructions: summand q of the first stands for 4 q, q + 4 for 4 q + 1, and the second has 4 q + 2
// and 4 q + 3. Eight lanes read 128 bytes in a row, and write them so: no bank is asked twice.
template <int BM, int BN, int WM, int WN, bool QUADS>
DEVICE void convolveTensor(const ConvArguments& a) {
  using Shares = Warps<BM, BN, WM, WN>;
  constexpr int BK = 16;
  constexpr int WIDTH = QUADS ? 4 : 1;
  constexpr int THREADS = Shares::THREADS;
  using Fetched = Patches<BM, BK, WIDTH, THREADS>;
  constexpr int SLOTS = Fetched::SLOTS;
  constexpr int ROWS = Fetched::ROWS;
  constexpr int FETCHES = BN / ROWS;  // rows of weights that a thread fetches from
  static_assert(BM % ROWS == 0 && BN % ROWS == 0, "every thread fetches in every pass");
  __shared__ __attribute__((aligned(16))) float tile[2][BM + BN][BK];

  const int t = threadX();
  const Block b = blockOf(a);
  const int m0 = blockX() * BM;
  const int n0 = blockY() * BN;
  if (m0 >= b.pixels) {
    return;
  }
  Fetched patches;
  patches.start(a, b, m0);
  const int line = a.high.kernel * a.wide.kernel * a.inner;  // of packed weights
  const int slot = t % SLOTS * WIDTH;
  const float* w = a.w + static_cast<long long>(b.group * a.outputs + n0 + t / SLOTS) * line +
                   b.tap * a.inner + slot;
  float ww[FETCHES][WIDTH];
  auto fetch = [&](int slice) __attribute__((always_inline)) {
    patches.fetch(a, b);
    const int k = b.first + slice * BK;
#pragma unroll
    for (int f = 0; f < FETCHES; f++) {
      bool real = k + slot < b.end && n0 + t / SLOTS + f * ROWS < a.outputs;
      const float* from = w + static_cast<long long>(f * ROWS) * line + k;
      if constexpr (QUADS) {
        Quad v = real ? quad(from) : Quad{0.f, 0.f, 0.f, 0.f};
#pragma unroll
        for (int e = 0; e < 4; e++) {
          ww[f][e] = v[e];
        }
      } else {
        ww[f][0] = real ? *from : 0.f;
      }
    }
  };
  auto put = [&](float* to, const float (&from)[WIDTH]) __attribute__((always_inline)) {
    if constexpr (QUADS) {
      *reinterpret_cast<Quad*>(to) = Quad{tf32(from[0]), tf32(from[1]), tf32(from[2]), tf32(from[3])};
    } else {
      *to = tf32(from[0]);
    }
  };
  auto store = [&](int half) __attribute__((always_inline)) {
#pragma unroll
    for (int pass = 0; pass < Fetched::PASSES; pass++) {
      put(&tile[half][t / SLOTS + pass * ROWS][slot], patches.x[pass]);
    }
#pragma unroll
    for (int f = 0; f < FETCHES; f++) {
      put(&tile[half][BM + t / SLOTS + f * ROWS][slot], ww[f]);
    }
  };

  Shares warps;
  warps.start();
  const int slices = (b.end - b.first + BK - 1) / BK;
  fetch(0);
  store(0);
  __syncthreads();
  for (int slice = 0; slice < slices; slice++) {
    int half = slice % 2;
    if (slice + 1 < slices) {
      fetch(slice + 1);
    }
    Quad p[Shares::FM][2];
    Quad v[Shares::FN];
#pragma unroll
    for (int f = 0; f < Shares::FM; f++) {
      p[f][0] = quad(&tile[half][warps.row + f * 16 + warps.g][warps.q * 4]);
      p[f][1] = quad(&tile[half][warps.row + f * 16 + 8 + warps.g][warps.q * 4]);
    }
#pragma unroll
    for (int s = 0; s < Shares::FN; s++) {
      v[s] = quad(&tile[half][BM + warps.column + s * 8 + warps.g][warps.q * 4]);
    }
#pragma unroll
    for (int e = 0; e < 4; e += 2) {
      float left[Shares::FM][4];
      float right[Shares::FN][2];
#pragma unroll
      for (int f = 0; f < Shares::FM; f++) {
        left[f][0] = p[f][0][e];
        left[f][1] = p[f][1][e];
        left[f][2] = p[f][0][e + 1];
        left[f][3] = p[f][1][e + 1];
      }
#pragma unroll
      for (int s = 0; s < Shares::FN; s++) {
        right[s][0] = v[s][e];
        right[s][1] = v[s][e + 1];
      }
      warps.multiply(left, right);
    }
    if (slice + 1 < slices) {
      store(1 - half);
    }
    __syncthreads();
  }

  // A round stores one of a warp's fragments in height, as in conv.cu.
  constexpr int HIGH = BM / WM * 16;
  constexpr int PITCH = BN + 8;  // eight rows of a fragment lie in other banks
  static_assert(HIGH * PITCH <= 2 * (BM + BN) * BK, "a round fits into the tiles");
  float* strip = &tile[0][0][0];
#pragma unroll 1
  for (int r = 0; r < Shares::FM; r++) {
#pragma unroll
    for (int same = 0; same < Shares::FM; same++) {
      if (same == r) {
#pragma unroll
        for (int s = 0; s < Shares::FN; s++) {
#pragma unroll
          for (int e = 0; e < 4; e++) {
            int row = warps.row / WM * 16 + warps.g + e / 2 * 8;
            strip[row * PITCH + warps.column + s * 8 + warps.q * 2 + e % 2] = warps.sums[same][s][e];
          }
        }
      }
    }
    __syncthreads();
#pragma unroll 1
    for (int item = t; item < HIGH * BN; item += THREADS) {
      int row = item / BN;
      int m = m0 + row / 16 * WM + r * 16 + row % 16;
      finish(a, b, m, n0 + item % BN, strip[row * PITCH + item % BN]);
    }
    __syncthreads();
  }
}

KERNEL(conv_128x128_tf32, ConvArguments, 256) { convolveTensor<128, 128, 64, 32, true>(a); }
KERNEL(conv_128x64_tf32, ConvArguments, 128) { convolveTensor<128, 64, 64, 32, true>(a); }
KERNELS(conv_64x64_tf32, ConvArguments, 128, 4) { convolveTensor<64, 64, 32, 32, true>(a); }
KERNEL(conv_128x32_tf32, ConvArguments, 128) { convolveTensor<128, 32, 32, 32, true>(a); }
KERNEL(conv_32x32_tf32, ConvArguments, 64) { convolveTensor<32, 32, 16, 32, true>(a); }
KERNEL(conv_64x64_single_tf32, ConvArguments, 128) { convolveTensor<64, 64, 32, 32, false>(a); }
KERNEL(conv_128x32_single_tf32, ConvArguments, 128) { convolveTensor<128, 32, 32, 32, false>(a); }
KERNEL(conv_32x32_single_tf32, ConvArguments, 64) { convolveTensor<32, 32, 16, 32, false>(a); }

// As `weightGradient` of weights.cu. A lane reads one operand at a time; rows of B + 8 floats keep the
// four summands of an instruction in other banks.
template <int B, int WM, int WN, bool QUADS>
DEVICE void weightGradientTensor(const WeightArguments& a) {
  using Shares = Warps<B, B, WM, WN>;
  constexpr int BK = 16;
  constexpr int WIDTH = QUADS ? 4 : 1;
  using Fetched = Pixels<B, BK, WIDTH, Shares::THREADS>;
  __shared__ __attribute__((aligned(16))) float gs[2][BK][B + 8];
  __shared__ __attribute__((aligned(16))) float xs[2][BK][B + 8];

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
      int line = t / Fetched::SLOTS + pass * Fetched::LINES;
#pragma unroll
      for (int e = 0; e < WIDTH; e++) {
        gs[half][line][t % Fetched::SLOTS * WIDTH + e] = tf32(fetched.g[pass][e]);
        xs[half][line][t % Fetched::SLOTS * WIDTH + e] = tf32(fetched.x[pass][e]);
      }
    }
  };

  Shares warps;
  warps.start();
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
    for (int k = 0; k < BK; k += 8) {
      float left[Shares::FM][4];
      float right[Shares::FN][2];
#pragma unroll
      for (int f = 0; f < Shares::FM; f++) {
#pragma unroll
        for (int e = 0; e < 4; e++) {
          left[f][e] = gs[half][k + warps.q + e / 2 * 4][warps.row + f * 16 + warps.g + e % 2 * 8];
        }
      }
#pragma unroll
      for (int s = 0; s < Shares::FN; s++) {
#pragma unroll
        for (int e = 0; e < 2; e++) {
          right[s][e] = xs[half][k + warps.q + e * 4][warps.column + s * 8 + warps.g];
        }
      }
      warps.multiply(left, right);
    }
    if (slice + 1 < slices) {
      store(1 - half);
    }
    __syncthreads();
  }

  float* to = a.partial + static_cast<long long>(blockZ()) * a.outputs * a.columns;
#pragma unroll
  for (int f = 0; f < Shares::FM; f++) {
#pragma unroll
    for (int s = 0; s < Shares::FN; s++) {
#pragma unroll
      for (int e = 0; e < 4; e++) {
        int row = blockX() * B + warps.row + f * 16 + warps.g + e / 2 * 8;
        int column = blockY() * B + warps.column + s * 8 + warps.q * 2 + e % 2;
        if (row < a.outputs && column < a.columns) {
          to[row * a.columns + column] = warps.sums[f][s][e];
        }
      }
    }
  }
}

KERNELS(weights_64x64_tf32, WeightArguments, 128, 4) { weightGradientTensor<64, 32, 32, true>(a); }
KERNEL(weights_32x32_tf32, WeightArguments, 64) { weightGradientTensor<32, 16, 32, true>(a); }
KERNEL(weights_64x64_single_tf32, WeightArguments, 128) { weightGradientTensor<64, 32, 32, false>(a); }
KERNELS(weights_32x32_single_tf32, WeightArguments, 64, 8) { weightGradientTensor<32, 16, 32, false>(a); }
