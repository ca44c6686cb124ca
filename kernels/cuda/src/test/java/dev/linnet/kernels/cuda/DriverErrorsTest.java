package dev.linnet.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.DeviceMemoryException;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Precision;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every error of the driver is one clear exception, and nothing stays open. */
final class DriverErrorsTest {
  private static final int UNKNOWN_ERROR = 999;
  private static final int OUT_OF_MEMORY = 2;
  private static final int CYCLES = 1000;
  private static final int MOST_CALLS = 500;

  @BeforeEach
  void load() {
    StandIn.assumeLoaded();
  }

  private static Backend open() {
    return new CudaBackend("cuda", "stand-in", 0, Precision.FP32);
  }

  /**
   * Opens a backend, runs a network some times on images with and without pad channels, closes all.
   */
  private static float[] cycle() {
    GraphBuilder builder = new GraphBuilder();
    Node x = builder.input("x", Shape.of(2, 5, 4, 3));
    Node w = builder.parameter("w", Shape.of(6, 3, 3, 3), Initializer.he(27));
    Node y = builder.add(new Conv2d(Window.same(3, 1), 1), x, w);
    Graph graph =
        builder.build(Map.of("y", builder.add(new Activation(Activation.Function.SILU), y)));
    float[] images = new float[2 * 5 * 4 * 3];
    for (int i = 0; i < images.length; i++) {
      images[i] = i % 7 - 3;
    }
    float[] result = new float[2 * 5 * 4 * 6];
    try (Backend backend = open()) {
      ParameterStore store = new ParameterStore(backend);
      store.initialize(graph, 1);
      try (Program program = Program.compile(graph, store)) {
        for (int run = 0; run < 4; run++) {
          program.set("x", images);
          program.run();
          program.read("y", result);
        }
      }
    }
    return result;
  }

  @Test
  void everyCallThatFailsIsOneExceptionAndLeavesNothingOpen() {
    long before = StandIn.live();
    int failed = 0;
    boolean whole = false;
    while (!whole && failed < MOST_CALLS) {
      StandIn.inject(StandIn.ANY_CALL, failed, UNKNOWN_ERROR);
      int calls = StandIn.calls(StandIn.ANY_CALL);
      try {
        cycle();
        whole = StandIn.calls(StandIn.ANY_CALL) - calls <= failed;
        assertTrue(whole, "the error of call " + failed + " was passed over");
      } catch (CudaException e) {
        String message = e.getMessage();
        assertTrue(message.matches("CUDA: cu\\w+.* failed with .+ \\(999\\): .+"), message);
        assertEquals(before, StandIn.live(), "open after call " + failed + ": " + message);
        failed++;
      }
    }
    assertTrue(failed > 50 && failed < MOST_CALLS, failed + " calls in a cycle");
    assertEquals(before, StandIn.live());
  }

  @Test
  void aThousandBackendsOpenAndCloseWithoutALeak() {
    long before = StandIn.live();
    for (int i = 0; i < CYCLES; i++) {
      open().close();
    }
    assertEquals(before, StandIn.live());
  }

  @Test
  void fromTheThirdRunOnAProgramIsOneCall() {
    int before = StandIn.calls(StandIn.call("cuGraphLaunch"));
    float[] result = cycle();
    assertEquals(before + 2, StandIn.calls(StandIn.call("cuGraphLaunch")));
    assertArrayEquals(result, cycle());
  }

  @Test
  void whoMeasuresTimeCanWaitForTheDevice() {
    try (Backend backend = open()) {
      int before = StandIn.calls(StandIn.call("cuStreamSynchronize"));
      backend.finish();
      assertEquals(before + 1, StandIn.calls(StandIn.call("cuStreamSynchronize")));
    }
  }

  @Test
  void closingTwiceIsAllowed() {
    long before = StandIn.live();
    Backend backend = open();
    backend.close();
    backend.close();
    assertEquals(before, StandIn.live());
  }

  @Test
  void aDeviceWithoutRoomSaysHowMuchWasAskedFor() {
    StandIn.inject(StandIn.call("cuMemAlloc"), 0, OUT_OF_MEMORY);
    try (Backend backend = open()) {
      DeviceMemoryException error =
          assertThrows(DeviceMemoryException.class, () -> backend.allocate(1_000));
      assertTrue(
          error.getMessage().startsWith("CUDA: cuMemAlloc of 4000 bytes failed"),
          error.getMessage());
    }
  }

  @Test
  void buffersThatNobodyCanReachMakeRoom() {
    StandIn.memory(10_000_000);
    try (Backend backend = open()) {
      assertEquals(10_000_000, backend.memory());
      for (int i = 0; i < 20; i++) {
        assertEquals(1_000_000, backend.allocate(1_000_000).floats());
      }
    }
  }
}
