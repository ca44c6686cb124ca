package dev.linnet.core.exec;

/** Reference matrix products of {@link dev.linnet.core.graph.Dense}. */
final class ScalarDense {
  private ScalarDense() {}

  static HostKernel forward(OpKey key) {
    Layout x = key.input(0);
    Layout y = key.output();
    int features = x.channels();
    return new SlicedKernel(
        y.batch(),
        (args, n) -> {
          for (int o = 0; o < y.channels(); o++) {
            double sum = 0;
            for (int i = 0; i < features; i++) {
              sum += args.in(0)[x.index(n, 0, 0) + i] * args.in(1)[o * features + i];
            }
            args.out()[y.index(n, 0, 0) + o] = (float) sum;
          }
        });
  }

  static HostKernel inputGradient(OpKey key) {
    Layout dy = key.input(0);
    Layout dx = key.output();
    int features = dx.channels();
    return new SlicedKernel(
        dx.batch(),
        (args, n) -> {
          for (int i = 0; i < features; i++) {
            double sum = 0;
            for (int o = 0; o < dy.channels(); o++) {
              sum += args.in(0)[dy.index(n, 0, 0) + o] * args.in(1)[o * features + i];
            }
            args.out()[dx.index(n, 0, 0) + i] = (float) sum;
          }
        });
  }

  static HostKernel weightGradient(OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    int features = x.channels();
    return new SlicedKernel(
        dy.channels(),
        (args, o) -> {
          for (int i = 0; i < features; i++) {
            double sum = 0;
            for (int n = 0; n < dy.batch(); n++) {
              sum += args.in(0)[dy.index(n, 0, 0) + o] * args.in(1)[x.index(n, 0, 0) + i];
            }
            args.out()[o * features + i] = (float) sum;
          }
        });
  }
}
