package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import java.util.Arrays;

/**
 * Sums over batch and space for every channel: the moments of batch norm (two passes over x, the
 * second around the mean), the gradient of its affine part, the gradient of a bias. Every slice
 * sums its spans by vectors; the slices' sums are added up in order, in double.
 *
 * <p>Workspace: one coefficient a channel, then the sums of each slice.
 */
final class ChannelSums implements HostKernel {
  /** What is summed. */
  enum Kind {
    /** x to mean and biased variance. */
    MOMENTS,
    /** dy, x, moments to {@code Σ dy · x̂} and {@code Σ dy}. */
    AFFINE_GRADIENT,
    /** dy to its sum. */
    SUM
  }

  private final Kind kind;
  private final Layout a;
  private final Layout b;
  private final Spans spans;
  private final Channels channels;
  private final float epsilon;

  /**
   * Of one or two maps.
   *
   * @param a input 0
   * @param b input 1, or the same layout where there is none
   */
  ChannelSums(Kind kind, Layout a, Layout b, Spans spans, Channels channels, float epsilon) {
    this.kind = kind;
    this.a = a;
    this.b = b;
    this.spans = spans;
    this.channels = channels;
    this.epsilon = epsilon;
  }

  @Override
  public int workspace() {
    return channels.stride() + spans.slices() * step();
  }

  /** Floats of the sums of one slice. */
  private int step() {
    return (kind == Kind.AFFINE_GRADIENT ? 2 : 1) * channels.sums();
  }

  @Override
  public int passes() {
    return switch (kind) {
      case MOMENTS -> 4;
      case AFFINE_GRADIENT -> 3;
      case SUM -> 2;
    };
  }

  /** Whether a pass goes through the maps rather than through the channels. */
  private boolean summing(int pass) {
    return kind == Kind.AFFINE_GRADIENT ? pass == 1 : pass % 2 == 0;
  }

  @Override
  public int slices(int pass) {
    return summing(pass) ? spans.slices() : 1;
  }

  @Override
  public void run(Args args, int pass, int slice) {
    if (summing(pass)) {
      sum(args, pass, slice);
    } else if (kind == Kind.AFFINE_GRADIENT && pass == 0) {
      channels.spread(args.in(2), 0, args.scratch(), 0);
    } else {
      finish(args, pass);
    }
  }

  private void sum(Args args, int pass, int slice) {
    float[] scratch = args.scratch();
    int sums = channels.stride() + slice * step();
    Arrays.fill(scratch, sums, sums + step(), 0);
    int stride = spans.stride();
    int end = Spans.first(spans.count(), slice + 1, spans.slices());
    for (int i = Spans.first(spans.count(), slice, spans.slices()); i < end; i++) {
      int at = spans.start(a, i);
      int pixels = spans.pixels(i);
      if (kind == Kind.AFFINE_GRADIENT) {
        int x = spans.start(b, i);
        ChannelLoops.centredDots(
            args.in(0), at, args.in(1), x, pixels, stride, scratch, 0, scratch, sums);
        ChannelLoops.sum(args.in(0), at, pixels, stride, scratch, sums + channels.sums());
      } else if (pass == 0) {
        ChannelLoops.sum(args.in(0), at, pixels, stride, scratch, sums);
      } else {
        ChannelLoops.squares(args.in(0), at, pixels, stride, scratch, 0, scratch, sums);
      }
    }
  }

  private void finish(Args args, int pass) {
    float[] scratch = args.scratch();
    float[] out = args.out();
    int count = channels.channels();
    double elements = (double) a.shape().size() / count;
    int at = channels.stride();
    for (int c = 0; c < count; c++) {
      double total = channels.total(scratch, at, step(), spans.slices(), c);
      if (kind == Kind.SUM) {
        out[c] = (float) total;
      } else if (kind == Kind.AFFINE_GRADIENT) {
        out[c] = (float) (total / Math.sqrt(args.in(2)[count + c] + epsilon));
        out[count + c] =
            (float) channels.total(scratch, at + channels.sums(), step(), spans.slices(), c);
      } else if (pass == 1) {
        out[c] = (float) (total / elements);
      } else {
        out[count + c] = (float) (total / elements);
      }
    }
    if (kind == Kind.MOMENTS && pass == 1) {
      channels.spread(out, 0, scratch, 0);
    }
  }
}
