package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Activation.Function;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans elementwise operations on values of one shape. */
final class Pointwise {
  private final PointwiseLoops add = loops(PointwiseTemplate.ADD);
  private final PointwiseLoops multiply = loops(PointwiseTemplate.MULTIPLY);
  private final Map<Function, PointwiseLoops> functions = new EnumMap<>(Function.class);
  private final Map<Function, PointwiseLoops> gradients = new EnumMap<>(Function.class);

  Pointwise() {
    List<Function> all = List.of(Function.values());
    for (int i = 0; i < all.size(); i++) {
      functions.put(all.get(i), loops(i));
      gradients.put(all.get(i), loops(PointwiseTemplate.GRADIENT + i));
    }
  }

  private static PointwiseLoops loops(int code) {
    return Templates.copy(PointwiseTemplate.class, PointwiseLoops.class, code);
  }

  /**
   * What follows the sums of a convolution, if anything.
   *
   * @param residual the input that is added; 0 for none
   * @param function what is applied at last
   * @return null where nothing follows
   */
  Epilogue epilogue(OpKey key, int residual, Optional<Function> function) {
    if (residual == 0 && function.isEmpty()) {
      return null;
    }
    Layout y = key.output();
    Layout added = residual == 0 ? y : key.input(residual);
    return new Epilogue(
        y, added, residual, residual == 0 ? null : add, function.map(functions::get).orElse(null));
  }

  /** {@code a + b}; null where the layouts' channel strides differ. */
  HostKernel add(OpKey key) {
    return plan(add, key);
  }

  /** {@code a · b}; null where the layouts' channel strides differ. */
  HostKernel multiply(OpKey key) {
    return plan(multiply, key);
  }

  /** {@code f(x)}; null where the layouts' channel strides differ. */
  HostKernel activation(Function function, OpKey key) {
    return plan(functions.get(function), key);
  }

  /** {@code f(x)}. */
  PointwiseLoops function(Function function) {
    return functions.get(function);
  }

  /** {@code dy · f′(x)}. */
  PointwiseLoops slope(Function function) {
    return gradients.get(function);
  }

  /** {@code dy · f′(x)}; null where the layouts' channel strides differ. */
  HostKernel activationGradient(Function function, OpKey key) {
    return plan(gradients.get(function), key);
  }

  /** Zeros. */
  HostKernel zero(OpKey key) {
    Layout y = key.output();
    return new Run(Spans.of(y), y, y, y, null);
  }

  private static HostKernel plan(PointwiseLoops loops, OpKey key) {
    Layout a = key.input(0);
    Layout b = key.inputs().size() == 2 ? key.input(1) : a;
    Spans spans = Spans.of(a, b, key.output());
    return spans == null ? null : new Run(spans, a, b, key.output(), loops);
  }

  /** Loops over the spans; zeros where there are none. */
  private record Run(Spans spans, Layout a, Layout b, Layout y, PointwiseLoops loops)
      implements HostKernel {
    @Override
    public int slices(int pass) {
      return spans.slices();
    }

    @Override
    public void run(Args args, int pass, int slice) {
      int end = Spans.first(spans.count(), slice + 1, spans.slices());
      for (int i = Spans.first(spans.count(), slice, spans.slices()); i < end; i++) {
        int at = spans.start(y, i);
        if (loops == null) {
          Arrays.fill(args.out(), at, at + spans.floats(i), 0);
        } else {
          float[] second = args.in(args.size() - 1);
          loops.run(
              args.in(0),
              spans.start(a, i),
              second,
              spans.start(b, i),
              args.out(),
              at,
              spans.floats(i));
        }
      }
    }
  }
}
