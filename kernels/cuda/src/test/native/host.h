// The built-ins of linnet.cuh on the host: the kernels' text is compiled for the stand-in driver.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace standin {

// Where the running thread is in its launch.
struct Place {
  int thread, blockX, blockY, blockZ;
};
extern Place place;

// Waits for all threads of the block.
void barrier();

// What the 32 lanes of a warp give to one instruction, by operand: waits until all have come to it.
// Nobody else is waited for.
const float (*exchange(const float (&left)[4], const float (&right)[2]))[32];

typedef void (*Body)(const void* arguments);

// Makes a kernel known: its name, the bytes of its argument, the threads of its blocks.
bool declare(const char* name, size_t bytes, int threads, Body body);

}  // namespace standin

#define __global__
#define __shared__ static
#define DEVICE inline
#define KERNEL(name, Arguments, threads)                                             \
  static void name(const Arguments& a);                                              \
  static const bool name##_declared =                                                \
      standin::declare(#name, sizeof(Arguments), threads, [](const void* arguments) { \
        name(*static_cast<const Arguments*>(arguments));                             \
      });                                                                            \
  static void name(const Arguments& a)

#define KERNELS(name, Arguments, threads, blocks) KERNEL(name, Arguments, threads)

DEVICE void __syncthreads() { standin::barrier(); }
DEVICE int threadX() { return standin::place.thread; }
DEVICE int blockX() { return standin::place.blockX; }
DEVICE int blockY() { return standin::place.blockY; }
DEVICE int blockZ() { return standin::place.blockZ; }
DEVICE float root(float x) { return std::sqrt(x); }
DEVICE double root(double x) { return std::sqrt(x); }

// Tensor cores: what linnet.cuh has as instructions.
DEVICE float tf32(float x) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  if ((bits & 0x7f800000) != 0x7f800000) {
    bits = (bits + 0x1000) & ~0x1fffu;
    memcpy(&x, &bits, 4);
  }
  return x;
}

DEVICE void multiplyFragments(float (&sums)[4], const float (&left)[4], const float (&right)[2]) {
  const float(*given)[32] = standin::exchange(left, right);
  int g = standin::place.thread % 32 / 4;
  int q = standin::place.thread % 4;
  for (int e = 0; e < 4; e++) {
    const float* row = &given[e / 2][g * 4];           // row g + 8 (e / 2) at summands 0 to 3
    const float* behind = &given[e / 2 + 2][g * 4];    // at 4 to 7
    const float* column = &given[4][(2 * q + e % 2) * 4];
    const float* below = &given[5][(2 * q + e % 2) * 4];
    float sum = 0.f;
    for (int k = 0; k < 4; k++) {
      sum += row[k] * column[k] + behind[k] * below[k];
    }
    sums[e] += sum;
  }
}
