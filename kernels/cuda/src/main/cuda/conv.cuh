// What the kernels of convolutions share: how the taps of a window lie in the operand, which pixels a
// block computes, how it fetches their patches, and what follows a convolution.
#pragma once
#include "linnet.cuh"

// How the taps of a window lie in the operand, along one axis: tap i of result pixel p is at
// (p * mul + i * step + off) / phases where that leaves no rest, and else nowhere. mul is the stride
// of a forward convolution, phases that of a backward one, where mul is 1. Of the taps that pixel p
// meets, one is `every` behind the other, and p + phases meets the same.
struct Taps {
  int kernel, mul, step, off, phases, every;
};

// The taps that are first, first + every, first + 2 every, ...
DEVICE int tapsFrom(const Taps& t, int first) { return (t.kernel - first + t.every - 1) / t.every; }

// How many taps are in front of those where taps are sorted by what they leave of `every`.
DEVICE int tapsBefore(const Taps& t, int first) {
  int count = 0;
  for (int i = 0; i < first; i++) {
    count += tapsFrom(t, i);
  }
  return count;
}

// The pixels phase, phase + phases, ... of the result along one axis, and the taps that they meet:
// tap first + u every of the v-th such pixel is at v * mul + u * step + off.
struct Axis {
  int phase, phases, pixels;
  int first, every, taps;
  int mul, step, off;
};

DEVICE Axis axisOf(const Taps& t, int phase, int extent) {
  int first = 0;
  while (first < t.every && (phase + t.off + first * t.step) % t.phases != 0) {
    first++;
  }
  Axis axis;
  axis.phase = phase;
  axis.phases = t.phases;
  axis.pixels = (extent - phase + t.phases - 1) / t.phases;
  axis.first = first;
  axis.every = t.every;
  axis.taps = first == t.every ? 0 : tapsFrom(t, first);
  axis.mul = t.mul;
  axis.step = t.step * t.every / t.phases;
  axis.off = (phase + t.off + first * t.step) / t.phases;
  return axis;
}

struct ConvArguments {
  const float* x;
  const float* w;  // packed; taps sorted by the phase that meets them
  float* y;
  const float* shift;     // a bias [O], moments [2][O], or null
  const float* affine;    // [2][O] where shift has moments, else null
  const float* residual;  // or null
  Map in, out, with;
  int pixels;   // of the result, of all images
  int inner;    // operand channels of a group
  int outputs;  // result channels of a group
  int columns;  // the same, rounded up to a multiple of 4
  Taps high, wide;
  int function;
  float epsilon;
  int splits;    // of the summands, each a block's; with more than one, y is [split][pixel][O]
  int summands;  // of a split
};

// What follows a convolution: the affine function of channel o, and how it is got.
struct Affine {
  float mean, scale, beta;
};

DEVICE Affine affineOf(const ConvArguments& a, int o, int channels) {
  Affine f = {0.f, 1.f, 0.f};
  if (a.affine) {
    f.mean = a.shift[o];
    f.scale = a.affine[o] * (1.f / root(a.shift[channels + o] + a.epsilon));
    f.beta = a.affine[channels + o];
  } else if (a.shift) {
    f.beta = a.shift[o];
  }
  return f;
}

DEVICE float followed(const ConvArguments& a, const Affine& f, float value, float residual) {
  value = a.affine ? (value - f.mean) * f.scale + f.beta : value + f.beta;
  return apply(a.function, value + residual);
}

// What a block of an implicit matrix product computes: some pixels and channels of one group, from
// some of the summands. Summands are the taps and, within each, the operand's channels.
struct Block {
  int group, split;
  Axis high, wide;
  int pixels;      // of all images, of the phase
  int tap;         // where the taps of the phase start among the packed weights
  int first, end;  // summands
};

DEVICE Block blockOf(const ConvArguments& a) {
  Block b;
  int wide = blockZ() % a.wide.phases;
  int rest = blockZ() / a.wide.phases;
  int high = rest % a.high.phases;
  rest /= a.high.phases;
  b.group = rest / a.splits;
  b.split = rest % a.splits;
  b.high = axisOf(a.high, high, a.out.h);
  b.wide = axisOf(a.wide, wide, a.out.w);
  b.pixels = a.out.n * b.high.pixels * b.wide.pixels;
  b.tap = tapsBefore(a.high, b.high.first) * a.wide.kernel +
          b.high.taps * tapsBefore(a.wide, b.wide.first);
  int all = b.high.taps * b.wide.taps * a.inner;
  b.first = b.split * a.summands;
  b.end = b.first + a.summands < all ? b.first + a.summands : all;
  return b;
}

// A thread's part in fetching slices of BK summands of BM pixels: WIDTH channels of some pixels.
template <int BM, int BK, int WIDTH, int THREADS>
struct Patches {
  static constexpr int SLOTS = BK / WIDTH;      // threads that fetch one pixel
  static constexpr int ROWS = THREADS / SLOTS;  // pixels fetched at once
  static constexpr int PASSES = (BM + ROWS - 1) / ROWS;
  int base[PASSES], high[PASSES], wide[PASSES];
  int k, i, j, c;  // the summand that is fetched next: tap (i, j) of the phase, channel c
  float x[PASSES][WIDTH];

  DEVICE void start(const ConvArguments& a, const Block& b, int m0) {
    const int t = threadX();
#pragma unroll
    for (int pass = 0; pass < PASSES; pass++) {
      int m = m0 + t / SLOTS + pass * ROWS;
      int line = m / b.wide.pixels;
      int n = line / b.high.pixels;
      base[pass] = a.in.origin + n * a.in.image + b.group * a.inner;
      high[pass] = (line - n * b.high.pixels) * b.high.mul + b.high.off;
      wide[pass] = (m - line * b.wide.pixels) * b.wide.mul + b.wide.off;
      if (m >= b.pixels || t / SLOTS + pass * ROWS >= BM) {
        high[pass] = -(1 << 28);  // padding, whatever the tap
      }
    }
    k = b.first + t % SLOTS * WIDTH;
    i = k / a.inner / (b.wide.taps > 0 ? b.wide.taps : 1);
    j = k / a.inner % (b.wide.taps > 0 ? b.wide.taps : 1);
    c = k % a.inner;
  }

  DEVICE void fetch(const ConvArguments& a, const Block& b) {
    while (c >= a.inner) {
      c -= a.inner;
      if (++j == b.wide.taps) {
        j = 0;
        i++;
      }
    }
    bool some = k < b.end;
#pragma unroll
    for (int pass = 0; pass < PASSES; pass++) {
      int row = high[pass] + i * b.high.step;
      int column = wide[pass] + j * b.wide.step;
      bool real = some && row >= 0 && row < a.in.h && column >= 0 && column < a.in.w;
      const float* from = a.x + base[pass] + row * a.in.row + column * a.in.pixel + c;
      if constexpr (WIDTH == 4) {
        Quad q = real ? quad(from) : Quad{0.f, 0.f, 0.f, 0.f};
#pragma unroll
        for (int e = 0; e < 4; e++) {
          x[pass][e] = q[e];
        }
      } else {
        x[pass][0] = real ? *from : 0.f;
      }
    }
    k += BK;
    c += BK;
  }
};

// Stores one sum of a block, or one result and what follows: pixel m of the phase, a group's channel.
DEVICE void finish(const ConvArguments& a, const Block& b, int m, int column, float sum) {
  if (column < a.outputs && m < b.pixels) {
    int o = b.group * a.outputs + column;
    int line = m / b.wide.pixels;
    int n = line / b.high.pixels;
    int h = (line - n * b.high.pixels) * b.high.phases + b.high.phase;
    int w = (m - line * b.wide.pixels) * b.wide.phases + b.wide.phase;
    if (a.splits > 1) {
      int pixel = (n * a.out.h + h) * a.out.w + w;
      a.y[(static_cast<long long>(b.split) * a.pixels + pixel) * a.out.c + o] = sum;
      return;
    }
    float other = a.residual ? a.residual[at(a.with, n, h, w, o)] : 0.f;
    a.y[at(a.out, n, h, w, o)] = followed(a, affineOf(a, o, a.out.c), sum, other);
  }
}
