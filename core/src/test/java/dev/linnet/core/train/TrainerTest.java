package dev.linnet.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.data.BatchLoader;
import dev.linnet.core.data.ImageSet;
import dev.linnet.core.exec.Allocations;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainerTest {
  private static final ImageSet IMAGES = Shapes.images(70);
  private static final Optimizer SGD = new Optimizer.NesterovSgd(0.9f, 1e-4f);
  private static final Augmentation FLIPS = new Augmentation(true, 1, 2);

  private final List<Trainer.Epoch> epochs = new ArrayList<>();

  private static Recipe recipe(Optimizer optimizer, float rate, float average) {
    Schedule schedule = new Schedule.Cosine(rate, 0.2);
    return new Recipe(6, 16, optimizer, schedule, 0.05f, 5, FLIPS, average);
  }

  private boolean train(ParameterStore store, Recipe recipe, long seed, BooleanSupplier stop) {
    epochs.clear();
    return new Trainer(store, recipe, Shapes.normalization(), seed)
        .train(Shapes.NETWORK, IMAGES, epochs::add, stop);
  }

  private Map<String, Tensor> trained(int threads, Recipe recipe, long seed) {
    try (ScalarBackend backend = new ScalarBackend(threads)) {
      ParameterStore store = new ParameterStore(backend);
      assertTrue(train(store, recipe, seed, () -> false));
      return store.snapshot(name -> true);
    }
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, tensor) -> assertArrayEquals(tensor.values(), actual.get(name).values(), name));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSmallNetworkLearnsToTellBars(boolean adam) {
    Optimizer optimizer = adam ? new Optimizer.AdamW(0.9f, 0.999f, 0.01f) : SGD;
    try (ScalarBackend backend = new ScalarBackend(2)) {
      for (float average : new float[] {0, 0.9f}) {
        ParameterStore store = new ParameterStore(backend);
        assertTrue(
            train(
                store,
                recipe(optimizer, adam ? 0.03f : 0.1f, average).withEpochs(15),
                3,
                () -> false));
        double accuracy =
            Evaluation.accuracy(
                Shapes.NETWORK, store, Weights.own(), Shapes.images(200), Shapes.normalization());
        assertTrue(accuracy > 0.95, "accuracy " + accuracy + ", average " + average);
      }
    }
  }

  @Test
  void theListenerIsToldOfEveryEpoch() {
    trained(1, recipe(SGD, 0.1f, 0), 3);
    assertEquals(6, epochs.size());
    for (int e = 0; e < 6; e++) {
      assertEquals(e + 1, epochs.get(e).number());
      assertEquals(6, epochs.get(e).of());
    }
    assertTrue(epochs.get(5).loss() < epochs.get(0).loss(), epochs.toString());
    assertTrue(epochs.get(5).accuracy() > epochs.get(0).accuracy(), epochs.toString());
  }

  @Test
  void aSeedGivesTheSameBitsForAnyNumberOfThreads() {
    Recipe recipe = recipe(SGD, 0.1f, 0.8f).withEpochs(2);
    Map<String, Tensor> first = trained(1, recipe, 3);
    assertSame(first, trained(1, recipe, 3));
    assertSame(first, trained(2, recipe, 3));
    assertSame(first, trained(3, recipe, 3));
    Map<String, Tensor> other = trained(1, recipe, 4);
    String weight = "conv/conv/weight";
    assertFalse(Arrays.equals(first.get(weight).values(), other.get(weight).values()));
  }

  @Test
  void aLossThatIsNotFiniteEndsTheTrainingWithOneLine() {
    Recipe wild = recipe(new Optimizer.NesterovSgd(0.9f, 0), 1e38f, 0);
    try (ScalarBackend backend = new ScalarBackend(1)) {
      String message =
          assertThrows(
                  DivergedException.class,
                  () -> train(new ParameterStore(backend), wild, 3, () -> false))
              .getMessage();
      assertTrue(message.matches("the loss is (NaN|Infinity) in epoch [1-6], step [1-4]"), message);
    }
  }

  @Test
  void stopEndsTheTrainingBeforeTheNextStep() {
    int[] asked = {0};
    try (ScalarBackend backend = new ScalarBackend(1)) {
      ParameterStore store = new ParameterStore(backend);
      boolean finished = train(store, recipe(SGD, 0.1f, 0.9f), 3, () -> ++asked[0] > 6);
      assertFalse(finished);
      assertEquals(7, asked[0]);
      assertEquals(1, epochs.size()); // four steps an epoch
      assertTrue(store.names().contains("conv/conv/weight"));
    }
  }

  @Test
  void theAveragedWeightsAreKeptWithStatisticsOfTheirOwn() {
    Map<String, Tensor> values = trained(1, recipe(SGD, 0.1f, 0.9f), 3);
    for (String name : List.of("conv/conv/weight", "conv/bn/affine", "head/weight", "head/bias")) {
      assertArrayEquals(
          values.get(Networks.AVERAGE + name).values(), values.get(name).values(), name);
    }
    Map<String, Tensor> last = trained(1, recipe(SGD, 0.1f, 0), 3);
    assertFalse(
        Arrays.equals(last.get("head/weight").values(), values.get("head/weight").values()));
    try (ScalarBackend backend = new ScalarBackend(1)) {
      ParameterStore store = new ParameterStore(backend);
      values.forEach((name, tensor) -> store.put(name, tensor, true));
      BatchLoader loader = BatchLoader.training(IMAGES, 16, Shapes.normalization(), FLIPS, 3);
      Calibration.run(Shapes.NETWORK, store, Weights.own(), loader, 20);
      assertArrayEquals(
          values.get("conv/bn/statistics").values(),
          store.tensor("conv/bn/statistics").values(),
          1e-5f);
    }
  }

  @Test
  void aStepWithItsBatchAllocatesNothing() {
    Recipe recipe = recipe(new Optimizer.AdamW(0.9f, 0.999f, 0.01f), 0.01f, 0.9f);
    try (ScalarBackend backend = new ScalarBackend(2)) {
      ParameterStore store = new ParameterStore(backend);
      Shape shape = Evaluation.batchShape(IMAGES, 16);
      Graph graph = Networks.training(Shapes.NETWORK, shape, Mode.TRAINING, Weights.own(), recipe);
      store.initialize(graph, 1);
      Program program = Program.compile(graph, store);
      StepSettings settings = new StepSettings(recipe, 1);
      Batch batch = new Batch(shape, 2);
      BatchLoader loader = BatchLoader.training(IMAGES, 16, Shapes.normalization(), FLIPS, 1);
      int[] step = {0};
      Runnable work =
          () -> {
            settings.apply(program, step[0], 10_000);
            batch.step(program, loader, step[0] / 4, step[0] % 4);
            step[0]++;
          };
      assertEquals(0, Allocations.bytesWhenWarm(work, 30));
    }
  }
}
