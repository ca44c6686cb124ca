// Softmax cross-entropy, gradient clipping and the optimizers.
#include "linnet.cuh"

struct LossArguments {
  const float* logits;
  const float* labels;  // below 0: does not count
  const float* dy;      // of the gradient: [1]
  float* y;             // loss of every row, or the gradient
  Map in, out;
  float smoothing;
};

DEVICE float target(float smoothing, int label, int k, int classes) {
  return (label == k ? 1.f - smoothing : 0.f) + smoothing / static_cast<float>(classes);
}

// The softmax of a row: its largest logit, and the sum of e^(logit - largest). That has all digits
// of what is above 1: where a row is all but certain, the loss is made of these.
struct Softmax {
  float largest;
  double sum;
};

DEVICE Softmax softmaxOf(const LossArguments& a, int n, float* shared, double* sums) {
  Softmax s = {-__builtin_inff(), 0};
  for (int k = threadX(); k < a.in.c; k += 128) {
    s.largest = most(s.largest, a.logits[at(a.in, n, 0, 0, k)]);
  }
  s.largest = blockMost<128>(s.largest, shared);
  for (int k = threadX(); k < a.in.c; k += 128) {
    s.sum += exponential(a.logits[at(a.in, n, 0, 0, k)] - s.largest);
  }
  s.sum = blockSum<128>(s.sum, sums);
  return s;
}

// A block a row: -sum over classes of target * log softmax.
KERNEL(crossEntropy, LossArguments, 128) {
  __shared__ float shared[128];
  __shared__ double sums[128];
  int n = blockX();
  int label = static_cast<int>(a.labels[n]);
  int classes = a.in.c;
  Softmax s = softmaxOf(a, n, shared, sums);
  float normalizer = logarithmOfOnePlus(static_cast<float>(s.sum - 1));
  float loss = 0.f;
  for (int k = threadX(); k < classes; k += 128) {
    float x = a.logits[at(a.in, n, 0, 0, k)] - s.largest - normalizer;
    loss -= target(a.smoothing, label, k, classes) * x;
  }
  loss = blockSum<128>(loss, shared);
  if (threadX() == 0) {
    a.y[n] = label < 0 ? 0.f : loss;
  }
}

struct MeanArguments {
  const float* rows;
  const float* labels;
  float* y;
  int batch;
};

// One block: the mean over the rows that count.
KERNEL(meanLoss, MeanArguments, 256) {
  __shared__ double shared[256];
  double sum = 0;
  double count = 0;
  for (int n = threadX(); n < a.batch; n += 256) {
    sum += a.rows[n];
    count += a.labels[n] >= 0.f ? 1 : 0;
  }
  sum = blockSum<256>(sum, shared);
  count = blockSum<256>(count, shared);
  if (threadX() == 0) {
    a.y[0] = static_cast<float>(sum / (count > 1 ? count : 1));
  }
}

// A block a row: (softmax - target) * dy / rows that count.
KERNEL(logitsGradient, LossArguments, 128) {
  __shared__ float shared[128];
  __shared__ double sums[128];
  int n = blockX();
  int label = static_cast<int>(a.labels[n]);
  int classes = a.in.c;
  float rows = 0.f;
  for (int i = threadX(); i < a.in.n; i += 128) {
    rows += a.labels[i] >= 0.f ? 1.f : 0.f;
  }
  rows = blockSum<128>(rows, shared);
  Softmax s = softmaxOf(a, n, shared, sums);
  float scale = a.dy[0] / most(1.f, rows);
  for (int k = threadX(); k < classes; k += 128) {
    double probability = exponential(a.logits[at(a.in, n, 0, 0, k)] - s.largest) / s.sum;
    double off = probability - target(a.smoothing, label, k, classes);
    a.y[at(a.out, n, 0, 0, k)] = label < 0 ? 0.f : static_cast<float>(off) * scale;
  }
}

struct SquaresArguments {
  const float* g;
  double* partial;
  int count;
};

// A block adds the squares of its 4096 elements.
KERNEL(squares, SquaresArguments, 256) {
  __shared__ double shared[256];
  double sum = 0;
  for (int k = 0; k < 16; k++) {
    int i = blockX() * 4096 + k * 256 + threadX();
    double g = i < a.count ? a.g[i] : 0.f;
    sum += g * g;
  }
  sum = blockSum<256>(sum, shared);
  if (threadX() == 0) {
    a.partial[blockX()] = sum;
  }
}

struct ClipArguments {
  const double* partial;
  float* y;
  int count;
  float maxNorm;
};

// One block: min(1, maxNorm / norm), and 0 where the norm is not finite.
KERNEL(clip, ClipArguments, 256) {
  __shared__ double shared[256];
  double sum = 0;
  for (int i = threadX(); i < a.count; i += 256) {
    sum += a.partial[i];
  }
  sum = blockSum<256>(sum, shared);
  if (threadX() == 0) {
    double norm = root(sum);
    bool finite = norm - norm == 0;
    a.y[0] = !finite ? 0.f : norm <= a.maxNorm ? 1.f : static_cast<float>(a.maxNorm / norm);
  }
}

struct SgdArguments {
  float* parameter;
  const float* gradient;
  float* velocity;
  const float* scale;
  const float* rate;
  int count;
  float momentum, decay;
  int nesterov;
};

KERNEL(sgd, SgdArguments, 256) {
  int i = blockX() * 256 + threadX();
  float scale = a.scale[0];
  if (i < a.count && scale != 0.f) {
    float p = a.parameter[i];
    float g = scale * a.gradient[i] + a.decay * p;
    float v = a.momentum * a.velocity[i] + g;
    a.velocity[i] = v;
    a.parameter[i] = p - a.rate[0] * (a.nesterov ? g + a.momentum * v : v);
  }
}

struct AdamArguments {
  float* parameter;
  const float* gradient;
  float* first;
  float* second;
  const float* scale;
  const float* rate;
  const float* corrections;
  int count;
  float beta1, beta2, epsilon, decay;
};

KERNEL(adam, AdamArguments, 256) {
  int i = blockX() * 256 + threadX();
  float scale = a.scale[0];
  if (i < a.count && scale != 0.f) {
    float p = a.parameter[i];
    float g = scale * a.gradient[i];
    float m = a.beta1 * a.first[i] + (1.f - a.beta1) * g;
    float v = a.beta2 * a.second[i] + (1.f - a.beta2) * g * g;
    a.first[i] = m;
    a.second[i] = v;
    float step = m / a.corrections[0];
    float rms = root(v / a.corrections[1]);
    a.parameter[i] = p - a.rate[0] * (step / (rms + a.epsilon) + a.decay * p);
  }
}

struct AverageArguments {
  float* average;
  const float* value;
  const float* rate;
  int count;
};

KERNEL(movingAverage, AverageArguments, 256) {
  int i = blockX() * 256 + threadX();
  if (i < a.count) {
    float average = a.average[i];
    a.average[i] = average + a.rate[0] * (a.value[i] - average);
  }
}
