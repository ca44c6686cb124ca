package dev.linnet.supernet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import dev.linnet.core.train.DivergedException;
import dev.linnet.core.train.Optimizer;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Schedule;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupernetTest {
  private static final int EPOCHS = 3;
  private static final SearchData DATA = Tiny.data(64, 30, 10).splits().searchData();

  private static Backend backend(int threads) {
    return Backends.open("scalar", new BackendProvider.Options(threads), line -> {});
  }

  private static Supernet supernet(SearchSpace space, Backend backend, long seed) {
    Recipe recipe =
        new Recipe(
            EPOCHS,
            16,
            new Optimizer.NesterovSgd(0.9f, 5e-5f),
            new Schedule.Cosine(0.1f, 0.1),
            0,
            5,
            Augmentation.NONE,
            0);
    return new Supernet(space, DATA, Normalization.of(DATA.train()), recipe, backend, seed);
  }

  /** Trains to the end; the genotypes of paths that failed. */
  private static List<Genotype> train(Supernet supernet) {
    List<Genotype> failed = new ArrayList<>();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      supernet.trainEpoch(epoch, (g, reason) -> failed.add(g), step -> {}, () -> false);
    }
    return failed;
  }

  @Test
  void aCandidateTakesTheLeadingSlicesOfTheSharedWeights() {
    SearchSpace space = Tiny.space();
    try (Backend backend = backend(1)) {
      Supernet supernet = supernet(space, backend, 1);
      train(supernet);
      ParameterStore wide = supernet.extract(space.genotype(1, 1, 1));
      ParameterStore narrow = supernet.extract(space.genotype(1, 0, 1));
      String name = "conv2/k3/conv/weight";
      Tensor whole = wide.tensor(name);
      Tensor slice = narrow.tensor(name);
      assertEquals(Shape.of(8, 8, 3, 3), whole.shape());
      assertEquals(Shape.of(4, 4, 3, 3), slice.shape());
      for (int o = 0; o < 4; o++) {
        for (int i = 0; i < 4; i++) {
          for (int tap = 0; tap < 9; tap++) {
            float expected = whole.values()[(o * 8 + i) * 9 + tap];
            assertEquals(expected, slice.values()[(o * 4 + i) * 9 + tap]);
          }
        }
      }
    }
  }

  @Test
  void anExtractedNetworkIsIndependentOfTheSharedWeights() {
    SearchSpace space = Tiny.space();
    try (Backend backend = backend(1)) {
      Supernet supernet = supernet(space, backend, 1);
      Genotype genotype = space.genotype(1, 1, 0);
      ParameterStore own = supernet.extract(genotype);
      String before = supernet.weightsChecksum();
      own.put("head/weight", Tensor.zeros(own.tensor("head/weight").shape()), true);
      assertEquals(before, supernet.weightsChecksum());
      train(supernet);
      assertNotEquals(before, supernet.weightsChecksum());
      assertArrayEquals(new float[80], own.tensor("head/weight").values());
    }
  }

  @Test
  void candidatesShareWhatTheyHaveInCommonAndNothingElse() {
    SearchSpace space = Tiny.space();
    try (Backend backend = backend(1)) {
      Supernet supernet = supernet(space, backend, 1);
      Genotype trained = space.sample(RandomStream.of(RandomStream.key(1, "path"), 0));
      int kernel = trained.value(0);
      Genotype sharing = space.genotype(kernel, 1 - trained.value(1), 1 - trained.value(2));
      Genotype other = space.genotype(1 - kernel, 0, 0);
      String shared = "conv1/k%s/conv/weight".formatted(kernel == 0 ? "1" : "3");
      String foreign = "conv1/k%s/conv/weight".formatted(kernel == 0 ? "3" : "1");
      float[] sharedBefore = supernet.extract(sharing).tensor(shared).values();
      float[] foreignBefore = supernet.extract(other).tensor(foreign).values();
      float[] headBefore = supernet.extract(other).tensor("head/weight").values();
      int[] steps = {0};
      supernet.trainEpoch(0, (g, reason) -> {}, step -> steps[0]++, () -> steps[0] == 1);
      assertEquals(1, steps[0]);
      assertFalse(Arrays.equals(sharedBefore, supernet.extract(sharing).tensor(shared).values()));
      assertFalse(
          Arrays.equals(headBefore, supernet.extract(other).tensor("head/weight").values()));
      assertArrayEquals(foreignBefore, supernet.extract(other).tensor(foreign).values());
    }
  }

  @Test
  void measuringACandidateLeavesTheSharedWeightsAlone() {
    SearchSpace space = Tiny.space();
    try (Backend backend = backend(1)) {
      Supernet supernet = supernet(space, backend, 1);
      train(supernet);
      String before = supernet.weightsChecksum();
      List<Double> first = space.all().map(supernet::accuracy).toList();
      assertEquals(before, supernet.weightsChecksum());
      assertEquals(first, space.all().map(supernet::accuracy).toList());
      assertTrue(first.stream().allMatch(a -> a >= 0 && a <= 1), first.toString());
    }
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABitAndTheSeedDoes() {
    assertEquals(checksum(1, 7), checksum(2, 7));
    assertNotEquals(checksum(1, 7), checksum(1, 8));
  }

  private static String checksum(int threads, long seed) {
    try (Backend backend = backend(threads)) {
      Supernet supernet = supernet(Tiny.space(), backend, seed);
      train(supernet);
      return supernet.weightsChecksum();
    }
  }

  @Test
  void aPathThatExplodesIsReportedAndLeavesTheSharedWeightsFiniteEvenAtTheFirstStep() {
    SearchSpace space = Tiny.explosive();
    long seed = 0;
    while (!huge(space, space.sample(RandomStream.of(RandomStream.key(seed, "path"), 0)))) {
      seed++;
    }
    try (Backend backend = backend(1)) {
      Supernet supernet = supernet(space, backend, seed);
      List<Genotype> failed = train(supernet);
      assertFalse(failed.isEmpty());
      assertTrue(failed.stream().allMatch(g -> huge(space, g)), failed.toString());
      space
          .all()
          .forEach(
              genotype -> {
                if (huge(space, genotype)) {
                  assertThrows(DivergedException.class, () -> supernet.accuracy(genotype));
                } else {
                  assertFinite(supernet.extract(genotype));
                  assertTrue(supernet.accuracy(genotype) >= 0);
                }
              });
    }
  }

  private static boolean huge(SearchSpace space, Genotype genotype) {
    return space.chosen(genotype).is("end", "huge");
  }

  private static void assertFinite(ParameterStore store) {
    for (String name : store.names()) {
      for (float value : store.tensor(name).values()) {
        assertTrue(Float.isFinite(value), name + " has " + value);
      }
    }
  }
}
