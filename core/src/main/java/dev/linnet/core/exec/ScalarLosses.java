package dev.linnet.core.exec;

import dev.linnet.core.graph.SoftmaxCrossEntropy;

/** Reference loss. */
final class ScalarLosses {
  private ScalarLosses() {}

  static HostKernel crossEntropy(SoftmaxCrossEntropy loss, OpKey key) {
    Layout logits = key.input(0);
    int classes = logits.channels();
    return new SlicedKernel(
        1,
        (args, slice) -> {
          float[] in = args.in(0);
          double total = 0;
          int rows = 0;
          for (int n = 0; n < logits.batch(); n++) {
            int label = (int) args.in(1)[n];
            if (label < 0) {
              continue;
            }
            rows++;
            int at = logits.index(n, 0, 0);
            double normalizer = logNormalizer(in, at, classes);
            for (int k = 0; k < classes; k++) {
              total -= target(loss.smoothing(), label, k, classes) * (in[at + k] - normalizer);
            }
          }
          args.out()[0] = (float) (total / Math.max(1, rows));
        });
  }

  static HostKernel logitsGradient(SoftmaxCrossEntropy.LogitsGradient gradient, OpKey key) {
    Layout logits = key.input(1);
    Layout out = key.output();
    int classes = logits.channels();
    return new SlicedKernel(
        1,
        (args, slice) -> {
          float[] in = args.in(1);
          int rows = 0;
          for (int n = 0; n < logits.batch(); n++) {
            rows += args.in(2)[n] >= 0 ? 1 : 0;
          }
          double scale = args.in(0)[0] / (double) Math.max(1, rows);
          for (int n = 0; n < logits.batch(); n++) {
            int label = (int) args.in(2)[n];
            int at = logits.index(n, 0, 0);
            int to = out.index(n, 0, 0);
            double normalizer = logNormalizer(in, at, classes);
            for (int k = 0; k < classes; k++) {
              double probability = Math.exp(in[at + k] - normalizer);
              double target = target(gradient.smoothing(), label, k, classes);
              args.out()[to + k] = label < 0 ? 0 : (float) ((probability - target) * scale);
            }
          }
        });
  }

  private static double target(float smoothing, int label, int k, int classes) {
    return (label == k ? 1 - smoothing : 0) + smoothing / (double) classes;
  }

  /** {@code log Σ exp(logits)}, shifted by the largest so that nothing overflows. */
  private static double logNormalizer(float[] in, int at, int classes) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, in[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += Math.exp(in[at + k] - largest);
    }
    return largest + Math.log(sum);
  }
}
