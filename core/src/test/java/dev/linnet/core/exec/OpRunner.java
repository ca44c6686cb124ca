package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Node;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs one operation on a backend and checks what every kernel owes: all elements written, borders
 * zero, inputs as they were, nothing taken from pad channels, from scratch memory or from what a
 * slot has behind a value.
 */
final class OpRunner {
  /** More scratch memory than a kernel asks for: a program has one for all its kernels. */
  private static final int SPARE_WORKSPACE = 5;

  /** More floats than a value needs: a slot is as large as the largest value that it holds. */
  private static final int SPARE_FLOATS = 6;

  /** Floats of a pixel before those of a slice, and behind them. */
  private static final int BEFORE = 5;

  private static final int BEHIND = 7;

  /** How feature maps lie in their buffers. */
  enum Placement {
    /** As the memory plan lays values between two operations. */
    PLANNED,
    /** As the memory plan lays a graph's inputs: no pad channels. */
    INPUT,
    /** With wider borders than the operation asks for, because another one wants them. */
    WIDE,
    /** The result in the middle of the pixels of a wider map; see {@link #possible}. */
    SLICE,
    /** The result over an input; see {@link #possible}. */
    IN_PLACE
  }

  private OpRunner() {}

  /** Whether a backend has a kernel for a case that is placed so. */
  static boolean possible(Backend backend, OpCase test, Placement placement) {
    if (placement == Placement.IN_PLACE) {
      return overwritten(backend, test) >= 0;
    } else if (placement != Placement.SLICE) {
      return true;
    }
    List<Layout> layouts = layouts(backend, test, placement);
    return test.modified().isEmpty()
        && test.outputIsMap()
        && backend.writesSlices(new OpKey(test.op(), layouts, output(backend, test, placement)));
  }

  private static List<Layout> layouts(Backend backend, OpCase test, Placement placement) {
    List<Layout> layouts = new ArrayList<>();
    for (int i = 0; i < test.operands().size(); i++) {
      layouts.add(input(backend, test, i, placement));
    }
    return layouts;
  }

  /** An input that the result may be written over, every one in some case; below 0 if none is. */
  private static int overwritten(Backend backend, OpCase test) {
    List<Layout> layouts = layouts(backend, test, Placement.IN_PLACE);
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < layouts.size(); i++) {
      boolean alike = test.operands().get(i).map() && layouts.get(i).shape().equals(test.output());
      if (alike
          && test.outputIsMap()
          && test.modified().isEmpty()
          && backend.inPlace(new OpKey(test.op(), layouts, layouts.get(i)), i)) {
        inputs.add(i);
      }
    }
    int choice = test.toString().hashCode();
    return inputs.isEmpty() ? -1 : inputs.get(Math.floorMod(choice, inputs.size()));
  }

  /**
   * Launches the kernel of a case.
   *
   * @return the dense values of the result, or those of the modified inputs
   */
  static List<float[]> launch(Backend backend, OpCase test, Placement placement) {
    List<Layout> layouts = new ArrayList<>();
    List<float[]> before = new ArrayList<>();
    List<Buffer> buffers = new ArrayList<>();
    for (int i = 0; i < test.operands().size(); i++) {
      OpCase.Operand operand = test.operands().get(i);
      layouts.add(input(backend, test, i, placement));
      before.add(spread(operand.values(), layouts.get(i)));
      buffers.add(raw(backend, before.get(i)));
    }
    boolean update = !test.modified().isEmpty();
    int over = placement == Placement.IN_PLACE ? overwritten(backend, test) : -1;
    Layout layout = over < 0 ? output(backend, test, placement) : layouts.get(over);
    Kernel kernel = backend.kernel(new OpKey(test.op(), layouts, layout));
    float[] unwritten = new float[test.output().size()];
    Arrays.fill(unwritten, Float.NaN);
    Buffer result = update ? null : raw(backend, spread(unwritten, layout));
    result = over < 0 ? result : buffers.get(over);
    float[] scratch = new float[kernel.workspace() + SPARE_WORKSPACE];
    Arrays.fill(scratch, Float.NaN);
    float[] prepared = new float[kernel.prepared() + SPARE_WORKSPACE];
    Arrays.fill(prepared, Float.NaN);
    Args args = new Args(buffers, result, raw(backend, prepared), raw(backend, scratch));
    kernel.prepare(args);
    kernel.run(args);
    assertSpare("prepared values", raw(backend, args.prepared()));
    assertSpare("scratch memory", raw(backend, args.workspace()));
    List<float[]> results = new ArrayList<>();
    for (int i = 0; i < buffers.size(); i++) {
      float[] after = raw(backend, buffers.get(i));
      if (test.modified().contains(i)) {
        results.add(Arrays.copyOf(after, layouts.get(i).floats()));
      } else if (i != over) {
        assertArrayEquals(before.get(i), after, "input " + i + " is modified");
      }
    }
    if (!update) {
      results.add(gather(raw(backend, result), layout));
    }
    return results;
  }

  /** Where memory is one array, the first of these are also what lies behind a result. */
  private static void assertSpare(String what, float[] floats) {
    for (int i = floats.length - SPARE_WORKSPACE; i < floats.length; i++) {
      if (!Float.isNaN(floats[i])) {
        assertEquals(Float.NaN, floats[i], "a float behind the " + what + " is written");
      }
    }
  }

  private static Layout input(Backend backend, OpCase test, int index, Placement placement) {
    OpCase.Operand operand = test.operands().get(index);
    if (!operand.map()) {
      return Layout.dense(operand.shape());
    }
    int channels = operand.shape().dim(-1);
    int stride = placement == Placement.INPUT ? channels : backend.channelStride(channels);
    int border = 0;
    if (operand.shape().rank() == 4) {
      border = backend.border(test.op(), index, operand.shape());
      border += placement == Placement.WIDE ? 1 + index % 2 : 0;
      border += placement == Placement.IN_PLACE ? 1 : 0;
    }
    return new Layout(operand.shape(), stride, border);
  }

  private static Layout output(Backend backend, OpCase test, Placement placement) {
    Shape shape = test.output();
    if (!test.outputIsMap()) {
      return Layout.dense(shape);
    }
    int border =
        switch (placement) {
          case PLANNED, IN_PLACE -> 0;
          case INPUT, SLICE -> 1;
          case WIDE -> 2;
        };
    border = shape.rank() == 4 ? border : 0;
    int room = backend.channelStride(shape.dim(-1));
    return placement == Placement.SLICE
        ? new Layout(shape, BEFORE + room + BEHIND, border, BEFORE, room)
        : new Layout(shape, room, border);
  }

  /** A buffer that holds exactly these floats, borders and pad channels included. */
  private static Buffer raw(Backend backend, float[] floats) {
    Buffer buffer = backend.allocate(floats.length);
    backend.upload(floats, Layout.dense(Shape.of(floats.length)), buffer);
    return buffer;
  }

  /** All floats of a buffer, borders and pad channels included. */
  private static float[] raw(Backend backend, Buffer buffer) {
    float[] floats = new float[buffer.floats()];
    backend.download(buffer, Layout.dense(Shape.of(floats.length)), floats);
    return floats;
  }

  /** Lays dense values out: zeros in the border, NaN in the pad channels and behind the value. */
  private static float[] spread(float[] values, Layout layout) {
    float[] floats = new float[layout.floats() + SPARE_FLOATS];
    Arrays.fill(floats, layout.floats(), floats.length, Float.NaN);
    int pixels = values.length / layout.channels();
    for (int pixel = 0; pixel < pixels; pixel++) {
      int at = position(layout, pixel);
      int first = at - layout.offset();
      Arrays.fill(floats, first, first + layout.channelStride(), Float.NaN);
      System.arraycopy(values, pixel * layout.channels(), floats, at, layout.channels());
    }
    return floats;
  }

  /** The dense values of a layout; its border must be zero. */
  private static float[] gather(float[] floats, Layout layout) {
    float[] values = new float[layout.shape().size()];
    float[] border = Arrays.copyOf(floats, layout.floats());
    for (int pixel = 0; pixel < values.length / layout.channels(); pixel++) {
      int at = position(layout, pixel);
      System.arraycopy(floats, at, values, pixel * layout.channels(), layout.channels());
      int first = at - layout.offset();
      for (int i = first; i < first + layout.channelStride(); i++) {
        if ((i < at || i >= at + layout.room()) && !Float.isNaN(floats[i])) {
          assertEquals(Float.NaN, floats[i], "beside " + layout + " float " + i + " is written");
        }
      }
      Arrays.fill(border, first, first + layout.channelStride(), 0);
    }
    for (int i = 0; i < border.length; i++) {
      if (border[i] != 0) {
        assertEquals(0, border[i], "the border of " + layout + " is written at float " + i);
      }
    }
    return values;
  }

  private static int position(Layout layout, int pixel) {
    if (layout.shape().rank() != 4) {
      return pixel * layout.channelStride() + layout.offset();
    }
    int column = pixel % layout.width();
    int row = pixel / layout.width();
    return layout.index(row / layout.height(), row % layout.height(), column);
  }

  /**
   * Runs a graph of this one operation twice, from the same values; both runs must agree.
   *
   * @param copied whether its feature maps are results of other operations rather than inputs
   * @return the dense values of the result, or those of the modified inputs
   */
  static List<float[]> program(Backend backend, OpCase test, boolean copied) {
    GraphBuilder builder = new GraphBuilder();
    List<Node> inputs = new ArrayList<>();
    for (int i = 0; i < test.operands().size(); i++) {
      OpCase.Operand operand = test.operands().get(i);
      if (operand.map()) {
        Node input = builder.input("x" + i, operand.shape());
        inputs.add(copied ? builder.add(new Concat(), input) : input);
      } else {
        inputs.add(builder.state("x" + i, operand.shape(), new Initializer.Fill(0)));
      }
    }
    Node node = builder.add(test.op(), inputs);
    boolean update = !test.modified().isEmpty();
    ParameterStore store = new ParameterStore(backend);
    Graph graph = builder.build(update ? Map.of() : Map.of("y", node));
    store.initialize(graph, 0);
    Program program = Program.compile(graph, store);
    List<float[]> first = run(program, store, test);
    List<float[]> second = run(program, store, test);
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.get(i), second.get(i), "a second run of " + test);
    }
    return first;
  }

  private static List<float[]> run(Program program, ParameterStore store, OpCase test) {
    for (int i = 0; i < test.operands().size(); i++) {
      OpCase.Operand operand = test.operands().get(i);
      if (operand.map()) {
        program.set("x" + i, operand.values());
      } else {
        store.put("x" + i, new Tensor(operand.shape(), operand.values()), false);
      }
    }
    program.run();
    if (test.modified().isEmpty()) {
      float[] values = new float[test.output().size()];
      program.read("y", values);
      return List.of(values);
    }
    return test.modified().stream().map(i -> store.tensor("x" + i).values()).toList();
  }

  /** Checks every element against the reference. */
  static void assertClose(OpCase test, List<float[]> expected, List<float[]> actual, String how) {
    assertEquals(expected.size(), actual.size());
    for (int k = 0; k < expected.size(); k++) {
      float[] right = expected.get(k);
      float[] values = actual.get(k);
      assertEquals(right.length, values.length);
      float largest = 0;
      for (float value : right) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int i = 0; i < right.length; i++) {
        double tolerance = test.tolerance(right[i], largest);
        boolean close =
            Float.compare(right[i], values[i]) == 0
                || Math.abs((double) right[i] - values[i]) <= tolerance; // false for NaN
        if (!close) {
          int at = i;
          assertEquals(
              right[i],
              values[i],
              tolerance,
              () -> test + ", " + how + ": element " + at + " of " + right.length);
        }
      }
    }
  }
}
