package dev.linnet.bench.cases;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.Buffer;
import dev.linnet.core.exec.Kernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Derivative;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import dev.linnet.core.graph.Update;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** One kernel with random values in the layouts that a memory plan would choose. */
final class KernelRun implements Prepared {
  private static final int IMAGE_CHANNELS = 3;

  private final Backend backend;
  private final Kernel kernel;
  private final Args args;

  /** In training the weights have changed at every step, at inference they never do. */
  private final boolean preparesEveryRun;

  private final Layout resultLayout;
  private final Buffer result;
  private final long flops;
  private final long bytes;
  private final long footprint;

  KernelRun(Backend backend, KernelCase of) {
    this.backend = backend;
    Op op = of.op();
    int maps = of.maps().size();
    List<Shape> shapes = new ArrayList<>(of.maps());
    shapes.addAll(of.dense());
    List<Boolean> featureMaps = new ArrayList<>();
    List<Layout> layouts = new ArrayList<>();
    List<Buffer> buffers = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      Shape shape = shapes.get(i);
      featureMaps.add(i < maps);
      Layout layout = i < maps ? map(backend, op, i, shape) : Layout.dense(shape);
      Buffer buffer = backend.allocate(layout.floats());
      backend.upload(values(op, i, shape, i < maps), layout, buffer);
      layouts.add(layout);
      buffers.add(buffer);
    }
    Shape shape = op.shape(shapes);
    boolean map = op.featureMap(featureMaps);
    Layout output =
        map ? new Layout(shape, backend.channelStride(shape.dim(-1)), 0) : Layout.dense(shape);
    this.kernel = backend.kernel(new OpKey(op, layouts, output));
    Buffer workspace = kernel.workspace() == 0 ? null : backend.allocate(kernel.workspace());
    Buffer out = backend.allocate(output.floats());
    Buffer prepared = kernel.prepared() == 0 ? null : backend.allocate(kernel.prepared());
    this.args = new Args(buffers, out, prepared, workspace);
    this.preparesEveryRun = op instanceof Derivative;
    kernel.prepare(args);
    this.flops = 2 * op.macs(shapes, shape);
    long floats = layouts.stream().mapToLong(Layout::floats).sum();
    long touched = floats;
    if (op instanceof Update update) {
      int first = update.modified().get(0);
      this.resultLayout = layouts.get(first);
      this.result = buffers.get(first);
      floats += update.modified().stream().mapToLong(i -> layouts.get(i).floats()).sum();
    } else {
      this.resultLayout = output;
      this.result = out;
      floats += output.floats();
      touched = floats;
    }
    this.footprint = touched * Float.BYTES;
    this.bytes = floats * Float.BYTES;
  }

  private static Layout map(Backend backend, Op op, int index, Shape shape) {
    int channels = shape.dim(-1);
    int stride = // images arrive without padding
        channels <= IMAGE_CHANNELS ? channels : backend.channelStride(channels);
    int border = shape.rank() == 4 ? backend.border(op, index, shape) : 0;
    return new Layout(shape, stride, border);
  }

  /**
   * Feature maps have both signs; parameters and settings are positive, as variances have to be.
   */
  private static float[] values(Op op, int index, Shape shape, boolean map) {
    boolean labels =
        op instanceof SoftmaxCrossEntropy && index == 1
            || op instanceof SoftmaxCrossEntropy.LogitsGradient && index == 2;
    RandomStream random = RandomStream.of(1, "benchmark", index);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          labels
              ? random.nextInt(2)
              : map ? (float) random.nextGaussian() : random.nextFloat() + 0.5f;
    }
    return values;
  }

  @Override
  public void enqueue() {
    if (preparesEveryRun) {
      kernel.prepare(args);
    }
    kernel.run(args);
  }

  @Override
  public void run() {
    enqueue();
    backend.finish();
  }

  @Override
  public long flops() {
    return flops;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public long footprint() {
    return footprint;
  }

  @Override
  public float[] result() {
    float[] values = new float[resultLayout.shape().size()];
    backend.download(result, resultLayout, values);
    return values;
  }

  @Override
  public void close() {
    // the buffers go with the backend
  }
}
