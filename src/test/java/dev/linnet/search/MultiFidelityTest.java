package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MultiFidelityTest {

  /** The accuracy with an error that shrinks as the fidelity grows, and is 0 at full fidelity. */
  private static double accuracy(Trial trial) {
    double noise =
        RandomStream.of(7, trial.genotype() + " " + trial.fidelity()).nextGaussian()
            * 0.03
            * (1 / trial.fidelity() - 1)
            / 9;
    return Math.max(0, Math.min(1, Landscape.accuracy(trial.genotype()) - 0.1 + noise));
  }

  /** Trials that cost as much as {@code budget} full evaluations. */
  private static List<Trial> run(Strategy strategy, double budget) {
    List<Trial> history = new ArrayList<>();
    double spent = 0;
    while (true) {
      Optional<Trial> trial = strategy.ask();
      if (trial.isEmpty() || spent + trial.get().fidelity() > budget + 1e-9) {
        return history;
      }
      spent += trial.get().fidelity();
      history.add(trial.get());
      strategy.tell(trial.get(), new Outcome.Measured(accuracy(trial.get()), new Cost(1, 1, 1)));
    }
  }

  private static MultiFidelity random(Scheduler scheduler, int lookAhead) {
    return new MultiFidelity(
        "test", Landscape.SPACE, new RandomSearch(Landscape.SPACE, 3), scheduler, lookAhead);
  }

  @Test
  void hyperbandHasTheBracketsOfThePaper() {
    Halving.Settings settings = new Halving.Settings(3, 5, 5); // R = 81
    assertArrayEquals(new int[] {81, 27, 9, 3, 1}, settings.sizes(0));
    assertArrayEquals(new int[] {34, 11, 3, 1}, settings.sizes(1));
    assertArrayEquals(new int[] {15, 5, 1}, settings.sizes(2));
    assertArrayEquals(new int[] {8, 2}, settings.sizes(3));
    assertArrayEquals(new int[] {5}, settings.sizes(4));
  }

  @Test
  void hyperbandPromotesTheBestOfEveryRung() {
    Halving.Settings settings = Halving.Settings.hyperband();
    List<Trial> history = run(random(new Halving(settings), 1), 1000);
    int at = 0;
    for (int bracket = 0; bracket < 6; bracket++) {
      int[] sizes = settings.sizes(bracket % 3);
      List<Trial> below = List.of();
      for (int rung = 0; rung < sizes.length; rung++) {
        List<Trial> own = history.subList(at, at + sizes[rung]);
        double fidelity = Math.pow(3, rung - sizes.length + 1);
        assertTrue(own.stream().allMatch(t -> Math.abs(t.fidelity() - fidelity) < 1e-12));
        if (rung > 0) {
          assertEquals(best(below, sizes[rung]), genotypes(own));
        }
        below = own;
        at += sizes[rung];
      }
    }
  }

  private static Set<Genotype> best(List<Trial> trials, int count) {
    return genotypes(
        trials.stream()
            .sorted(Comparator.comparingDouble(MultiFidelityTest::accuracy).reversed())
            .limit(count)
            .toList());
  }

  private static Set<Genotype> genotypes(List<Trial> trials) {
    Set<Genotype> genotypes = new HashSet<>();
    trials.forEach(t -> genotypes.add(t.genotype()));
    return genotypes;
  }

  @Test
  void whileAnswersAreOpenTheNextBracketBegins() {
    MultiFidelity halving = random(new Halving(new Halving.Settings(3, 2, 1)), 3);
    List<Double> fidelities = run(halving, 100).stream().map(Trial::fidelity).limit(7).toList();
    double low = 1.0 / 3;
    // the third answer has a say from the sixth trial on
    assertEquals(List.of(low, low, low, low, low, 1.0, low), fidelities);
  }

  /**
   * A genotype is promoted if it is at some time among the best third of the answers of its rung,
   * and before anything new is tried: so whoever ever was is above, but for the last one.
   */
  @Test
  void ashaPromotesWhoeverIsOnceAmongTheBestThirdOfARungAndNobodyElse() {
    List<Trial> history = run(random(new Asha(new Asha.Settings(3, 3)), 1), 100);
    List<List<Trial>> rungs = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Set<Genotype>> eligible = List.of(new HashSet<>(), new HashSet<>());
    for (Trial trial : history) {
      int rung = (int) Math.round(2 + Math.log(trial.fidelity()) / Math.log(3));
      if (rung > 0) {
        assertTrue(eligible.get(rung - 1).contains(trial.genotype()), trial.toString());
      }
      List<Trial> own = rungs.get(rung);
      own.add(trial);
      if (rung < 2) {
        eligible.get(rung).addAll(best(own, own.size() / 3));
      }
    }
    for (int rung = 0; rung < 2; rung++) {
      Set<Genotype> left = new HashSet<>(eligible.get(rung));
      left.removeAll(genotypes(rungs.get(rung + 1)));
      assertTrue(left.size() <= 1, "of rung " + rung + " not promoted: " + left);
      assertTrue(rungs.get(rung + 1).size() >= rungs.get(rung).size() / 3 - 1, "too few");
      assertEquals(rungs.get(rung + 1).size(), genotypes(rungs.get(rung + 1)).size(), "twice");
    }
  }

  @Test
  void lowFidelitiesFindBetterNetworksThanFullEvaluationsOfTheSameCost() {
    for (String name : List.of("halving", "hyperband", "asha", "bohb")) {
      double gain = 0;
      for (int seed = 0; seed < 10; seed++) {
        gain += found(name, seed) - found("random", seed);
      }
      assertTrue(gain / 10 > 0.02, name + " is better by " + gain / 10);
    }
  }

  @Test
  void aModelOfTheSpaceMakesHyperbandBetter() {
    double gain = 0;
    for (int seed = 0; seed < 10; seed++) {
      gain += found("bohb", seed) - found("hyperband", seed);
    }
    assertTrue(gain / 10 > 0.02, "better by " + gain / 10);
  }

  /** The accuracy of what is recommended after the cost of 60 full evaluations. */
  private static double found(String name, int seed) {
    Strategy strategy = Strategies.named(name, Landscape.SPACE, seed, 60);
    run(strategy, 60);
    return Landscape.accuracy(strategy.recommend().orElseThrow());
  }

  @Test
  void theLookAheadIsThatOfTheProposerAtMost() {
    Strategy proposer = new LocalSearch(Landscape.SPACE, 1, new LocalSearch.Settings(1, false, 2));
    Scheduler asha = new Asha(Asha.Settings.defaults());
    MultiFidelity both = new MultiFidelity("both", Landscape.SPACE, proposer, asha);
    assertEquals(2, both.lookAhead());
    assertEquals(
        "{scheduler=asha, eta=3, rungs=3, proposer=local, local.starts=1,"
            + " local.neighbourhood=first better, local.lookAhead=2, lookAhead=2}",
        both.settings().toString());
  }

  @Test
  void settingsThatMakeNoRungsAreRefused() {
    assertEquals(
        "asha: eta 1 must be at least 2, rungs 3 at least 1, eta^(rungs-1) at most 1,000,000",
        assertThrows(IllegalArgumentException.class, () -> new Asha.Settings(1, 3)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Halving.Settings(3, 40, 40));
    assertThrows(IllegalArgumentException.class, () -> new Halving.Settings(3, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Halving.Settings(3, 3, 2));
  }
}
