package dev.linnet.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.nn.Architecture;
import dev.linnet.data.LoadedData;
import dev.linnet.estimate.StandAlone.Trained;
import dev.linnet.space.SearchSpace;
import dev.linnet.supernet.Tiny;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class StandAloneTest {
  private static final LoadedData DIGITS = Tiny.data(320, 100, 10);
  private static final SearchData DATA = DIGITS.splits().searchData();
  private static final Normalization NORMALIZATION = Normalization.of(DATA.train());

  private static Trained train(
      int epochs, Backend backend, long seed, StandAlone.Listener listener, BooleanSupplier stop) {
    SearchSpace space = Tiny.space();
    Architecture network = space.decode(space.genotype(1, 1, 1), Tiny.task(DIGITS));
    return new StandAlone(
            DATA,
            NORMALIZATION,
            Recipes.standAlone(DATA.train().size(), DIGITS.augmentation(), epochs),
            backend,
            seed)
        .train(network, listener, stop);
  }

  private static Backend backend() {
    return Backends.open(Backends.AUTO, new BackendProvider.Options(1), line -> {});
  }

  @Test
  void aTinyNetworkLearnsToTellDigitsApart() {
    try (Backend backend = backend()) {
      List<Double> losses = new ArrayList<>();
      Trained trained =
          train(12, backend, 1, (epoch, accuracy) -> losses.add(epoch.loss()), () -> false);
      assertTrue(trained.complete());
      assertEquals(12, losses.size());
      assertTrue(losses.get(11) < losses.get(0), losses.toString());
      assertTrue(trained.validation() > 0.4, "validation accuracy " + trained.validation());
      assertEquals(trained.validation(), trained.accuracy(DATA.validation(), NORMALIZATION));
    }
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndAnotherOneOthers() {
    Map<String, List<Float>> first = weights(5);
    assertEquals(first, weights(5));
    assertNotEquals(first, weights(6));
  }

  private static Map<String, List<Float>> weights(long seed) {
    try (Backend backend = backend()) {
      Trained trained = train(1, backend, seed, (epoch, accuracy) -> {}, () -> false);
      Map<String, List<Float>> all = new LinkedHashMap<>();
      for (String name : trained.store().names()) {
        List<Float> values = new ArrayList<>();
        for (float value : trained.store().tensor(name).values()) {
          values.add(value);
        }
        all.put(name, values);
      }
      return all;
    }
  }

  @Test
  void aTrainingThatIsStoppedIsNotCompleteButUsable() {
    try (Backend backend = backend()) {
      int[] epochs = {0};
      Trained trained =
          train(9, backend, 1, (epoch, accuracy) -> epochs[0]++, () -> epochs[0] == 2);
      assertFalse(trained.complete());
      assertEquals(2, epochs[0]);
      assertTrue(trained.validation() >= 0 && trained.validation() <= 1);
      for (String name : trained.store().names()) {
        float[] values = trained.store().tensor(name).values();
        assertFalse(Arrays.toString(values).contains("NaN"), name);
      }
    }
  }
}
