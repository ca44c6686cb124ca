package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;

/**
 * A map with a few coefficients for every channel: these first, then spans.
 *
 * @param kinds of coefficients
 */
record Mapping(Plan plan, int kinds, Coefficients coefficients, Span span) implements HostKernel {
  /** Sets the coefficients, kind after kind. */
  interface Coefficients {
    void set(Args args, Channels channels, float[] k);
  }

  /** Maps one span. */
  interface Span {
    void run(Plan plan, Args args, int i, float[] k);
  }

  @Override
  public int workspace() {
    return kinds * plan.channels().stride();
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public int slices(int pass) {
    return pass == 0 ? 1 : plan.spans().slices();
  }

  @Override
  public void run(Args args, int pass, int slice) {
    float[] k = args.scratch();
    if (pass == 0) {
      coefficients.set(args, plan.channels(), k);
      return;
    }
    Spans spans = plan.spans();
    int end = Spans.first(spans.count(), slice + 1, spans.slices());
    for (int i = Spans.first(spans.count(), slice, spans.slices()); i < end; i++) {
      span.run(plan, args, i, k);
    }
  }
}
