package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** The contract's checks see every kind of broken kernel. */
final class OpRunnerTest {
  private static final OpCase BIAS =
      OpCase.of(new BiasAdd(), 1, OpCase.map(1, 2, 3, 3, 5), OpCase.dense(2, 5));

  /** What a kernel does behind the right computation. */
  private interface Fault {
    void apply(OpKey key, Args args);
  }

  /** Runs the bias kernel with a fault and gives the message of the check that fails. */
  private static String caught(Fault fault) {
    List<float[]> expected;
    try (Backend right = new PaddedBackend(1)) {
      expected = OpRunner.launch(right, BIAS, OpRunner.Placement.PLANNED);
    }
    try (Backend broken = new BrokenBackend(fault)) {
      return assertThrows(
              AssertionFailedError.class,
              () -> {
                List<float[]> actual = OpRunner.launch(broken, BIAS, OpRunner.Placement.WIDE);
                OpRunner.assertClose(BIAS, expected, actual, "broken");
              })
          .getMessage();
    }
  }

  @Test
  void aWriteIntoTheBorderIsSeen() {
    String message = caught((key, args) -> args.out()[0] = 1e-20f);
    assertTrue(message.contains("the border"), message);
  }

  @Test
  void aModifiedInputIsSeen() {
    String message = caught((key, args) -> args.in(1)[4] += 1);
    assertTrue(message.contains("input 1 is modified"), message);
  }

  @Test
  void anErrorOfAFewRoundingsIsSeen() {
    String message = caught((key, args) -> args.out()[key.output().index(1, 2, 2) + 4] += 1e-5f);
    assertTrue(message.contains("element 89 of 90"), message);
  }

  @Test
  void aValueFromAPadChannelIsSeen() {
    String message =
        caught(
            (key, args) -> {
              float pad = args.in(0)[key.input(0).index(0, 0, 0) + 5];
              args.out()[key.output().index(0, 0, 0)] += 0 * pad;
            });
    assertTrue(message.contains("element 0 of 90"), message);
  }

  @Test
  void aValueFromScratchMemoryIsSeen() {
    String message =
        caught((key, args) -> args.out()[key.output().index(0, 0, 0)] += 0 * args.scratch()[0]);
    assertTrue(message.contains("element 0 of 90"), message);
  }

  @Test
  void aWriteBehindTheScratchMemoryIsSeen() {
    String message = caught((key, args) -> args.scratch()[args.scratch().length - 1] = 0);
    assertTrue(message.contains("behind the scratch memory is written"), message);
  }

  @Test
  void anElementThatIsNotWrittenIsSeen() {
    String message = caught((key, args) -> args.out()[key.output().index(0, 2, 1) + 3] = Float.NaN);
    assertTrue(message.contains("element 38 of 90"), message);
  }

  @Test
  void aWrongOrMissingNumberIsSeen() {
    OpCase relu = OpCase.of(new Activation(Activation.Function.RELU), 1, OpCase.map(1, 1, 1, 1, 3));
    List<float[]> right = List.of(new float[] {0, 1, 2});
    for (float[] wrong : List.of(new float[] {0, 1, 2.001f}, new float[] {0, Float.NaN, 2})) {
      assertThrows(
          AssertionFailedError.class,
          () -> OpRunner.assertClose(relu, right, List.of(wrong), Arrays.toString(wrong)));
    }
  }

  /** Reference kernels with a fault behind each. */
  private static final class BrokenBackend extends HostBackend {
    private final Fault fault;

    BrokenBackend(Fault fault) {
      super(1);
      this.fault = fault;
    }

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public String description() {
      return "broken kernels";
    }

    @Override
    public int channelStride(int channels) {
      return channels + 3;
    }

    @Override
    public int border(Op op, int index, Shape shape) {
      return 1;
    }

    @Override
    protected HostKernel create(OpKey key) {
      HostKernel right = ScalarBackend.reference(key);
      return new SlicedKernel(
          1,
          (args, slice) -> {
            for (int s = 0; s < right.slices(0); s++) {
              right.run(args, 0, s);
            }
            fault.apply(key, args);
          });
    }
  }
}
