// Pools: a thread an element of the result. Gradients gather, in the order of the output pixels.
#include "linnet.cuh"

struct PoolArguments {
  const float* x;
  float* y;
  Map in, out;
  int count;
  Window window;
  int countPadding;
};

DEVICE bool inside(const Map& m, int row, int column) {
  return row >= 0 && row < m.h && column >= 0 && column < m.w;
}

// The number of the first largest tap under the window of an output pixel; below 0 where all of it
// is padding.
DEVICE int largestTap(const float* x, const Map& in, const Window& k, int n, int p, int q, int c) {
  int best = -1;
  float largest = 0.f;
  for (int i = 0; i < k.kernelH; i++) {
    int row = p * k.strideH + i * k.dilationH - k.top;
    for (int j = 0; j < k.kernelW; j++) {
      int column = q * k.strideW + j * k.dilationW - k.left;
      if (inside(in, row, column)) {
        float value = x[at(in, n, row, column, c)];
        if (best < 0 || value > largest) {
          best = i * k.kernelW + j;
          largest = value;
        }
      }
    }
  }
  return best;
}

KERNEL(maxPool, PoolArguments, 256) {
  int index = blockX() * 256 + threadX();
  if (index < a.count) {
    Element e = element(a.out, index);
    const Window& k = a.window;
    int tap = largestTap(a.x, a.in, k, e.n, e.h, e.w, e.c);
    float value = -__builtin_inff();
    if (tap >= 0) {
      int row = e.h * k.strideH + tap / k.kernelW * k.dilationH - k.top;
      int column = e.w * k.strideW + tap % k.kernelW * k.dilationW - k.left;
      value = a.x[at(a.in, e.n, row, column, e.c)];
    }
    a.y[at(a.out, e)] = value;
  }
}

// The divisor of an average over the window whose first tap is at (top, left) of an image h x w.
DEVICE float counted(const PoolArguments& a, int h, int w, int top, int left) {
  if (a.countPadding) {
    return static_cast<float>(a.window.kernelH * a.window.kernelW);
  }
  int bottom = top + a.window.kernelH < h ? top + a.window.kernelH : h;
  int right = left + a.window.kernelW < w ? left + a.window.kernelW : w;
  int count = (bottom - (top > 0 ? top : 0)) * (right - (left > 0 ? left : 0));
  return static_cast<float>(count > 1 ? count : 1);
}

KERNEL(averagePool, PoolArguments, 256) {
  int index = blockX() * 256 + threadX();
  if (index < a.count) {
    Element e = element(a.out, index);
    int top = e.h * a.window.strideH - a.window.top;
    int left = e.w * a.window.strideW - a.window.left;
    float sum = 0.f;
    for (int row = top; row < top + a.window.kernelH; row++) {
      for (int column = left; column < left + a.window.kernelW; column++) {
        if (inside(a.in, row, column)) {
          sum += a.x[at(a.in, e.n, row, column, e.c)];
        }
      }
    }
    a.y[at(a.out, e)] = sum * (1.f / counted(a, a.in.h, a.in.w, top, left));
  }
}

// x: dy. An input element takes its part of every window that covers it.
KERNEL(averagePoolGradient, PoolArguments, 256) {
  int index = blockX() * 256 + threadX();
  if (index < a.count) {
    Element e = element(a.out, index);
    const Window& k = a.window;
    int row = e.h + k.top;
    int column = e.w + k.left;
    int p0 = row < k.kernelH ? 0 : (row - k.kernelH) / k.strideH + 1;
    int q0 = column < k.kernelW ? 0 : (column - k.kernelW) / k.strideW + 1;
    float sum = 0.f;
    for (int p = p0; p < a.in.h && p * k.strideH <= row; p++) {
      for (int q = q0; q < a.in.w && q * k.strideW <= column; q++) {
        float divisor = counted(a, a.out.h, a.out.w, p * k.strideH - k.top, q * k.strideW - k.left);
        sum += a.x[at(a.in, e.n, p, q, e.c)] * (1.f / divisor);
      }
    }
    a.y[at(a.out, e)] = sum;
  }
}

struct MaxGradientArguments {
  const float* dy;
  const float* x;
  float* dx;
  Map gradient, in, out;
  int count;
  Window window;
};

// An input element takes dy of every window in which it is the first largest.
KERNEL(maxPoolGradient, MaxGradientArguments, 256) {
  int index = blockX() * 256 + threadX();
  if (index < a.count) {
    Element e = element(a.out, index);
    const Window& k = a.window;
    float sum = 0.f;
    for (int i = k.kernelH - 1; i >= 0; i--) {
      int row = e.h + k.top - i * k.dilationH;
      int p = row / k.strideH;
      if (row < 0 || row % k.strideH != 0 || p >= a.gradient.h) {
        continue;
      }
      for (int j = k.kernelW - 1; j >= 0; j--) {
        int column = e.w + k.left - j * k.dilationW;
        int q = column / k.strideW;
        if (column < 0 || column % k.strideW != 0 || q >= a.gradient.w) {
          continue;
        }
        if (largestTap(a.x, a.in, k, e.n, p, q, e.c) == i * k.kernelW + j) {
          sum += a.dy[at(a.gradient, e.n, p, q, e.c)];
        }
      }
    }
    a.dx[at(a.out, e)] = sum;
  }
}

struct SpaceArguments {
  const float* x;
  const float* with;  // multiplied, or null
  float* y;           // [N][C]
  Map in, factor, out;
  float scale;
};

// y = scale * sum over space of x, or of x * with: a block 32 channels of an image.
KERNEL(spaceSums, SpaceArguments, 256) {
  __shared__ float sums[8][32];
  int lane = threadX() % 32;
  int line = threadX() / 32;
  int c = blockX() * 32 + lane;
  int n = blockY();
  float sum = 0.f;
  if (c < a.in.c) {
    for (int pixel = line; pixel < a.in.h * a.in.w; pixel += 8) {
      int h = pixel / a.in.w;
      int w = pixel - h * a.in.w;
      float x = a.x[at(a.in, n, h, w, c)];
      sum += a.with ? x * a.with[at(a.factor, n, h, w, c)] : x;
    }
  }
  sums[line][lane] = sum;
  __syncthreads();
  if (line == 0 && c < a.in.c) {
    for (int i = 1; i < 8; i++) {
      sum += sums[i][lane];
    }
    a.y[at(a.out, n, 0, 0, c)] = sum * a.scale;
  }
}
