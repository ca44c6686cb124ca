package dev.linnet.supernet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.train.Evaluation;
import dev.linnet.core.train.Optimizer;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Schedule;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Spaces;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Supernets of spaces that no other test trains, at their start. */
class BuiltInSupernetsTest {
  private static final SearchData DATA = Tiny.data(64, 30, 10).splits().searchData();

  @ParameterizedTest
  @ValueSource(strings = {"mobile", "efficient"})
  void randomPathsTrainAndTheirNetworksStandAlone(String name) {
    SearchSpace space = Spaces.named(name);
    Recipe recipe =
        new Recipe(
            1,
            16,
            new Optimizer.NesterovSgd(0.9f, 5e-5f),
            new Schedule.Cosine(0.05f, 0.1),
            0,
            5,
            Augmentation.NONE,
            0);
    try (Backend backend =
        Backends.open(Backends.AUTO, new BackendProvider.Options(1), line -> {})) {
      Normalization normalization = Normalization.of(DATA.train());
      Supernet supernet = new Supernet(space, DATA, normalization, recipe, backend, 1);
      List<String> failed = new ArrayList<>();
      supernet.trainEpoch(0, (g, reason) -> failed.add(g + " " + reason), s -> {}, () -> false);
      assertEquals(List.of(), failed);
      Genotype genotype = space.sample(RandomStream.of(5));
      double shared = supernet.accuracy(genotype);
      assertTrue(shared >= 0 && shared <= 1);
      ParameterStore own = supernet.extract(genotype);
      assertEquals(
          shared,
          Evaluation.accuracy(
              space.decode(genotype, Tiny.task(Tiny.data(64, 30, 10))),
              own,
              Weights.own(),
              DATA.validation(),
              normalization),
          1e-9);
    }
  }
}
