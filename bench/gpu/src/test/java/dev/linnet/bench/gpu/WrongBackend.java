package dev.linnet.bench.gpu;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.Buffer;
import dev.linnet.core.exec.Kernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.Shape;
import java.util.List;

/** A backend one of whose kernels, that of activations, adds a little to one element. */
record WrongBackend(Backend right) implements Backend {
  private static final float TOO_MUCH = 1e-4f;

  private record WrongKernel(Backend backend, Kernel right, Layout output) implements Kernel {
    @Override
    public List<Integer> prepares() {
      return right.prepares();
    }

    @Override
    public int prepared() {
      return right.prepared();
    }

    @Override
    public void prepare(Args args) {
      right.prepare(args);
    }

    @Override
    public int workspace() {
      return right.workspace();
    }

    @Override
    public void run(Args args) {
      right.run(args);
      float[] values = new float[output.shape().size()];
      backend.download(args.output(), output, values);
      values[values.length - 1] += TOO_MUCH;
      backend.upload(values, output, args.output());
    }
  }

  @Override
  public String name() {
    return right.name();
  }

  @Override
  public String description() {
    return right.description();
  }

  @Override
  public int channelStride(int channels) {
    return right.channelStride(channels);
  }

  @Override
  public int border(Op op, int index, Shape shape) {
    return right.border(op, index, shape);
  }

  @Override
  public Buffer allocate(int floats) {
    return right.allocate(floats);
  }

  @Override
  public void upload(float[] values, int from, Layout layout, Buffer buffer) {
    right.upload(values, from, layout, buffer);
  }

  @Override
  public void download(Buffer buffer, Layout layout, float[] values, int to) {
    right.download(buffer, layout, values, to);
  }

  @Override
  public void clearBorder(Buffer buffer, Layout layout) {
    right.clearBorder(buffer, layout);
  }

  @Override
  public Kernel kernel(OpKey key) {
    Kernel kernel = right.kernel(key);
    return key.op() instanceof Activation ? new WrongKernel(right, kernel, key.output()) : kernel;
  }

  @Override
  public void close() {
    right.close();
  }
}
