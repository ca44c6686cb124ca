package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.graph.Derivative;
import dev.linnet.core.graph.Differentiable;
import dev.linnet.core.graph.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What every backend must do: each operation as the scalar reference does it, on sizes that fit no
 * vector, in all layouts that a memory plan may give, the same bits for any number of threads.
 *
 * <p>A backend's test extends this class and says how to open the backend. Where it is not usable
 * on this machine, {@link #open} aborts the test with an assumption.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendContract {
  private static final int MOST_THREADS = 3;

  private final Backend reference = new ScalarBackend(1);
  private final List<Backend> backends = new ArrayList<>();

  /** Opens the backend under test. */
  protected abstract Backend open(int threads);

  @BeforeAll
  final void openBackends() {
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
      backends.add(open(threads));
    }
  }

  @AfterAll
  final void closeBackends() {
    backends.forEach(Backend::close);
    reference.close();
  }

  /** The backend that uses this many threads. */
  final Backend backend(int threads) {
    return backends.get(threads - 1);
  }

  @TestFactory
  Stream<DynamicTest> convolutionsEqualTheReference() {
    return tests(ConvolutionCases.convolutions());
  }

  @TestFactory
  Stream<DynamicTest> convolutionsOfEveryWidthAndOutputCountEqualTheReference() {
    return tests(ConvolutionCases.tiles());
  }

  @TestFactory
  Stream<DynamicTest> denseLayersEqualTheReference() {
    return tests(ConvolutionCases.dense());
  }

  @TestFactory
  Stream<DynamicTest> poolsEqualTheReference() {
    return tests(PoolCases.pools());
  }

  @TestFactory
  Stream<DynamicTest> globalPoolsEqualTheReference() {
    return tests(PoolCases.global());
  }

  @TestFactory
  Stream<DynamicTest> activationsEqualTheReference() {
    return tests(PointwiseCases.activations());
  }

  @TestFactory
  Stream<DynamicTest> arithmeticEqualsTheReference() {
    return tests(PointwiseCases.arithmetic());
  }

  @TestFactory
  Stream<DynamicTest> batchNormsEqualTheReference() {
    return tests(PointwiseCases.norms());
  }

  @TestFactory
  Stream<DynamicTest> movesEqualTheReference() {
    return tests(PointwiseCases.moves());
  }

  @TestFactory
  Stream<DynamicTest> dropoutsEqualTheReference() {
    return tests(PointwiseCases.dropouts());
  }

  @TestFactory
  Stream<DynamicTest> leadingSlicesEqualTheReference() {
    return tests(PointwiseCases.slices());
  }

  @TestFactory
  Stream<DynamicTest> lossesEqualTheReference() {
    return tests(TrainingCases.losses());
  }

  @TestFactory
  Stream<DynamicTest> gradientScalesEqualTheReference() {
    return tests(TrainingCases.scales());
  }

  @TestFactory
  Stream<DynamicTest> updatesEqualTheReference() {
    return tests(TrainingCases.updates());
  }

  @Test
  void everyOperationIsCovered() {
    Set<Class<?>> covered = new HashSet<>();
    all().forEach(test -> covered.add(test.op().getClass()));
    Set<Class<?>> operations = new HashSet<>();
    for (Class<?> kind : List.of(Differentiable.class, Derivative.class, Update.class)) {
      operations.addAll(Arrays.asList(kind.getPermittedSubclasses()));
    }
    assertEquals(operations, covered);
  }

  private static Stream<OpCase> all() {
    return Stream.of(
            ConvolutionCases.convolutions(),
            ConvolutionCases.tiles(),
            ConvolutionCases.dense(),
            PoolCases.pools(),
            PoolCases.global(),
            PointwiseCases.activations(),
            PointwiseCases.arithmetic(),
            PointwiseCases.norms(),
            PointwiseCases.moves(),
            PointwiseCases.dropouts(),
            PointwiseCases.slices(),
            TrainingCases.losses(),
            TrainingCases.scales(),
            TrainingCases.updates())
        .flatMap(List::stream);
  }

  private Stream<DynamicTest> tests(List<OpCase> cases) {
    return cases.stream().map(test -> DynamicTest.dynamicTest(test.toString(), () -> check(test)));
  }

  /** Every layout, every number of threads, with and without a program. */
  private void check(OpCase test) {
    List<float[]> expected = OpRunner.launch(reference, test, OpRunner.Placement.PLANNED);
    int round = Math.floorMod(test.toString().hashCode(), MOST_THREADS);
    int threads = 1 + round;
    for (OpRunner.Placement placement : OpRunner.Placement.values()) {
      threads = 1 + threads % MOST_THREADS;
      List<float[]> actual = OpRunner.launch(backend(threads), test, placement);
      String how = placement + ", " + threads + " threads";
      OpRunner.assertClose(test, expected, actual, how);
      if (placement == OpRunner.Placement.WIDE) {
        assertSameBits(
            actual, OpRunner.launch(backend(1 + threads % MOST_THREADS), test, placement));
      }
    }
    boolean copied = round == 0;
    List<float[]> actual = OpRunner.program(backend(1 + round), test, copied);
    OpRunner.assertClose(test, expected, actual, copied ? "program" : "program from inputs");
  }

  static void assertSameBits(List<float[]> expected, List<float[]> actual) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "another number of threads");
    }
  }
}
