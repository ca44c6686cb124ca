package dev.linnet.kernels.cuda;

import static dev.linnet.kernels.cuda.Stage.elements;

import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Dropout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operations on one element at a time, and moves; {@code elementwise.cu}. */
final class Elementwise {
  private static final int IDENTITY = 0;
  private static final int ADD = 100;
  private static final int MULTIPLY = 101;

  private Elementwise() {}

  /** The kernels' number of a function. */
  static int code(Activation.Function function) {
    return switch (function) {
      case RELU -> 1;
      case RELU6 -> 2;
      case HARD_SWISH -> 3;
      case HARD_SIGMOID -> 4;
      case SILU -> 5;
      case SIGMOID -> 6;
    };
  }

  /** The kernels' number of a function, or of the identity. */
  static int code(Optional<Activation.Function> function) {
    return function.map(Elementwise::code).orElse(IDENTITY);
  }

  /** {@code y = scale · f(x)}. */
  private static Stage unary(
      Gpu gpu, Arguments pointers, Strides from, Strides to, int function, float scale) {
    int count = to.count();
    Arguments arguments = pointers.map(from).map(to).ints(count, function).floats(scale);
    return elements(gpu, "unary", count, arguments);
  }

  /** Copies input {@code index} element by element to the result. */
  static Stage move(Gpu gpu, int index, Strides from, Strides to) {
    return unary(gpu, new Arguments().input(index).output(), from, to, IDENTITY, 1);
  }

  /** Copies input {@code index} to what is prepared. */
  static Stage pack(Gpu gpu, int index, Strides from, Strides to) {
    return unary(gpu, new Arguments().input(index).prepared(), from, to, IDENTITY, 1);
  }

  private static Stage fill(Gpu gpu, Strides to, float value) {
    int count = to.count();
    return elements(gpu, "fill", count, new Arguments().output().map(to).ints(count).floats(value));
  }

  /**
   * Whether all values lie alike and without borders: then they are one row, pad channels and all.
   */
  private static boolean row(OpKey key) {
    Layout y = key.output();
    return y.border() == 0 && key.inputs().stream().allMatch(y::equals);
  }

  /** A value that is walked element by element, alike in all layouts of {@code key}. */
  private static Strides walked(Layout layout, OpKey key) {
    return row(key) ? Strides.dense(layout.floats()) : Strides.of(layout);
  }

  static CudaKernel activation(Gpu gpu, Activation.Function function, OpKey key) {
    Strides x = walked(key.input(0), key);
    Strides y = walked(key.output(), key);
    return CudaKernel.of(unary(gpu, new Arguments().input(0).output(), x, y, code(function), 1));
  }

  /** {@code dx = dy · f′(x)}. */
  static CudaKernel activationGradient(Gpu gpu, Activation.Function function, OpKey key) {
    return binary(gpu, key, code(function));
  }

  static CudaKernel add(Gpu gpu, OpKey key) {
    return binary(gpu, key, ADD);
  }

  static CudaKernel multiply(Gpu gpu, OpKey key) {
    return binary(gpu, key, MULTIPLY);
  }

  /** Also with the second one a vector of channels, or one pixel of every image. */
  private static CudaKernel binary(Gpu gpu, OpKey key, int operation) {
    Strides x = walked(key.input(0), key);
    Strides y = walked(key.output(), key);
    Layout second = key.input(1);
    Strides with = walked(second, key);
    if (second.shape().rank() == 1 && key.output().shape().rank() > 1) {
      with = Strides.vectorOver(y);
    } else if (!second.shape().equals(key.output().shape())) {
      with = with.overSpace(y);
    }
    int count = y.count();
    return CudaKernel.of(
        elements(
            gpu,
            "binary",
            count,
            new Arguments()
                .input(0)
                .input(1)
                .output()
                .map(x)
                .map(with)
                .map(y)
                .ints(count, operation)));
  }

  static CudaKernel zero(Gpu gpu, OpKey key) {
    return CudaKernel.of(fill(gpu, walked(key.output(), key), 0));
  }

  static CudaKernel dropout(Gpu gpu, Dropout dropout, OpKey key) {
    Strides y = Strides.of(key.output());
    int count = y.count();
    return CudaKernel.of(
        elements(
            gpu,
            "dropout",
            count,
            new Arguments()
                .input(0)
                .input(1)
                .output()
                .map(Strides.of(key.input(0)))
                .map(y)
                .ints(count, dropout.salt())
                .floats(dropout.rate())));
  }

  static CudaKernel concat(Gpu gpu, OpKey key) {
    Strides y = Strides.of(key.output());
    List<Stage> stages = new ArrayList<>();
    int offset = 0;
    for (int i = 0; i < key.inputs().size(); i++) {
      Strides x = Strides.of(key.input(i));
      stages.add(move(gpu, i, x, y.channels(offset, x.c())));
      offset += x.c();
    }
    return CudaKernel.of(stages.toArray(Stage[]::new));
  }

  /** The gradient of a concatenation: some of the channels. */
  static CudaKernel channels(Gpu gpu, int from, OpKey key) {
    Strides dx = Strides.of(key.output());
    return CudaKernel.of(move(gpu, 0, Strides.of(key.input(0)).channels(from, dx.c()), dx));
  }

  /** Between {@code [N, H, W, C]} and {@code [N, H·W·C]}, either way. */
  static CudaKernel reshape(Gpu gpu, OpKey key) {
    boolean flatten = key.input(0).shape().rank() == 4;
    Strides image = Strides.of(flatten ? key.input(0) : key.output());
    Strides row = Strides.of(flatten ? key.output() : key.input(0));
    Strides flat =
        new Strides(
            image.n(),
            image.h(),
            image.w(),
            image.c(),
            row.image(),
            image.w() * image.c(),
            image.c(),
            1,
            row.origin());
    return CudaKernel.of(move(gpu, 0, flatten ? image : flat, flatten ? flat : image));
  }

  /** Between a stored tensor and its leading slice, either way; dense on both sides. */
  static CudaKernel leadingSlice(Gpu gpu, OpKey key) {
    var in = key.input(0).shape();
    var out = key.output().shape();
    if (out.size() > in.size()) {
      Strides part = Strides.leading(out, in);
      return CudaKernel.of(
          fill(gpu, Strides.dense(out.size()), 0), move(gpu, 0, Strides.leading(in, in), part));
    }
    return CudaKernel.of(move(gpu, 0, Strides.leading(in, out), Strides.leading(out, out)));
  }

  /** The gradient of a global average: dy for every pixel. */
  static CudaKernel spread(Gpu gpu, OpKey key) {
    Strides dx = Strides.of(key.output());
    Strides dy = Strides.of(key.input(0)).overSpace(dx);
    return CudaKernel.of(
        unary(gpu, new Arguments().input(0).output(), dy, dx, IDENTITY, 1f / (dx.h() * dx.w())));
  }
}
