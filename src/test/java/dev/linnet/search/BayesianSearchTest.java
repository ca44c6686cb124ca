package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.search.BayesianSearch.Settings;
import dev.linnet.space.Choice;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BayesianSearchTest {
  private static final Settings SETTINGS = new Settings(10, 2, 500, 4);

  private static final SearchSpace SMALL =
      SearchSpace.of(
          "small",
          IntStream.range(0, 5)
              .<Choice>mapToObj(i -> Choice.oneOf("x" + i, "a", "b", "c"))
              .toList(),
          (chosen, task) -> (n, x) -> n.classifier("head", x, task.classes()));

  private static BayesianSearch search(long seed) {
    return new BayesianSearch(Landscape.SPACE, seed, SETTINGS);
  }

  /** An additive accuracy in [0.5, 0.9], best where all genes are 2. */
  private static double truth(Genotype genotype) {
    return 0.5 + 0.04 * IntStream.of(genotype.values()).sum();
  }

  private static List<Trial> runNoisily(BayesianSearch search, int trials, double noise) {
    List<Trial> history = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      Trial trial = search.ask().orElseThrow();
      double answer = truth(trial.genotype()) + noise * RandomStream.of(5, i).nextGaussian();
      search.tell(trial, new Outcome.Measured(Math.min(1, answer), new Cost(1, 1, 1)));
      history.add(trial);
    }
    return history;
  }

  @Test
  void inSixtyTrialsOfALargeSpaceItIsFartherThanEvolution() {
    int wins = 0;
    for (int seed = 0; seed < 5; seed++) {
      double best = Landscape.best(Landscape.run(search(seed), 60, 1));
      Strategy evolution =
          new RegularizedEvolution(
              Landscape.SPACE, seed, new RegularizedEvolution.Settings(20, 5, 1, 4));
      wins += best > Landscape.best(Landscape.run(evolution, 60, 1)) ? 1 : 0;
    }
    assertTrue(wins >= 4, "won " + wins + " of 5");
  }

  @Test
  void theHistoryIsTheSameHoweverManyTrialsAreOpenAndWhoeverAsksForARecommendation() {
    List<Trial> history = Landscape.run(search(3), 60, 1);
    assertEquals(history, Landscape.run(search(3), 60, 4));
    BayesianSearch asked = search(3);
    for (Trial known : history) {
      Trial trial = asked.ask().orElseThrow();
      assertEquals(known, trial);
      asked.tell(trial, Landscape.evaluate(trial));
      asked.recommend();
    }
  }

  @Test
  void noisyAnswersAreAskedForAgainAndTheRecommendationIsNotTheLuckiest() {
    int found = 0;
    for (int seed = 0; seed < 5; seed++) {
      BayesianSearch search = new BayesianSearch(SMALL, seed, SETTINGS);
      List<Trial> history = runNoisily(search, 80, 0.05);
      int distinct = (int) history.stream().map(Trial::genotype).distinct().count();
      assertTrue(distinct < 70, distinct + " genotypes in 80 trials");
      found += truth(search.recommend().orElseThrow()) > 0.89 ? 1 : 0;
    }
    assertTrue(found >= 4, "found the best " + found + " of 5 times");
  }

  @Test
  void whereAnswersAreNotNoisyOnlyTheTrialsThatFindThatOutAskAgain() {
    BayesianSearch search = new BayesianSearch(SMALL, 1, SETTINGS);
    List<Trial> history = runNoisily(search, 80, 0);
    assertEquals(78, new HashSet<>(history.stream().map(Trial::genotype).toList()).size());
    BayesianSearch never = new BayesianSearch(SMALL, 1, new Settings(10, 0, 500, 1));
    history = runNoisily(never, 80, 0.05);
    assertEquals(80, new HashSet<>(history.stream().map(Trial::genotype).toList()).size());
  }

  @Test
  void aLargeSpaceKeepsABoundedNumberOfCandidatesAndIsStillSearched() {
    SearchSpace large =
        SearchSpace.of(
            "large",
            IntStream.range(0, 60)
                .<Choice>mapToObj(i -> Choice.oneOf("x" + i, "a", "b", "c", "d", "e"))
                .toList(),
            (chosen, task) -> (n, x) -> n.classifier("head", x, task.classes()));
    BayesianSearch search = new BayesianSearch(large, 1, Settings.defaults());
    double first = 0;
    double last = 0;
    for (int i = 0; i < 60; i++) {
      Trial trial = search.ask().orElseThrow();
      double value = IntStream.of(trial.genotype().values()).sum() / 240.0;
      search.tell(trial, new Outcome.Measured(value, new Cost(1, 1, 1)));
      first += i < 10 ? value / 10 : 0;
      last += i >= 50 ? value / 10 : 0;
    }
    assertTrue(last > first + 0.1, first + " at first, then " + last);
  }

  @Test
  void settingsOutOfRangeAreRefusedInOneLine() {
    assertEquals(
        "bayes: initial 0, candidates 1 and look-ahead 1 must be at least 1, repeats 0 at least 0",
        assertThrows(IllegalArgumentException.class, () -> new Settings(0, 0, 1, 1)).getMessage());
    assertEquals(
        "{initial=10, repeats=2, candidates=500, lookAhead=4}", search(1).settings().toString());
  }
}
