// What a device can do at most: multiply-adds in registers, and a copy. They belong to the benchmark
// alone; `bench/gpu/ptx` compiles them.
#include "linnet.cuh"

struct MultiplyAddArguments {
  float* y;
  int rounds;
  float factor, summand;
};

// Each thread has 16 sums that do not depend on each other; a round is 16 multiply-adds of each.
KERNEL(multiplyAdds, MultiplyAddArguments, 256) {
  float sums[16];
  for (int i = 0; i < 16; i++) {
    sums[i] = static_cast<float>(threadX() + i);
  }
  for (int round = 0; round < a.rounds; round++) {
#pragma unroll
    for (int step = 0; step < 16; step++) {
#pragma unroll
      for (int i = 0; i < 16; i++) {
        sums[i] = __builtin_fmaf(sums[i], a.factor, a.summand);
      }
    }
  }
  float sum = 0.f;
  for (int i = 0; i < 16; i++) {
    sum += sums[i];
  }
  a.y[blockX() * 256 + threadX()] = sum;
}

#if defined(LINNET_HOST) || __CUDA_ARCH__ >= 800
// The same on tensor cores: 8 fragments of 16 x 8 sums that do not depend on each other; a round is 8
// products over 8 summands of each.
KERNEL(multiplyTensor, MultiplyAddArguments, 256) {
  const float left[4] = {a.factor, a.factor, a.factor, a.factor};
  const float right[2] = {a.summand, a.summand};
  float sums[8][4];
  for (int i = 0; i < 8; i++) {
    for (int e = 0; e < 4; e++) {
      sums[i][e] = 0.f;
    }
  }
  for (int round = 0; round < a.rounds; round++) {
#pragma unroll
    for (int step = 0; step < 8; step++) {
#pragma unroll
      for (int i = 0; i < 8; i++) {
        multiplyFragments(sums[i], left, right);
      }
    }
  }
  float sum = 0.f;
  for (int i = 0; i < 8; i++) {
    for (int e = 0; e < 4; e++) {
      sum += sums[i][e];
    }
  }
  a.y[blockX() * 256 + threadX()] = sum;
}
#endif

struct CopyArguments {
  const float* x;
  float* y;
  int quads;
  int stride;  // threads of the grid
};

// y = x, four floats an instruction, four quads a thread in flight.
KERNEL(copyQuads, CopyArguments, 256) {
  const Quad* x = reinterpret_cast<const Quad*>(a.x);
  Quad* y = reinterpret_cast<Quad*>(a.y);
  int first = blockX() * 256 + threadX();
  int i = first;
  for (; i + 3 * a.stride < a.quads; i += 4 * a.stride) {
    Quad q0 = x[i];
    Quad q1 = x[i + a.stride];
    Quad q2 = x[i + 2 * a.stride];
    Quad q3 = x[i + 3 * a.stride];
    y[i] = q0;
    y[i + a.stride] = q1;
    y[i + 2 * a.stride] = q2;
    y[i + 3 * a.stride] = q3;
  }
  for (; i < a.quads; i += a.stride) {
    y[i] = x[i];
  }
}
