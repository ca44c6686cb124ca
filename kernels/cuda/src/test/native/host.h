// The built-ins of linnet.cuh on the host: the kernels' text is compiled for the stand-in driver.
#pragma once

#include <cmath>
#include <cstddef>

namespace standin {

// Where the running thread is in its launch.
struct Place {
  int thread, blockX, blockY, blockZ;
};
extern Place place;

// Waits for all threads of the block.
void barrier();

typedef void (*Body)(const void* arguments);

// Makes a kernel known: its name, the bytes of its argument, the threads of its blocks.
bool declare(const char* name, size_t bytes, int threads, Body body);

}  // namespace standin

#define __global__
#define __shared__ static
#define DEVICE static inline
#define KERNEL(name, Arguments, threads)                                             \
  static void name(const Arguments& a);                                              \
  static const bool name##_declared =                                                \
      standin::declare(#name, sizeof(Arguments), threads, [](const void* arguments) { \
        name(*static_cast<const Arguments*>(arguments));                             \
      });                                                                            \
  static void name(const Arguments& a)

DEVICE void __syncthreads() { standin::barrier(); }
DEVICE int threadX() { return standin::place.thread; }
DEVICE int blockX() { return standin::place.blockX; }
DEVICE int blockY() { return standin::place.blockY; }
DEVICE int blockZ() { return standin::place.blockZ; }
DEVICE float root(float x) { return std::sqrt(x); }
DEVICE double root(double x) { return std::sqrt(x); }
