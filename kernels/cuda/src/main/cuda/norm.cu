// Batch norm, and sums over batch and space. A block sums 32 channels with 8 threads each over a
// chunk of the pixels; `finishSums` adds the chunks in their order.
#include "linnet.cuh"

enum SumKind { VALUES, SQUARES, GRADIENTS };

struct SumArguments {
  const float* x;        // of VALUES, SQUARES: summed; of GRADIENTS: what was normalized
  const float* dy;       // of GRADIENTS
  const float* moments;  // of SQUARES, GRADIENTS
  const float* affine;   // of GRADIENTS with a function
  float* partial;        // [chunks][2][C]
  Map in, gradient;
  int pixels;  // of all images
  int chunk;   // pixels of a block
  int kind;
  int function;
  float epsilon;
};

DEVICE float inverse(float variance, float epsilon) { return 1.f / root(variance + epsilon); }

KERNEL(channelSums, SumArguments, 256) {
  __shared__ float first[8][32];
  __shared__ float second[8][32];
  int lane = threadX() % 32;
  int line = threadX() / 32;
  int channels = a.in.c;
  int c = blockX() * 32 + lane;
  float p = 0.f;
  float q = 0.f;
  if (c < channels) {
    float mean = a.kind == VALUES ? 0.f : a.moments[c];
    float scale = a.kind == GRADIENTS ? inverse(a.moments[channels + c], a.epsilon) : 0.f;
    float gamma = a.function == NONE ? 0.f : a.affine[c];
    float beta = a.function == NONE ? 0.f : a.affine[channels + c];
    int from = blockY() * a.chunk;
    int to = from + a.chunk < a.pixels ? from + a.chunk : a.pixels;
    for (int pixel = from + line; pixel < to; pixel += 8) {
      int row = pixel / a.in.w;
      int w = pixel - row * a.in.w;
      int n = row / a.in.h;
      int h = row - n * a.in.h;
      float x = a.x[at(a.in, n, h, w, c)];
      if (a.kind == VALUES) {
        p += x;
      } else if (a.kind == SQUARES) {
        p += (x - mean) * (x - mean);
      } else {
        float centred = x - mean;
        float g = a.dy[at(a.gradient, n, h, w, c)];
        g = a.function == NONE ? g : g * slope(a.function, centred * (gamma * scale) + beta);
        p += g * (centred * scale);
        q += g;
      }
    }
  }
  first[line][lane] = p;
  second[line][lane] = q;
  __syncthreads();
  if (line == 0 && c < channels) {
    for (int i = 1; i < 8; i++) {
      p += first[i][lane];
      q += second[i][lane];
    }
    a.partial[(2 * blockY()) * channels + c] = p;
    a.partial[(2 * blockY() + 1) * channels + c] = q;
  }
}

struct FinishArguments {
  const float* partial;
  float* y;
  int channels, chunks;
  int values;  // 1 or 2 sums a channel
  float divisor;
};

KERNEL(finishSums, FinishArguments, 256) {
  int i = blockX() * 256 + threadX();
  if (i < a.values * a.channels) {
    double sum = 0;
    for (int chunk = 0; chunk < a.chunks; chunk++) {
      sum += a.partial[chunk * 2 * a.channels + i];
    }
    a.y[i] = static_cast<float>(sum / a.divisor);
  }
}

struct NormArguments {
  const float* x;
  const float* moments;
  const float* affine;
  const float* residual;  // or null
  float* y;
  Map in, with, out;
  int count;
  int function;
  float epsilon;
};

// y = f((x - mean) * gamma / sqrt(variance + epsilon) + beta + residual)
KERNEL(normalize, NormArguments, 256) {
  int i = blockX() * 256 + threadX();
  if (i < a.count) {
    Element e = element(a.out, i);
    int channels = a.in.c;
    float scale = a.affine[e.c] * inverse(a.moments[channels + e.c], a.epsilon);
    float y = (a.x[at(a.in, e)] - a.moments[e.c]) * scale + a.affine[channels + e.c];
    y = a.residual ? y + a.residual[at(a.with, e)] : y;
    a.y[at(a.out, e)] = apply(a.function, y);
  }
}

struct NormGradientArguments {
  const float* dy;
  const float* x;
  const float* moments;
  const float* affine;
  const float* sums;  // of the gradients: [2][C]
  float* dx;
  Map gradient, in, out;
  int count;
  int function;
  float epsilon;
  float perElement;  // 1 / elements of a channel; 0 where the moments are constants
};

// dx = gamma / sqrt(variance + epsilon) * (g - (dbeta + xhat * dgamma) / m), g = dy f'(norm(x))
KERNEL(normGradient, NormGradientArguments, 256) {
  int i = blockX() * 256 + threadX();
  if (i < a.count) {
    Element e = element(a.out, i);
    int channels = a.in.c;
    float invert = inverse(a.moments[channels + e.c], a.epsilon);
    float scale = a.affine[e.c] * invert;
    float centred = a.x[at(a.in, e)] - a.moments[e.c];
    float g = a.dy[at(a.gradient, e)];
    if (a.function != NONE) {
      g *= slope(a.function, centred * scale + a.affine[channels + e.c]);
    }
    float gamma = a.sums[e.c] * a.perElement;
    float beta = a.sums[channels + e.c] * a.perElement;
    a.dx[at(a.out, e)] = scale * (g - beta - centred * invert * gamma);
  }
}
