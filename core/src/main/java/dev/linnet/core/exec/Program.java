package dev.linnet.core.exec;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A graph made ready on a backend: buffers planned once, kernels chosen once. {@link #run()}
 * executes every node in order, part by part of a batch where the plan says so and the network's
 * head behind them, and allocates nothing.
 */
public final class Program implements AutoCloseable {
  private static final long NEVER = -1;

  /** A value of all parts that the head takes from a buffer for the whole batch. */
  private record Handover(Port port, Layout whole, Buffer buffer) {}

  private final MemoryPlan plan;
  private final ParameterStore store;
  private final List<Buffer> slots = new ArrayList<>();
  private final List<Buffer> preparedBuffers = new ArrayList<>();
  private final Buffer workspace;
  private final Map<String, Port> inputs = new HashMap<>();
  private final Map<String, Port> outputs = new HashMap<>();
  private final Port[] entries;
  private final Port[] exits;
  private final Handover[] handovers;
  private final Launch[] launches;
  private final Launch[] head;
  private final Backend.Replay unchanged;
  private final Backend.Replay afterChange;
  private final boolean updates;
  private long preparedVersion = NEVER;
  private boolean closed;

  private Program(MemoryPlan plan, ParameterStore store) {
    this.plan = plan;
    this.store = store;
    plan.slotFloats().forEach(floats -> slots.add(store.pool().take(floats)));
    this.workspace = take(plan.workspace());
    List<Node> nodes = plan.graph().nodes();
    Buffer[] values = new Buffer[nodes.size()];
    Map<Node, Port> ports = new HashMap<>();
    List<Launch> all = new ArrayList<>();
    List<Launch> late = new ArrayList<>();
    for (Node node : nodes) {
      if (MemoryPlan.stored(node)) {
        values[node.id()] = store.buffer(node.op());
      } else if (!(node.op() instanceof Update)) {
        values[node.id()] = slots.get(plan.slot(node));
        if (plan.whole(node).border() > 0) {
          store.backend().clearBorder(values[node.id()], plan.whole(node));
        }
      }
      if (node.op() instanceof Leaf.Input input) {
        ports.put(node, port(node, values));
        inputs.put(input.name(), ports.get(node));
      } else if (node.op() instanceof Leaf.Constant constant) {
        float[] filled = new float[node.shape().size()];
        Arrays.fill(filled, constant.value());
        store.backend().upload(filled, plan.layout(node), values[node.id()]);
      } else if (!(node.op() instanceof Leaf)) {
        (plan.head().contains(node) ? late : all).add(launch(node, values));
      }
    }
    List<Handover> taken =
        nodes.stream()
            .filter(plan.head()::takes)
            .map(node -> handover(node, ports.computeIfAbsent(node, n -> port(n, values))))
            .toList();
    for (Map.Entry<String, Node> output : plan.graph().outputs().entrySet()) {
      Node node = output.getValue();
      outputs.put(output.getKey(), ports.computeIfAbsent(node, n -> port(n, values)));
    }
    this.entries = inputs.values().toArray(Port[]::new);
    this.exits =
        Stream.concat(outputs.values().stream(), taken.stream().map(Handover::port))
            .distinct()
            .toArray(Port[]::new);
    this.handovers = taken.toArray(Handover[]::new);
    this.launches = all.toArray(Launch[]::new);
    this.head = late.toArray(Launch[]::new);
    this.unchanged = store.backend().replay(() -> launchWhole(false));
    this.afterChange = store.backend().replay(() -> launchWhole(true));
    this.updates = nodes.stream().anyMatch(n -> n.op() instanceof Update);
  }

  private Port port(Node node, Buffer[] values) {
    Buffer buffer = values[node.id()];
    return new Port(store.backend(), node.shape(), plan.layout(node), buffer, plan.staged(node));
  }

  private Handover handover(Node node, Port port) {
    Layout whole = plan.taken(node);
    Buffer buffer = slots.get(plan.takenSlot(node));
    if (whole.border() > 0) {
      store.backend().clearBorder(buffer, whole);
    }
    return new Handover(port, whole, buffer);
  }

  private Launch launch(Node node, Buffer[] values) {
    boolean late = plan.head().contains(node);
    List<Buffer> buffers =
        node.inputs().stream()
            .map(n -> late && plan.head().takes(n) ? slots.get(plan.takenSlot(n)) : values[n.id()])
            .toList();
    Buffer prepared = take(plan.prepared(node));
    if (prepared != null) {
      preparedBuffers.add(prepared);
    }
    Args args = new Args(buffers, values[node.id()], prepared, workspace);
    Runnable border = plan.clears(node) ? border(args.output(), plan.whole(node)) : null;
    return new Launch(
        plan.kernel(node), args, border, plan.preparation(node), plan.everyPart(node));
  }

  private Runnable border(Buffer buffer, Layout layout) {
    Backend backend = store.backend();
    return () -> backend.clearBorder(buffer, layout);
  }

  /** A buffer from the pool; null where nothing is needed. */
  private Buffer take(int floats) {
    return floats == 0 ? null : store.pool().take(floats);
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

  /** A program that runs at most so many images together: what others are tested against. */
  static Program compileInParts(Graph graph, ParameterStore store, int most) {
    return new Program(MemoryPlan.inParts(graph, store.backend(), most), store);
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
      port.set(values);
    }
  }

  /** Executes the graph once. What kernels make of stored weights is kept until these change. */
  public void run() {
    checkOpen();
    boolean changed = preparedVersion != store.version();
    if (plan.parts().count() == 1) {
      (changed ? afterChange : unchanged).run();
    } else {
      runParts(changed);
    }
    preparedVersion = store.version();
    if (updates) {
      store.changed();
    }
  }

  /** Waits until the last run is done, without reading anything: for who measures time. */
  public void finish() {
    checkOpen();
    store.backend().finish();
  }

  private void launchWhole(boolean changed) {
    for (Launch launch : launches) {
      launch.run(true, changed);
    }
  }

  private void runParts(boolean changed) {
    for (int part = 0; part < plan.parts().count(); part++) {
      int first = plan.parts().first(part);
      for (Port entry : entries) {
        entry.enter(first);
      }
      for (Launch launch : launches) {
        launch.run(part == 0, changed);
      }
      for (Port exit : exits) {
        exit.leave(first);
      }
    }
    for (Handover handover : handovers) {
      handover.port().hand(handover.whole(), handover.buffer());
    }
    for (Launch launch : head) {
      launch.run(true, changed);
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
    port.read(values);
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
    unchanged.close();
    afterChange.close();
    slots.forEach(store.pool()::give);
    preparedBuffers.forEach(store.pool()::give);
    if (workspace != null) {
      store.pool().give(workspace);
    }
  }

  private static void check(String kind, String name, Port port, float[] values) {
    int size = port.shape().size();
    if (values.length != size) {
      throw new IllegalArgumentException(
          "%s %s %s takes %d values, got %d"
              .formatted(kind, name, port.shape(), size, values.length));
    }
  }
}
