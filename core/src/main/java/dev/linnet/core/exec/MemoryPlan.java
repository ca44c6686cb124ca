package dev.linnet.core.exec;

import dev.linnet.core.graph.Fusion;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Images;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where every value of a graph will lie: its layout and its slot, known before anything is
 * allocated. Values whose lives do not overlap share slots, whatever their layouts: little memory
 * is used, and that stays in the caches. A result takes the place of an input that nobody else
 * reads where its kernel allows it ({@link InPlace}). A value with a border says whether the border
 * has to be cleared before it is written, because its slot had another layout in between.
 *
 * <p>A batch whose images can be computed apart is run in {@link MicroBatches}, of a size that the
 * backend chooses. Layouts and slots then are those of one of them; what depends on no image is
 * computed once and stays; images and results of the whole batch are staged on the host. So are the
 * values that the network's {@link Head} takes, which follows when all parts are done.
 */
public final class MemoryPlan {
  private static final int NONE = -1;

  private final Graph graph;
  private final Images images;
  private final MicroBatches parts;
  private final Head head;
  private final Layout[] layouts;
  private final Layout[] wholeBatch;
  private final InPlace inPlace;
  private final Slices slices;
  private final int[] slots;
  private final int[] takenSlots;
  private final List<Integer> slotFloats = new ArrayList<>();
  private final boolean[] clears;
  private final Kernel[] kernels;
  private final int workspace;

  private MemoryPlan(Graph graph, Backend backend, int most) {
    this.graph = graph;
    this.images = Images.of(graph);
    this.parts = MicroBatches.of(images.count(), most);
    this.head = split() ? Head.of(graph, images) : Head.none(graph);
    this.wholeBatch = layouts(graph, backend);
    this.layouts = split() ? layouts(graph.withBatch(parts.size()), backend) : wholeBatch.clone();
    graph.nodes().stream().filter(head::contains).forEach(n -> layouts[n.id()] = taken(n));
    this.inPlace = InPlace.of(graph, backend, layouts, this::kept);
    this.slices = Slices.of(graph, backend, layouts, this::kept);
    this.slots = new int[layouts.length];
    this.takenSlots = new int[layouts.length];
    this.kernels = new Kernel[layouts.length];
    int largest = 0;
    for (Node node : graph.nodes()) {
      if (!(node.op() instanceof Leaf)) {
        kernels[node.id()] = backend.kernel(key(node));
        largest = Math.max(largest, kernels[node.id()].workspace());
      }
    }
    this.workspace = largest;
    assignSlots();
    this.clears = clears();
  }

  /** Fuses a graph and plans it for a backend. Allocates no buffer. */
  public static MemoryPlan of(Graph graph, Backend backend) {
    Graph fused = Fusion.fuse(graph);
    return new MemoryPlan(fused, backend, most(fused, backend));
  }

  /** Plans a graph as it is: what plans of fused graphs are tested against. */
  static MemoryPlan unfused(Graph graph, Backend backend) {
    return new MemoryPlan(graph, backend, most(graph, backend));
  }

  /** Plans for parts of at most so many images: what plans of other parts are tested against. */
  static MemoryPlan inParts(Graph graph, Backend backend, int most) {
    return new MemoryPlan(Fusion.fuse(graph), backend, most);
  }

  /** The most images that should be run together. */
  private static int most(Graph graph, Backend backend) {
    Images images = Images.of(graph);
    if (images.count() == 1) {
      return 1;
    }
    Graph one = graph.withBatch(1);
    return Traffic.of(one, images, Head.of(graph, images), layouts(one, backend))
        .together(images.count(), backend.threads(), backend.cache());
  }

  private boolean split() {
    return parts.count() > 1;
  }

  private OpKey key(Node node) {
    List<Layout> inputs =
        node.inputs().stream()
            .map(n -> head.contains(node) && head.takes(n) ? taken(n) : layouts[n.id()])
            .toList();
    return new OpKey(node.op(), inputs, layouts[node.id()]);
  }

  private static Layout[] layouts(Graph graph, Backend backend) {
    List<Node> nodes = graph.nodes();
    int[] borders = new int[nodes.size()];
    for (Node node : nodes) {
      for (int i = 0; i < node.inputs().size(); i++) {
        Node input = node.input(i);
        if (input.featureMap() && input.shape().rank() == 4) {
          borders[input.id()] =
              Math.max(borders[input.id()], backend.border(node.op(), i, input.shape()));
        }
      }
    }
    Layout[] result = new Layout[nodes.size()];
    for (Node node : nodes) {
      int channels = node.shape().dim(-1);
      boolean padded = node.featureMap() && !(node.op() instanceof Leaf);
      result[node.id()] =
          new Layout(
              node.shape(),
              padded ? backend.channelStride(channels) : channels,
              borders[node.id()]);
    }
    return result;
  }

  private void assignSlots() {
    List<Node> nodes = graph.nodes();
    int[] lastUse = new int[nodes.size()];
    for (Node node : nodes) {
      node.inputs().forEach(n -> lastUse[n.id()] = node.id());
    }
    nodes.stream()
        .filter(n -> graph.outputs().containsValue(n) || head.takes(n))
        .forEach(n -> lastUse[n.id()] = nodes.size());
    List<Integer> free = new ArrayList<>(); // the last one was freed last
    List<List<Integer>> dying = new ArrayList<>();
    for (int i = 0; i <= nodes.size(); i++) {
      dying.add(new ArrayList<>());
    }
    Arrays.fill(slots, NONE);
    Arrays.fill(takenSlots, NONE);
    for (Node node : nodes) {
      int id = node.id();
      if (head.takes(node)) {
        takenSlots[id] = slotFloats.size();
        slotFloats.add(taken(node).floats());
      }
      if (stored(node)) {
        continue;
      }
      Node home = slices.home(node);
      Node before = inPlace.over(node);
      if (before != null) {
        slots[id] = slots[before.id()];
        dying.get(id).remove((Integer) slots[id]);
        dying.get(Math.max(lastUse[id], id)).add(slots[id]);
      } else if (slots[home.id()] == NONE && !(node.op() instanceof Update)) {
        int floats = layouts[home.id()].floats();
        int slot = kept(home) ? NONE : choose(free, floats);
        if (slot == NONE) {
          slot = slotFloats.size();
          slotFloats.add(0);
        }
        free.remove((Integer) slot);
        slots[home.id()] = slot;
        slotFloats.set(slot, Math.max(slotFloats.get(slot), floats));
        if (!kept(home)) {
          dying.get(Math.max(lastUse[home.id()], home.id())).add(slot);
        }
      }
      slots[id] = slots[home.id()];
      free.addAll(dying.get(id));
    }
  }

  /** Set outside a run, or computed once for all parts of a batch. */
  private boolean kept(Node node) {
    return node.op() instanceof Leaf || !everyPart(node);
  }

  /**
   * The smallest free slot that is large enough, or the largest one, which then grows; of several
   * the one that was freed last. {@link #NONE} where no slot is free.
   */
  private int choose(List<Integer> free, int floats) {
    int best = NONE;
    int size = 0;
    for (int i = free.size() - 1; i >= 0; i--) {
      int candidate = slotFloats.get(free.get(i));
      boolean better = size < floats ? candidate > size : candidate >= floats && candidate < size;
      if (best == NONE || better) {
        best = free.get(i);
        size = candidate;
      }
    }
    return best;
  }

  /** By node: a border, in a slot whose value before it, in this run or the last, had another. */
  private boolean[] clears() {
    boolean[] result = new boolean[layouts.length];
    Layout[] last = new Layout[slotFloats.size()];
    for (int pass = 0; pass < 2; pass++) {
      for (Node node : graph.nodes()) {
        int id = node.id();
        if (slots[id] != NONE) {
          Layout whole = whole(node);
          result[id] = whole.border() > 0 && !whole.equals(last[slots[id]]);
          last[slots[id]] = whole;
        }
      }
    }
    return result;
  }

  /** Whether a node's value lives in the parameter store. */
  static boolean stored(Node node) {
    return node.op() instanceof Leaf.Parameter || node.op() instanceof Leaf.State;
  }

  /** The planned graph, of the whole batch: that of {@link #of}, fused. */
  public Graph graph() {
    return graph;
  }

  /** The parts that a run consists of. */
  MicroBatches parts() {
    return parts;
  }

  /** Whether a node is computed in every part rather than once in a run. */
  boolean everyPart(Node node) {
    return !split() || (images.batched(node) && !head.contains(node));
  }

  /** What follows when all parts are done. */
  Head head() {
    return head;
  }

  /** How a value lies where the head takes it. */
  Layout taken(Node node) {
    return wholeBatch[node.id()];
  }

  /** The slot from which the head takes a value, below 0 where it does not. */
  int takenSlot(Node node) {
    return takenSlots[node.id()];
  }

  /** Whether the host keeps a node's value of the whole batch. */
  boolean staged(Node node) {
    return split()
        && images.batched(node)
        && !head.contains(node)
        && (node.op() instanceof Leaf || graph.outputs().containsValue(node) || head.takes(node));
  }

  /**
   * How the value of a node of the planned graph lies in its buffer: for one part of the batch, for
   * all of it in the head.
   */
  public Layout layout(Node node) {
    return layouts[node.id()];
  }

  /** How the map lies that a node's value is, or is a slice of. */
  Layout whole(Node node) {
    return layouts[slices.home(node).id()];
  }

  /** The kernel of a node that is not a leaf. */
  Kernel kernel(Node node) {
    return kernels[node.id()];
  }

  /** The slot of a node's value, below 0 where it has none. */
  int slot(Node node) {
    return slots[node.id()];
  }

  /** The floats of every slot. */
  List<Integer> slotFloats() {
    return slotFloats;
  }

  /** Whether the border of a node's value is cleared whenever the value is computed. */
  boolean clears(Node node) {
    return clears[node.id()];
  }

  /** Floats that the kernel of a node prepares; 0 for a leaf. */
  int prepared(Node node) {
    return kernels[node.id()] == null ? 0 : kernels[node.id()].prepared();
  }

  /** What the kernel of a node that is not a leaf prepares from. */
  Launch.Preparation preparation(Node node) {
    List<Node> from = kernels[node.id()].prepares().stream().map(node::input).toList();
    if (prepared(node) == 0) {
      return Launch.Preparation.NOTHING;
    } else if (from.stream().allMatch(MemoryPlan::stored)) {
      return Launch.Preparation.STORED;
    }
    return from.stream().anyMatch(this::everyPart)
        ? Launch.Preparation.OF_THE_PART
        : Launch.Preparation.SAME_FOR_ALL_PARTS;
  }

  /** Floats of scratch memory: the largest need of one kernel. */
  int workspace() {
    return workspace;
  }

  /**
   * The memory that a program of this plan allocates, in bytes, the store not included. Exact: this
   * is what {@link Program#compile} asks the backend for, and what it stages.
   */
  public long bytes() {
    return 4L * workspace
        + stagedBytes()
        + slotFloats.stream().mapToLong(floats -> 4L * floats).sum()
        + graph.nodes().stream().mapToLong(n -> 4L * prepared(n)).sum();
  }

  /** The memory that values of the whole batch take on the host, in bytes. */
  long stagedBytes() {
    return graph.nodes().stream().filter(this::staged).mapToLong(n -> 4L * n.shape().size()).sum();
  }

  /** The memory that parameters and states of the graph take, in bytes. */
  public long storedBytes() {
    return graph.nodes().stream()
        .filter(MemoryPlan::stored)
        .mapToLong(n -> 4L * n.shape().size())
        .sum();
  }
}
