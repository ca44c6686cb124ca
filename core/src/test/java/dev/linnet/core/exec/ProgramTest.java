package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.MovingAverage;
import dev.linnet.core.graph.Node;
import dev.linnet.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProgramTest {
  private static final Initializer ZERO = new Initializer.Fill(0);

  private final CountingBackend backend = new CountingBackend(new PaddedBackend(2));
  private final ParameterStore store = new ParameterStore(backend);
  private final GraphBuilder builder = new GraphBuilder();
  private final Node x = builder.input("x", Shape.of(2, 3));

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  private Program compile(Map<String, Node> outputs) {
    Graph graph = builder.build(outputs);
    store.initialize(graph, 0);
    return Program.compile(graph, store);
  }

  private static float[] read(Program program, String name, int size) {
    float[] values = new float[size];
    program.read(name, values);
    return values;
  }

  @Test
  void anEarlyOutputIsStillThereAfterTheRun() {
    Node y = builder.add(new Add(), x, x);
    Node z = y;
    for (int i = 0; i < 6; i++) {
      z = builder.add(new Add(), z, z);
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("y", y);
    outputs.put("z", z);
    outputs.put("x", x);
    Program program = compile(outputs);
    for (int run = 1; run <= 2; run++) {
      program.set("x", run, 2, 3, 4, 5, 6);
      program.run();
      assertArrayEquals(new float[] {2 * run, 4, 6, 8, 10, 12}, read(program, "y", 6));
      assertArrayEquals(new float[] {128 * run, 256, 384, 512, 640, 768}, read(program, "z", 6));
      assertArrayEquals(new float[] {run, 2, 3, 4, 5, 6}, read(program, "x", 6));
    }
  }

  @Test
  void constantsAndUnchangedInputsHoldOverManyRuns() {
    Node one = builder.add(new Leaf.Constant(1, Shape.of(2, 3)));
    Program program = compile(Map.of("y", builder.add(new Add(), x, one)));
    program.set("x", 1, 2, 3, 4, 5, 6);
    for (int run = 0; run < 3; run++) {
      program.run();
      assertArrayEquals(new float[] {2, 3, 4, 5, 6, 7}, read(program, "y", 6));
    }
  }

  @Test
  void updatesRunInOrderAndAreSeenByTheNextRun() {
    Node average = builder.state("average", Shape.of(3), ZERO);
    Node value = builder.parameter("value", Shape.of(3), new Initializer.Fill(8));
    Node rate = builder.setting("rate", Shape.of(1));
    Node seen = builder.add(new Add(), average, average); // before the update
    builder.add(new MovingAverage(), average, value, rate);
    Program program = compile(Map.of("seen", seen));
    program.set("rate", 0.5f);
    float[] expected = {0, 8, 12};
    for (float twice : expected) {
      program.run();
      assertArrayEquals(new float[] {twice, twice, twice}, read(program, "seen", 3));
    }
    assertArrayEquals(new float[] {7, 7, 7}, store.tensor("average").values());
  }

  @Test
  void namesThatTheGraphDoesNotUseArePassedOver() {
    Program program = compile(Map.of("y", builder.add(new Add(), x, x)));
    program.set("dropoutKey", 1, 2);
    program.set("x", 1, 1, 1, 1, 1, 1);
    program.run();
    assertEquals(2, read(program, "y", 6)[5]);
  }

  @Test
  void anotherNumberOfValuesIsRefused() {
    Program program = compile(Map.of("y", builder.add(new Add(), x, x)));
    assertEquals(
        "input x [2, 3] takes 6 values, got 5",
        assertThrows(IllegalArgumentException.class, () -> program.set("x", new float[5]))
            .getMessage());
    assertEquals(
        "output y [2, 3] takes 6 values, got 7",
        assertThrows(IllegalArgumentException.class, () -> program.read("y", new float[7]))
            .getMessage());
    assertEquals(
        "no output z; there are [y]",
        assertThrows(IllegalArgumentException.class, () -> program.read("z", new float[6]))
            .getMessage());
  }

  @Test
  void aClosedProgramHandsItsBuffersToTheNextAndRunsNoMore() {
    Node y = builder.add(new Activation(Activation.Function.RELU), builder.add(new Add(), x, x));
    Program first = compile(Map.of("y", y));
    int buffers = backend.allocated().size();
    first.close();
    first.close();
    Program second = compile(Map.of("y", y));
    assertEquals(buffers, backend.allocated().size());
    compile(Map.of("y", y));
    assertEquals(2 * buffers, backend.allocated().size()); // second is still open
    second.close();
    for (Runnable use :
        new Runnable[] {first::run, () -> first.set("x", 1), () -> read(first, "y", 6)}) {
      assertEquals(
          "the program is closed",
          assertThrows(IllegalStateException.class, use::run).getMessage());
    }
  }
}
