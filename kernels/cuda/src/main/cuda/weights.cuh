// What the kernels of weight gradients share: their argument, and how a block fetches its operands.
#pragma once
#include "conv.cuh"

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

// A thread's part in fetching slices of BK pixels: WIDTH channels of dy, and of x under one tap, of
// some pixels each. Rows of the product are the channels of dy, columns the taps and channels of x.
template <int B, int BK, int WIDTH, int THREADS>
struct Pixels {
  static constexpr int SLOTS = B / WIDTH;        // threads that fetch one pixel
  static constexpr int LINES = THREADS / SLOTS;  // pixels fetched at once
  static constexpr int PASSES = BK / LINES;
  int i, j, o, c, end;
  bool rows, columns;
  int pixel[PASSES], n[PASSES], h[PASSES], w[PASSES];
  float g[PASSES][WIDTH];
  float x[PASSES][WIDTH];

  DEVICE void start(const WeightArguments& a, int group, int first, int last) {
    const int t = threadX();
    const int m = blockX() * B + t % SLOTS * WIDTH;  // the channel of dy that this thread fetches
    const int column = blockY() * B + t % SLOTS * WIDTH;
    const int tap = column / a.inner;
    rows = m < a.outputs;
    columns = column < a.columns;
    i = tap / a.wide.kernel * a.high.step + a.high.off;
    j = tap % a.wide.kernel * a.wide.step + a.wide.off;
    o = group * a.outputs + m;
    c = group * a.inner + column % a.inner;
    end = last;
#pragma unroll
    for (int pass = 0; pass < PASSES; pass++) {
      pixel[pass] = first + t / SLOTS + pass * LINES;
      int line = pixel[pass] / a.gradient.w;
      w[pass] = pixel[pass] - line * a.gradient.w;
      n[pass] = line / a.gradient.h;
      h[pass] = line - n[pass] * a.gradient.h;
    }
  }

  DEVICE void fetch(const WeightArguments& a) {
#pragma unroll
    for (int pass = 0; pass < PASSES; pass++) {
      bool some = pixel[pass] < end;
      int row = h[pass] * a.high.mul + i;
      int at_ = w[pass] * a.wide.mul + j;
      bool real = some && columns && row >= 0 && row < a.in.h && at_ >= 0 && at_ < a.in.w;
      const float* fromG = a.dy + at(a.gradient, n[pass], h[pass], w[pass], o);
      const float* fromX = a.x + at(a.in, n[pass], row, at_, c);
      if constexpr (WIDTH == 4) {
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
  }
};
