package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Fusion;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.MovingAverage;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MemoryPlanTest {
  private static final Shape IMAGES = Shape.of(4, 9, 9, 3);

  private final CountingBackend backend = new CountingBackend(new PaddedBackend(1));

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  /** Convolutions and activations in turn, all of one shape. */
  private static Graph chain(int depth) {
    GraphBuilder builder = new GraphBuilder();
    Node x = builder.input("images", IMAGES);
    for (int i = 0; i < depth; i++) {
      Shape shape = Shape.of(8, x.shape().dim(3), 3, 3);
      Node w = builder.parameter("w" + i, shape, Initializer.he(8));
      x = builder.add(new Conv2d(Window.same(3, 1), 1), x, w);
      x = builder.add(new Activation(Function.RELU), x);
    }
    return builder.build(Map.of("y", x));
  }

  private static Graph training() {
    Recipe recipe =
        new Recipe(
            1, 4, TrainedNetwork.SGD, new Schedule.Constant(0.1f), 0, 1, Augmentation.NONE, 0);
    return Networks.training(
        (n, x) -> {
          Node a =
              n.invertedResidual("a", n.conv("stem", x, 8, 3, 1), 8, 5, 1, 3, Function.RELU, true);
          return n.classifier("c", n.concat(n.maxPool(a, 3, 2), n.avgPool(a, 3, 2)), 5);
        },
        IMAGES,
        Mode.TRAINING,
        Weights.own(),
        recipe);
  }

  @Test
  void theBytesAreKnownBeforeAnythingIsAllocatedAndExact() {
    for (Graph graph : List.of(chain(1), chain(7), training())) {
      CountingBackend counting = new CountingBackend(new PaddedBackend(1));
      MemoryPlan plan = MemoryPlan.of(graph, counting);
      assertEquals(0, counting.bytes());
      ParameterStore store = new ParameterStore(counting);
      store.initialize(graph, 0);
      assertEquals(plan.storedBytes(), counting.bytes());
      assertEquals(plan.storedBytes(), store.bytes());
      Program program = Program.compile(graph, store);
      assertEquals(plan.bytes(), counting.bytes() - plan.storedBytes());
      assertEquals(plan.bytes(), program.plan().bytes());
      counting.close();
    }
  }

  @Test
  void aPlanIsThatOfTheFusedGraph() {
    Graph graph = training();
    MemoryPlan plan = MemoryPlan.of(graph, backend);
    assertEquals(Fusion.fuse(graph).toString(), plan.graph().toString());
    MemoryPlan unfused = MemoryPlan.unfused(graph, backend);
    assertEquals(graph, unfused.graph());
    assertTrue(plan.bytes() < unfused.bytes(), plan.bytes() + " of " + unfused.bytes());
    assertEquals(plan.storedBytes(), unfused.storedBytes());
  }

  @Test
  void aDeeperChainTakesNoMoreMemory() {
    long shallow = MemoryPlan.of(chain(3), backend).bytes();
    assertEquals(shallow, MemoryPlan.of(chain(50), backend).bytes());
  }

  @Test
  void valuesWhoseLivesOverlapShareASlotOnlyAsSlicesOfOneMap() {
    for (Graph graph : List.of(chain(5), training())) {
      MemoryPlan plan = MemoryPlan.of(graph, backend);
      List<Node> nodes = plan.graph().nodes();
      int[] last = new int[nodes.size()];
      nodes.forEach(n -> n.inputs().forEach(i -> last[i.id()] = n.id()));
      plan.graph().outputs().values().forEach(n -> last[n.id()] = nodes.size());
      for (Node a : nodes) {
        for (Node b : nodes) {
          if (a.id() < b.id() && plan.slot(a) >= 0 && plan.slot(a) == plan.slot(b)) {
            boolean apart = last[a.id()] < b.id() || sameMap(plan, a, b);
            assertTrue(apart, a + " is needed when " + b + " is written");
            assertTrue(plan.layout(b).floats() <= plan.slotFloats().get(plan.slot(b)));
          }
        }
      }
    }
  }

  private static boolean sameMap(MemoryPlan plan, Node a, Node b) {
    return plan.layout(a).isSlice() && plan.whole(a).equals(plan.whole(b));
  }

  @Test
  void slotsAreReused() {
    MemoryPlan plan = MemoryPlan.of(chain(20), backend);
    long distinct =
        plan.graph().nodes().stream().mapToInt(plan::slot).filter(s -> s >= 0).distinct().count();
    assertTrue(distinct <= 4, distinct + " slots for 21 values");
  }

  @Test
  void bordersAreAsWideAsTheMostDemandingConsumerWants() {
    GraphBuilder builder = new GraphBuilder();
    Node images = builder.input("x", IMAGES);
    Node x = builder.add(new Activation(Function.RELU), images);
    Node w = builder.parameter("w", Shape.of(3, 3, 5, 5), Initializer.he(3));
    Node a = builder.add(new Conv2d(Window.same(5, 1), 1), x, w);
    Node b = builder.add(new MaxPool2d(Window.same(3, 1)), x);
    MemoryPlan plan =
        MemoryPlan.of(builder.build(Map.of("y", builder.add(new Add(), a, b))), backend);
    Graph graph = plan.graph(); // the first three nodes are as in the builder
    assertEquals(new Layout(IMAGES, 3, 0), plan.layout(graph.nodes().get(images.id())));
    assertEquals(new Layout(IMAGES, 8, 2), plan.layout(graph.nodes().get(x.id())));
    assertEquals(new Layout(IMAGES, 8, 0), plan.layout(graph.output("y")));
    assertEquals(Layout.dense(w.shape()), plan.layout(graph.nodes().get(w.id())));
  }

  @Test
  void valuesThatAreNoFeatureMapsAreDense() {
    MemoryPlan plan = MemoryPlan.of(training(), backend);
    for (Node node : plan.graph().nodes()) {
      if (!node.featureMap()) {
        assertTrue(plan.layout(node).isDense(), node.toString());
      }
    }
  }

  @Test
  void valuesOfDifferentLayoutsShareSlots() {
    GraphBuilder builder = new GraphBuilder();
    Node x = builder.input("images", IMAGES);
    for (int i = 0; i < 6; i++) { // 8, 16, 24, … channels, with and without a border
      Node w =
          builder.parameter(
              "w" + i, Shape.of(8 * (i + 1), x.shape().dim(3), 3, 3), Initializer.he(8));
      x = builder.add(new Conv2d(Window.same(3, 1), 1), x, w);
    }
    MemoryPlan plan = MemoryPlan.of(builder.build(Map.of("y", x)), backend);
    assertEquals(1 + 2, plan.slotFloats().size()); // the images' and two in turn
  }

  @Test
  void everyKernelMeetsBordersOfZerosInEveryRun() {
    for (Graph graph : List.of(chain(5), training())) {
      BorderCheck check = new BorderCheck(backend);
      ParameterStore store = new ParameterStore(check);
      store.initialize(graph, 0);
      Program program = Program.compile(graph, store);
      for (int run = 0; run < 3; run++) {
        program.set(Networks.IMAGES, OpCase.map(run, IMAGES.dims()).values());
        program.set(Networks.LABELS, 0, 1, 2, 3);
        program.run();
      }
      program.close();
      Program.compile(graph, store).run(); // on buffers that are no longer zeros
      assertTrue(check.checked() > 0);
    }
  }

  /** Looks at the borders of all inputs before a kernel runs. */
  private static final class BorderCheck extends ForwardingBackend {
    private int checked;

    BorderCheck(Backend backend) {
      super(backend);
    }

    /** How many borders it has looked at. */
    int checked() {
      return checked;
    }

    @Override
    public Kernel kernel(OpKey key) {
      return new ForwardingKernel(super.kernel(key)) {
        @Override
        public void run(Args args) {
          for (int i = 0; i < args.size(); i++) {
            if (key.input(i).border() > 0) {
              assertBorderIsZero(key.input(i), (HostBuffer) args.input(i));
              checked++;
            }
          }
          super.run(args);
        }
      };
    }
  }

  private static void assertBorderIsZero(Layout layout, HostBuffer buffer) {
    float[] rest = Arrays.copyOf(buffer.array(), layout.floats());
    for (int n = 0; n < layout.batch(); n++) {
      for (int h = 0; h < layout.height(); h++) {
        int row = layout.index(n, h, 0);
        Arrays.fill(rest, row, row + layout.width() * layout.channelStride(), 0);
      }
    }
    assertTrue(IntStream.range(0, rest.length).allMatch(i -> rest[i] == 0), layout.toString());
  }

  @Test
  void gradientsAreFreedByTheUpdateThatUsesThem() {
    GraphBuilder builder = new GraphBuilder();
    Node rate = builder.setting("rate", Shape.of(1));
    Initializer zero = new Initializer.Fill(0);
    for (int i = 0; i < 6; i++) { // six values, each taken by an update at once
      Node p = builder.parameter("p" + i, Shape.of(100), zero);
      Node twice = builder.add(new Add(), p, p);
      Node average = builder.state("a" + i, Shape.of(100), zero);
      builder.add(new MovingAverage(), average, twice, rate);
    }
    MemoryPlan plan = MemoryPlan.of(builder.build(Map.of()), backend);
    assertEquals(4 * (1 + 100), plan.bytes());
    assertFalse(plan.slotFloats().isEmpty());
  }
}
