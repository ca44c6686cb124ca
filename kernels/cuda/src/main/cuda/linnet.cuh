// What all kernels share: the machine's built-ins, how values lie in memory, sums of a block.
//
// A kernel is declared with KERNEL(name, Arguments, threads) and takes one struct by value: first
// its pointers, then its numbers, as the Java class of its operation writes them. KERNELS has one more
// number: the blocks that a multiprocessor's registers shall hold, for kernels that take a few too many.
// The same text is compiled for the device and, for tests, for the host.
#pragma once

#ifdef LINNET_HOST
#include "host.h"
#else
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __shared__ __attribute__((shared))
#define DEVICE __device__ inline __attribute__((always_inline))
#define KERNELS(name, Arguments, threads, blocks) \
  extern "C" __global__ __attribute__((launch_bounds(threads, blocks))) void name(const Arguments a)
#define KERNEL(name, Arguments, threads) KERNELS(name, Arguments, threads, 1)
DEVICE int threadX() { return __nvvm_read_ptx_sreg_tid_x(); }
DEVICE int blockX() { return __nvvm_read_ptx_sreg_ctaid_x(); }
DEVICE int blockY() { return __nvvm_read_ptx_sreg_ctaid_y(); }
DEVICE int blockZ() { return __nvvm_read_ptx_sreg_ctaid_z(); }
DEVICE float root(float x) { return __nvvm_sqrt_rn_f(x); }
DEVICE double root(double x) { return __nvvm_sqrt_rn_d(x); }
#if __CUDA_ARCH__ >= 800
// x rounded to 11 significant bits, halves away from zero.
DEVICE float tf32(float x) {
  unsigned bits;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(x));
  return __builtin_bit_cast(float, bits);
}

// sums += left * right, 16 x 8 of them over 8 summands, by all lanes of a warp; see tensor.cu.
DEVICE void multiplyFragments(float (&sums)[4], const float (&left)[4], const float (&right)[2]) {
  asm volatile(
      "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, "
      "{%8, %9}, {%0, %1, %2, %3};"
      : "+f"(sums[0]), "+f"(sums[1]), "+f"(sums[2]), "+f"(sums[3])
      : "r"(__builtin_bit_cast(unsigned, left[0])), "r"(__builtin_bit_cast(unsigned, left[1])),
        "r"(__builtin_bit_cast(unsigned, left[2])), "r"(__builtin_bit_cast(unsigned, left[3])),
        "r"(__builtin_bit_cast(unsigned, right[0])), "r"(__builtin_bit_cast(unsigned, right[1])));
}
#endif
#endif

// Four neighbouring floats, moved by one instruction.
typedef float Quad __attribute__((vector_size(16)));

DEVICE Quad quad(const float* p) { return *reinterpret_cast<const Quad*>(p); }

DEVICE float least(float a, float b) { return a < b ? a : b; }
DEVICE float most(float a, float b) { return a > b ? a : b; }

// How a value [n, h, w, c] lies in memory: the distances between neighbours along each axis, 0
// where it is the same for all of them, and the place of the first element.
struct Map {
  int n, h, w, c;
  int image, row, pixel, channel;
  int origin;
};

DEVICE int at(const Map& m, int n, int h, int w, int c) {
  return m.origin + n * m.image + h * m.row + w * m.pixel + c * m.channel;
}

// An element of a map by its number in row-major order.
struct Element {
  int n, h, w, c;
};

DEVICE Element element(const Map& m, int index) {
  Element e = {0, 0, 0, index};
  if (m.n * m.h * m.w == 1) {  // one row: the same for all threads, and no division
    return e;
  }
  int pixel = index / m.c;
  e.c = index - pixel * m.c;
  int row = pixel / m.w;
  e.w = pixel - row * m.w;
  e.n = row / m.h;
  e.h = row - e.n * m.h;
  return e;
}

DEVICE int at(const Map& m, const Element& e) { return at(m, e.n, e.h, e.w, e.c); }

// A convolution's or pool's window, as dev.linnet.core.graph.Window has it.
struct Window {
  int kernelH, kernelW, strideH, strideW, top, left, dilationH, dilationW;
};

// e^x to about one unit in the last place: x = n ln 2 + r with |r| <= ln 2 / 2, and a polynomial in r.
DEVICE float exponential(float x) {
  x = x < -104.f ? -104.f : x > 89.f ? 89.f : x;
  float shifted = x * 1.44269504f + 12582912.f;  // rounds to a whole number
  float n = shifted - 12582912.f;
  float r = __builtin_fmaf(n, -0.693359375f, x);
  r = __builtin_fmaf(n, 2.12194440e-4f, r);
  float p = 1.9875691500e-4f;
  p = __builtin_fmaf(p, r, 1.3981999507e-3f);
  p = __builtin_fmaf(p, r, 8.3334519073e-3f);
  p = __builtin_fmaf(p, r, 4.1665795894e-2f);
  p = __builtin_fmaf(p, r, 1.6666665459e-1f);
  p = __builtin_fmaf(p, r, 5.0000001201e-1f);
  p = __builtin_fmaf(p, r * r, r) + 1.f;
  int half = static_cast<int>(n) / 2;  // 2^n in two factors: n reaches from -151 to 129
  int rest = static_cast<int>(n) - half;
  union {
    int bits;
    float value;
  } a, b;
  a.bits = (half + 127) << 23;
  b.bits = (rest + 127) << 23;
  return p * a.value * b.value;
}

// ln x for normal x: x = 2^n m with m in [sqrt(1/2), sqrt(2)), and ln m by the series of artanh.
DEVICE float logarithm(float x) {
  union {
    float value;
    int bits;
  } u;
  u.value = x;
  int n = (u.bits - 0x3f3504f3) >> 23;
  u.bits -= n << 23;
  float m = u.value - 1.f;
  float s = m / (2.f + m);
  float z = s * s;
  float p = __builtin_fmaf(z, 0.24279079f, 0.28498787f);
  p = __builtin_fmaf(p, z, 0.40000972f);
  p = __builtin_fmaf(p, z, 0.66666663f);
  float half = 0.5f * m * m;
  float log = m - (half - s * (half + p * z));
  return __builtin_fmaf(static_cast<float>(n), 0.693147181f, log);
}

// ln(1 + x) for x >= 0, as exact for small x: what 1 + x rounds away is made up for.
DEVICE float logarithmOfOnePlus(float x) {
  float u = 1.f + x;
  return u == 1.f ? x : logarithm(u) * (x / (u - 1.f));
}

// The functions of dev.linnet.core.graph.Activation, in its order; the first is the identity.
enum Function { NONE, RELU, RELU6, HARD_SWISH, HARD_SIGMOID, SILU, SIGMOID };

DEVICE float clamp6(float x) { return least(most(0.f, x), 6.f); }

DEVICE float apply(int function, float x) {
  switch (function) {
    case RELU:
      return x < 0.f ? 0.f : x;
    case RELU6:
      return clamp6(x);
    case HARD_SWISH:
      return x * (clamp6(x + 3.f) * (1.f / 6.f));
    case HARD_SIGMOID:
      return clamp6(x + 3.f) * (1.f / 6.f);
    case SILU:
      return x / (1.f + exponential(-x));
    case SIGMOID:
      return 1.f / (1.f + exponential(-x));
    default:
      return x;
  }
}

DEVICE float slope(int function, float x) {
  switch (function) {
    case RELU:
      return x > 0.f ? 1.f : 0.f;
    case RELU6:
      return x > 0.f && x < 6.f ? 1.f : 0.f;
    case HARD_SWISH:
      return x <= -3.f ? 0.f : x >= 3.f ? 1.f : (2.f * x + 3.f) * (1.f / 6.f);
    case HARD_SIGMOID:
      return x > -3.f && x < 3.f ? 1.f / 6.f : 0.f;
    case SILU: {
      float s = 1.f / (1.f + exponential(-x));
      return s * (1.f + x * (1.f - s));
    }
    case SIGMOID: {
      float s = 1.f / (1.f + exponential(-x));
      return s * (1.f - s);
    }
    default:
      return 1.f;
  }
}

// A sum over the THREADS threads of a block in a fixed order; every thread gets it. `shared` has
// THREADS elements and may be used again behind it.
template <int THREADS, typename T>
DEVICE T blockSum(T value, T* shared) {
  int t = threadX();
  shared[t] = value;
  __syncthreads();
  for (int half = THREADS / 2; half > 0; half /= 2) {
    if (t < half) {
      shared[t] += shared[t + half];
    }
    __syncthreads();
  }
  T sum = shared[0];
  __syncthreads();
  return sum;
}

// The largest value of a block, likewise.
template <int THREADS>
DEVICE float blockMost(float value, float* shared) {
  int t = threadX();
  shared[t] = value;
  __syncthreads();
  for (int half = THREADS / 2; half > 0; half /= 2) {
    if (t < half) {
      shared[t] = most(shared[t], shared[t + half]);
    }
    __syncthreads();
  }
  float largest = shared[0];
  __syncthreads();
  return largest;
}
