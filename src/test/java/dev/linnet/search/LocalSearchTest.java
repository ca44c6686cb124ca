package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.search.LocalSearch.Settings;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalSearchTest {
  private static final int NEIGHBOURS = 12 * 4;
  private static final Genotype OPTIMUM =
      Landscape.SPACE.genotype(IntStream.range(0, 12).map(i -> i % 5).toArray());

  /** Separable, with one hilltop. */
  private static double accuracy(Genotype genotype) {
    double distance = 0;
    for (int i = 0; i < genotype.size(); i++) {
      distance += (i + 1) * Math.abs(genotype.value(i) - OPTIMUM.value(i));
    }
    return 1 - distance / 400;
  }

  private static List<Genotype> run(Settings settings, int trials) {
    LocalSearch search = new LocalSearch(Landscape.SPACE, 5, settings);
    List<Genotype> history = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      Trial trial = search.ask().orElseThrow();
      history.add(trial.genotype());
      search.tell(trial, new Outcome.Measured(accuracy(trial.genotype()), new Cost(1, 1, 1)));
    }
    return history;
  }

  @Test
  void itFindsTheOptimumOfASeparableLandscape() {
    for (int lookAhead : new int[] {1, 4}) {
      int first = run(new Settings(1, false, lookAhead), 400).indexOf(OPTIMUM);
      assertTrue(first >= 0 && first < 300, "first better, look-ahead " + lookAhead + ": " + first);
      int whole = run(new Settings(1, true, lookAhead), 700).indexOf(OPTIMUM);
      // at most as many moves as genes, each after a neighbourhood, of which a part is known
      assertTrue(whole >= 0 && whole < 12 * NEIGHBOURS, "whole: " + whole);
    }
  }

  @Test
  void aWholeNeighbourhoodIsTriedBeforeTheBestOfItIsMovedTo() {
    List<Genotype> history = run(new Settings(3, true, 1), 3 + NEIGHBOURS + 20);
    Genotype start = best(history.subList(0, 3));
    for (Genotype neighbour : history.subList(3, 3 + NEIGHBOURS)) {
      assertEquals(1, Landscape.SPACE.distance(start, neighbour));
    }
    Genotype next = best(history.subList(0, 3 + NEIGHBOURS));
    for (Genotype neighbour : history.subList(3 + NEIGHBOURS, history.size())) {
      assertEquals(1, Landscape.SPACE.distance(next, neighbour));
    }
  }

  private static Genotype best(List<Genotype> genotypes) {
    return genotypes.stream().reduce((a, b) -> accuracy(b) > accuracy(a) ? b : a).orElseThrow();
  }

  @Test
  void itClimbsAgainFromARandomStartWhenItStandsOnAHilltop() {
    List<Genotype> history = run(new Settings(1, false, 1), 600);
    int top = history.indexOf(OPTIMUM);
    List<Genotype> after = history.subList(top + 1, history.size());
    int restart =
        IntStream.range(0, after.size())
            .filter(i -> Landscape.SPACE.distance(after.get(i), OPTIMUM) > 1)
            .findFirst()
            .orElseThrow();
    assertTrue(restart <= NEIGHBOURS, restart + " neighbours");
    assertEquals(1, Landscape.SPACE.distance(after.get(restart), after.get(restart + 1)));
  }

  @Test
  void startsAreFittedToTheNumberOfTrials() {
    assertEquals(new Settings(10, false, 4), Settings.forTrials(300));
    assertEquals(new Settings(2, false, 4), Settings.forTrials(20));
    assertEquals(new Settings(1, false, 4), Settings.forTrials(3));
  }

  @Test
  void numbersBelowOneAreRefused() {
    assertEquals(
        "local: starts 0 and look-ahead 4 must be at least 1",
        assertThrows(IllegalArgumentException.class, () -> new Settings(0, false, 4)).getMessage());
  }
}
