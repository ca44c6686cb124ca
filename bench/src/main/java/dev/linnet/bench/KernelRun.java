package dev.linnet.bench;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.Buffer;
import dev.linnet.core.exec.Kernel;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** One kernel with random values in the layouts that a memory plan would choose. */
final class KernelRun {
  private final Kernel kernel;
  private final Args args;
  private final long macs;

  /**
   * Prepares it.
   *
   * @param maps the shapes of the inputs that are feature maps
   * @param dense the shapes of the inputs behind them
   */
  KernelRun(Backend backend, Op op, List<Shape> maps, List<Shape> dense) {
    List<Shape> shapes = new ArrayList<>(maps);
    shapes.addAll(dense);
    List<Boolean> featureMaps = new ArrayList<>();
    List<Layout> layouts = new ArrayList<>();
    List<Buffer> buffers = new ArrayList<>();
    RandomStream random = RandomStream.of(1, "benchmark");
    for (int i = 0; i < shapes.size(); i++) {
      featureMaps.add(i < maps.size());
      Layout layout =
          i < maps.size() ? map(backend, op, i, shapes.get(i)) : Layout.dense(shapes.get(i));
      Buffer buffer = backend.allocate(layout.floats());
      float[] values = new float[shapes.get(i).size()];
      for (int k = 0; k < values.length; k++) {
        values[k] = random.nextFloat() + 0.5f;
      }
      backend.upload(values, layout, buffer);
      layouts.add(layout);
      buffers.add(buffer);
    }
    Shape shape = op.shape(shapes);
    boolean map = op.featureMap(featureMaps);
    Layout output =
        map ? new Layout(shape, backend.channelStride(shape.dim(-1)), 0) : Layout.dense(shape);
    this.kernel = backend.kernel(new OpKey(op, layouts, output));
    Buffer workspace = kernel.workspace() == 0 ? null : backend.allocate(kernel.workspace());
    this.args = new Args(buffers, backend.allocate(output.floats()), workspace);
    this.macs = op.macs(shapes, shape);
  }

  private static Layout map(Backend backend, Op op, int index, Shape shape) {
    int channels = shape.dim(-1);
    int stride = channels <= 3 ? channels : backend.channelStride(channels); // as images arrive
    return new Layout(shape, stride, backend.border(op, index, shape));
  }

  /** Runs the kernel once. */
  void run() {
    kernel.run(args);
  }

  /** Multiply-accumulates of one run. */
  long macs() {
    return macs;
  }
}
