package dev.linnet.core.exec;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Update;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph made ready on a backend: buffers planned once, kernels chosen once. {@link #run()}
 * executes every node in order and allocates nothing.
 */
public final class Program implements AutoCloseable {
  private final Backend backend;
  private final MemoryPlan plan;
  private final BufferPool pool;
  private final List<Buffer> slots = new ArrayList<>();
  private final Buffer workspace;
  private final Map<String, Port> inputs = new HashMap<>();
  private final Map<String, Port> outputs = new HashMap<>();
  private final Kernel[] kernels;
  private final Args[] args;
  private boolean closed;

  private record Port(Layout layout, Buffer buffer) {}

  private Program(MemoryPlan plan, ParameterStore store) {
    this.backend = store.backend();
    this.plan = plan;
    this.pool = store.pool();
    plan.slotLayouts().forEach(layout -> slots.add(pool.take(layout)));
    this.workspace = plan.workspace() > 0 ? pool.take(scratch(plan)) : null;
    List<Node> nodes = plan.graph().nodes();
    Buffer[] values = new Buffer[nodes.size()];
    List<Kernel> kernelList = new ArrayList<>();
    List<Args> argsList = new ArrayList<>();
    for (Node node : nodes) {
      Layout layout = plan.layout(node);
      if (MemoryPlan.stored(node)) {
        values[node.id()] = store.buffer(node.op());
      } else if (!(node.op() instanceof Update)) {
        values[node.id()] = slots.get(plan.slot(node));
      }
      if (node.op() instanceof Leaf.Input input) {
        inputs.put(input.name(), new Port(layout, values[node.id()]));
      } else if (node.op() instanceof Leaf.Constant constant) {
        float[] filled = new float[node.shape().size()];
        Arrays.fill(filled, constant.value());
        backend.upload(filled, layout, values[node.id()]);
      } else if (!(node.op() instanceof Leaf)) {
        List<Buffer> buffers = node.inputs().stream().map(n -> values[n.id()]).toList();
        kernelList.add(plan.kernel(node));
        argsList.add(new Args(buffers, values[node.id()], workspace));
      }
    }
    plan.graph()
        .outputs()
        .forEach((name, n) -> outputs.put(name, new Port(plan.layout(n), values[n.id()])));
    this.kernels = kernelList.toArray(Kernel[]::new);
    this.args = argsList.toArray(Args[]::new);
  }

  /**
   * Fuses, plans and binds a graph.
   *
   * @param store has every parameter and state of the graph; see {@link ParameterStore#initialize}
   * @throws IllegalArgumentException if the store lacks one, or has it with another shape
   */
  public static Program compile(Graph graph, ParameterStore store) {
    return new Program(MemoryPlan.of(graph, store.backend()), store);
  }

  /** A program of the graph as it is: what programs of fused graphs are tested against. */
  static Program compileUnfused(Graph graph, ParameterStore store) {
    return new Program(MemoryPlan.unfused(graph, store.backend()), store);
  }

  private static Layout scratch(MemoryPlan plan) {
    return Layout.dense(Shape.of(plan.workspace()));
  }

  /** The graph that it runs: the compiled one, fused. */
  public Graph graph() {
    return plan.graph();
  }

  /** The plan behind it. */
  public MemoryPlan plan() {
    return plan;
  }

  /**
   * Sets an input. A name that the graph does not use is passed over, so that one caller serves
   * graphs with and without dropout, say.
   *
   * @param values dense, in row-major order; copied
   * @throws IllegalArgumentException if the number of values is not the input's
   */
  public void set(String name, float... values) {
    checkOpen();
    Port port = inputs.get(name);
    if (port != null) {
      check("input", name, port, values);
      backend.upload(values, port.layout(), port.buffer());
    }
  }

  /** Executes the graph once. */
  public void run() {
    checkOpen();
    for (int i = 0; i < kernels.length; i++) {
      kernels[i].run(args[i]);
    }
  }

  /**
   * Reads an output of the last run.
   *
   * @param values receives it, dense, in row-major order
   * @throws IllegalArgumentException if there is no such output or the number of values is another
   */
  public void read(String name, float[] values) {
    checkOpen();
    Port port = outputs.get(name);
    if (port == null) {
      throw new IllegalArgumentException("no output " + name + "; there are " + outputs.keySet());
    }
    check("output", name, port, values);
    backend.download(port.buffer(), port.layout(), values);
  }

  /** Its buffers may be another program's by now. */
  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the program is closed");
    }
  }

  /** Hands the buffers on; the program cannot be used any more. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (int i = 0; i < slots.size(); i++) {
      pool.give(plan.slotLayouts().get(i), slots.get(i));
    }
    if (workspace != null) {
      pool.give(scratch(plan), workspace);
    }
  }

  private static void check(String kind, String name, Port port, float[] values) {
    if (values.length != port.layout().shape().size()) {
      throw new IllegalArgumentException(
          kind
              + " "
              + name
              + " "
              + port.layout().shape()
              + " takes "
              + port.layout().shape().size()
              + " values, got "
              + values.length);
    }
  }
}
