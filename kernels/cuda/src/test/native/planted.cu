// Copies of what the kernels do, with a mistake each: the stand-in has to find them.
#include "linnet.cuh"

struct PlantedArguments {
  const float* x;
  float* y;
  int count;
};

// The sum of a block without the barriers of blockSum.
KERNEL(plantedRace, PlantedArguments, 256) {
  __shared__ float shared[256];
  int t = threadX();
  shared[t] = a.x[t];
  __syncthreads();
  for (int half = 128; half > 0; half /= 2) {
    if (t < half) {
      shared[t] += shared[t + half];
    }
  }
  a.y[t] = shared[0];
}

// The same with them.
KERNEL(plantedNothing, PlantedArguments, 256) {
  __shared__ float shared[256];
  a.y[threadX()] = blockSum<256>(a.x[threadX()], shared);
}

// One element more than there are.
KERNEL(plantedWrite, PlantedArguments, 256) {
  if (threadX() <= a.count) {
    a.y[threadX()] = 1.f;
  }
}

// One element before the first.
KERNEL(plantedWriteBefore, PlantedArguments, 256) {
  if (threadX() < a.count) {
    a.y[threadX() - 1] = 1.f;
  }
}

KERNEL(plantedRead, PlantedArguments, 256) {
  if (threadX() < a.count) {
    a.y[threadX()] = a.x[threadX() + a.count];
  }
}

// Only some threads come to the barrier.
KERNEL(plantedDivergence, PlantedArguments, 256) {
  if (threadX() < a.count) {
    __syncthreads();
  }
  a.y[0] = 1.f;
}

// A warp reads what another one has written before an instruction of all lanes: no barrier for others.
KERNEL(plantedWarpRace, PlantedArguments, 256) {
  __shared__ float shared[256];
  int t = threadX();
  shared[t] = 0.f;
  __syncthreads();
  float sums[4] = {0.f, 0.f, 0.f, 0.f};
  float left[4] = {a.x[t], a.x[t], a.x[t], a.x[t]};
  float right[2] = {1.f, 1.f};
  shared[t] = a.x[t];
  multiplyFragments(sums, left, right);
  a.y[t] = sums[0] + shared[(t + 32) % 256];
}

// Only some lanes come to an instruction of all.
KERNEL(plantedLane, PlantedArguments, 256) {
  float sums[4] = {0.f, 0.f, 0.f, 0.f};
  float left[4] = {1.f, 1.f, 1.f, 1.f};
  float right[2] = {1.f, 1.f};
  if (threadX() < a.count) {
    multiplyFragments(sums, left, right);
    a.y[threadX()] = sums[0];
  }
}
