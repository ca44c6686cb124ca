package dev.linnet.core.exec;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Named parameters and states on one backend. A stand-alone network owns its store; the candidates
 * of a supernet share one.
 */
public final class ParameterStore {
  private final Backend backend;
  private final ParameterStore parent;
  private final BufferPool pool;
  private final Changes changes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Counted by a store and all of its overlays together. */
  private static final class Changes {
    private long count;
  }

  private record Entry(Shape shape, Buffer buffer, boolean trainable) {}

  /** An empty store. */
  public ParameterStore(Backend backend) {
    this(backend, null);
  }

  private ParameterStore(Backend backend, ParameterStore parent) {
    this.backend = backend;
    this.parent = parent;
    this.pool = parent == null ? new BufferPool(backend) : parent.pool;
    this.changes = parent == null ? new Changes() : parent.changes;
  }

  /**
   * A store that sees this one's tensors and keeps new ones to itself: the statistics of one
   * candidate over the weights that all share.
   */
  public ParameterStore overlay() {
    return new ParameterStore(backend, this);
  }

  /** Where the tensors are. */
  public Backend backend() {
    return backend;
  }

  /**
   * Adds every parameter and state of a graph that is not there yet, with its first values. What a
   * tensor starts with depends on the seed and its name alone.
   *
   * @throws IllegalArgumentException if a tensor is there with another shape
   */
  public void initialize(Graph graph, long seed) {
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Parameter p && isNew(p.name(), p.shape())) {
        put(p.name(), start(p.shape(), p.initializer(), seed, p.name()), true);
      } else if (node.op() instanceof Leaf.State s && isNew(s.name(), s.shape())) {
        put(s.name(), start(s.shape(), s.initializer(), seed, s.name()), false);
      }
    }
  }

  private boolean isNew(String name, Shape shape) {
    Entry entry = find(name);
    if (entry != null && !entry.shape().equals(shape)) {
      throw new IllegalArgumentException(
          name + " is stored as " + entry.shape() + ", the graph has " + shape);
    }
    return entry == null;
  }

  private static Tensor start(Shape shape, Initializer initializer, long seed, String name) {
    Tensor tensor = Tensor.zeros(shape);
    initializer.fill(shape, tensor.values(), RandomStream.of(seed, name));
    return tensor;
  }

  /**
   * Adds or replaces a tensor; in an overlay, its own.
   *
   * @param trainable whether it is a parameter rather than a state
   */
  public void put(String name, Tensor tensor, boolean trainable) {
    Entry entry = entries.get(name);
    boolean fits = entry != null && entry.shape().equals(tensor.shape());
    Buffer buffer = fits ? entry.buffer() : backend.allocate(tensor.shape().size());
    entry = new Entry(tensor.shape(), buffer, trainable);
    entries.put(name, entry);
    backend.upload(tensor.values(), Layout.dense(tensor.shape()), entry.buffer());
    changed();
  }

  /**
   * A copy of a tensor's values.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Tensor tensor(String name) {
    Entry entry = entry(name);
    Tensor tensor = Tensor.zeros(entry.shape());
    backend.download(entry.buffer(), Layout.dense(entry.shape()), tensor.values());
    return tensor;
  }

  /** The names of this store's own tensors, in the order in which they were added. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** Whether {@code name} is a parameter, not a state. */
  public boolean trainable(String name) {
    return entry(name).trainable();
  }

  /** The memory that the tensors take, in bytes. */
  public long bytes() {
    return entries.values().stream().mapToLong(e -> 4L * e.buffer().floats()).sum();
  }

  /**
   * A tensor with its kind.
   *
   * @param tensor the values
   * @param trainable whether it is a parameter rather than a state
   */
  public record Stored(Tensor tensor, boolean trainable) {}

  /** Copies of this store's own tensors, in the order in which they were added. */
  public Map<String, Stored> contents() {
    Map<String, Stored> result = new LinkedHashMap<>();
    names().forEach(name -> result.put(name, new Stored(tensor(name), trainable(name))));
    return result;
  }

  /** Adds or replaces tensors, such as the {@link #contents} of another store. */
  public void putAll(Map<String, Stored> contents) {
    contents.forEach((name, stored) -> put(name, stored.tensor(), stored.trainable()));
  }

  /** Copies of the tensors whose name is accepted: to go back to with {@link #restore}. */
  public Map<String, Tensor> snapshot(Predicate<String> accepted) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    names().stream().filter(accepted).forEach(name -> result.put(name, tensor(name)));
    return result;
  }

  /** Writes the values of a snapshot back. */
  public void restore(Map<String, Tensor> snapshot) {
    snapshot.forEach((name, tensor) -> put(name, tensor, entry(name).trainable()));
  }

  /** Another number after every change of a tensor here, below or above. */
  long version() {
    return changes.count;
  }

  /** Says that a program has written to tensors. */
  void changed() {
    changes.count++;
  }

  /** Where programs over this store and its overlays take their buffers from. */
  BufferPool pool() {
    return pool;
  }

  /** The buffer behind a leaf. */
  Buffer buffer(Op leaf) {
    String name = leaf instanceof Leaf.Parameter p ? p.name() : ((Leaf.State) leaf).name();
    Shape shape = ((Leaf) leaf).shape();
    Entry entry = entry(name);
    if (!entry.shape().equals(shape)) {
      throw new IllegalArgumentException(
          name + " is stored as " + entry.shape() + ", the graph has " + shape);
    }
    return entry.buffer();
  }

  private Entry find(String name) {
    Entry own = entries.get(name);
    return own != null || parent == null ? own : parent.find(name);
  }

  private Entry entry(String name) {
    Entry entry = find(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "no tensor " + name + " among the " + entries.size() + " stored");
    }
    return entry;
  }
}
