package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.linnet.space.Choice;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Spaces;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RandomSearchTest {

  @Test
  void theSameSeedAsksTheSameTrialsAndAnotherSeedOthers() {
    List<Trial> history = Landscape.run(new RandomSearch(Landscape.SPACE, 5), 50, 1);
    assertEquals(history, Landscape.run(new RandomSearch(Landscape.SPACE, 5), 50, 50));
    assertNotEquals(history, Landscape.run(new RandomSearch(Landscape.SPACE, 6), 50, 1));
  }

  @Test
  void aSmallSpaceIsAskedWhollyEveryNetworkOnceAndThenNothing() {
    SearchSpace space =
        SearchSpace.of(
                "folded",
                List.of(Choice.intRange("depth", 1, 2), Choice.intRange("kernel2", 0, 299)),
                (chosen, task) -> (n, x) -> n.classifier("head", x, task.classes()))
            .canonicalizedBy(c -> c.number("depth") < 2 ? c.reset("kernel2") : c);
    List<Trial> history = Landscape.run(new RandomSearch(space, 1), 10_000, 1);
    Set<Genotype> asked = history.stream().map(Trial::genotype).collect(Collectors.toSet());
    assertEquals(301, history.size());
    assertEquals(space.all().map(space::canonical).collect(Collectors.toSet()), asked);
  }

  @Test
  void trialsAreCanonicalAndNumberedFromZero() {
    SearchSpace conv = Spaces.named("conv");
    RandomSearch search = new RandomSearch(conv, 1);
    Set<Genotype> asked = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Trial trial = search.ask().orElseThrow();
      assertEquals(i, trial.number());
      assertEquals(conv.canonical(trial.genotype()), trial.genotype());
      asked.add(trial.genotype());
    }
    assertEquals(100, asked.size());
  }

  @Test
  void aTrialThatWasNotAskedOrWasToldBeforeIsRefused() {
    RandomSearch search = new RandomSearch(Landscape.SPACE, 1);
    Trial trial = search.ask().orElseThrow();
    Trial other = new Trial(0, Landscape.SPACE.genotype(new int[12]));
    Trial later = new Trial(1, trial.genotype());
    Outcome outcome = Landscape.evaluate(trial);
    search.tell(trial, outcome);
    for (Trial wrong : List.of(trial, other, later, new Trial(-1, trial.genotype()))) {
      assertThrows(IllegalArgumentException.class, () -> search.tell(wrong, outcome));
    }
  }

  @Test
  void theBestThatWasMeasuredIsRecommendedAndNothingBeforeThat() {
    RandomSearch search = new RandomSearch(Landscape.SPACE, 1);
    assertEquals(Optional.empty(), search.recommend());
    List<Trial> history = Landscape.run(search, 40, 1);
    Trial best =
        history.stream()
            .filter(trial -> Landscape.evaluate(trial) instanceof Outcome.Measured)
            .max(Comparator.comparingDouble(trial -> Landscape.accuracy(trial.genotype())))
            .orElseThrow();
    assertEquals(Optional.of(best.genotype()), search.recommend());
  }
}
