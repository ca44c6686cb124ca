package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.SoftmaxCrossEntropy;

/**
 * Softmax cross-entropy and its gradient: the exponentials of a row by vectors, the sum over rows
 * in double, in order. A row is shifted by its largest logit, so nothing overflows.
 */
final class Losses {
  /** Logits that are worth a slice. */
  private static final int SLICE = 16_384;

  private final PointwiseLoops exponential =
      Templates.copy(PointwiseTemplate.class, PointwiseLoops.class, PointwiseTemplate.EXPONENTIAL);
  private final Scratch scratch;

  Losses(Scratch scratch) {
    this.scratch = scratch;
  }

  /** Logits and labels to the mean over the rows that count. */
  HostKernel crossEntropy(SoftmaxCrossEntropy loss, OpKey key) {
    return new Loss(this, key.input(0), loss.smoothing());
  }

  /** Gradient of the loss, logits and labels to that of the logits. */
  HostKernel logitsGradient(SoftmaxCrossEntropy.LogitsGradient gradient, OpKey key) {
    return new Gradient(this, key.input(1), key.output(), gradient.smoothing());
  }

  /** {@code e} to the power of every logit less {@code largest}, from 0 on in {@code row}. */
  private void exponentials(float[] logits, int at, float largest, float[] row, int classes) {
    for (int k = 0; k < classes; k++) {
      row[k] = logits[at + k] - largest;
    }
    exponential.run(row, 0, row, 0, row, 0, classes);
  }

  private static float largest(float[] logits, int at, int classes) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, logits[at + k]);
    }
    return largest;
  }

  private static double sum(float[] values, int at, int count) {
    double even = 0;
    double odd = 0;
    for (int k = 0; k < count - 1; k += 2) {
      even += values[at + k];
      odd += values[at + k + 1];
    }
    return count % 2 == 0 ? even + odd : even + odd + values[at + count - 1];
  }

  /** The rows with a label, at least 1. */
  private static int counted(float[] labels, int rows) {
    int counted = 0;
    for (int n = 0; n < rows; n++) {
      counted += labels[n] >= 0 ? 1 : 0;
    }
    return Math.max(1, counted);
  }

  private record Loss(Losses losses, Layout logits, float smoothing) implements HostKernel {
    @Override
    public int slices(int pass) {
      return 1;
    }

    @Override
    public void run(Args args, int pass, int slice) {
      float[] in = args.in(0);
      float[] labels = args.in(1);
      int classes = logits.channels();
      float[] row = losses.scratch.get(classes);
      double total = 0;
      for (int n = 0; n < logits.batch(); n++) {
        if (labels[n] >= 0) {
          int at = logits.index(n, 0, 0);
          float largest = largest(in, at, classes);
          losses.exponentials(in, at, largest, row, classes);
          double normalizer = largest + Math.log(sum(row, 0, classes));
          total += smoothing * normalizer;
          if (labels[n] < classes) { // else it is no target
            total += (1 - smoothing) * (normalizer - in[at + (int) labels[n]]);
          }
          if (smoothing > 0) {
            total -= smoothing / (double) classes * sum(in, at, classes);
          }
        }
      }
      args.out()[0] = (float) (total / counted(labels, logits.batch()));
    }
  }

  private record Gradient(Losses losses, Layout logits, Layout out, float smoothing)
      implements HostKernel {
    @Override
    public int slices(int pass) {
      long work = (long) logits.batch() * logits.channels();
      return (int) Math.max(1, Math.min(logits.batch(), work / SLICE));
    }

    @Override
    public void run(Args args, int pass, int slice) {
      float[] labels = args.in(2);
      double scale = args.in(0)[0] / (double) counted(labels, logits.batch());
      int end = Spans.first(logits.batch(), slice + 1, slices(0));
      for (int n = Spans.first(logits.batch(), slice, slices(0)); n < end; n++) {
        row(args.in(1), (int) labels[n], scale, args.out(), n);
      }
    }

    private void row(float[] in, int label, double scale, float[] dx, int n) {
      int classes = logits.channels();
      int at = logits.index(n, 0, 0);
      int to = out.index(n, 0, 0);
      float[] row = losses.scratch.get(classes);
      losses.exponentials(in, at, largest(in, at, classes), row, classes);
      double each = label < 0 ? 0 : scale;
      double sum = sum(row, 0, classes);
      float factor = (float) (each / sum);
      float rest = (float) (each * smoothing / classes);
      for (int k = 0; k < classes; k++) {
        dx[to + k] = row[k] * factor - rest;
      }
      if (label >= 0 && label < classes) { // in double: of a probability close to 1, little is left
        double target = 1 - smoothing + smoothing / (double) classes;
        dx[to + label] = (float) ((row[label] / sum - target) * each);
      }
    }
  }
}
