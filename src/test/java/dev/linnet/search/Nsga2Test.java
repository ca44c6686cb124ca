package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.search.Nsga2.Settings;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Nsga2Test {
  private static final List<Objective> BOTH = List.of(Objective.ACCURACY, Objective.MACS);
  private static final int LIMIT = 30;

  /**
   * The first half of the genes costs as much as it brings, the second half costs and brings
   * nothing. So the front has the 25 sums of the first half, with zeros behind.
   */
  private static Outcome.Measured measure(Genotype genotype) {
    int first = IntStream.range(0, 6).map(genotype::value).sum();
    int second = IntStream.range(6, 12).map(genotype::value).sum();
    return new Outcome.Measured(first / 24.0, new Cost(1, first + second, 1));
  }

  private static final double WHOLE =
      ParetoFront.of(
              BOTH,
              IntStream.rangeClosed(0, 24)
                  .mapToObj(
                      sum -> {
                        int[] values = new int[12];
                        for (int i = 0; i < sum; i++) {
                          values[i % 6]++;
                        }
                        Genotype genotype = Landscape.SPACE.genotype(values);
                        return new Member(new Trial(sum, genotype), measure(genotype));
                      })
                  .toList())
          .hypervolume(1, 48);

  private static List<Member> run(Strategy strategy, int trials, int limit) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      Trial trial = strategy.ask().orElseThrow();
      Outcome.Measured measured = measure(trial.genotype());
      if (measured.cost().macs() > limit) {
        strategy.tell(trial, new Outcome.Rejected("too large"));
      } else {
        strategy.tell(trial, measured);
        members.add(new Member(trial, measured));
      }
    }
    return members;
  }

  private static double volume(Strategy strategy, int trials) {
    return ParetoFront.of(BOTH, run(strategy, trials, 48)).hypervolume(1, 48) / WHOLE;
  }

  private static Nsga2 nsga2(int seed) {
    return new Nsga2(Landscape.SPACE, seed, BOTH, new Settings(20, 0.9, 0.2, 4));
  }

  /**
   * The expected hypervolume of random search, as a part of the whole: every cell counts with the
   * probability that at least one of the trials dominates it.
   */
  private static double expectedOfRandom(int trials) {
    double[] sums = {1}; // the distribution of the sum of six genes, which are 0 to 4
    for (int gene = 0; gene < 6; gene++) {
      double[] next = new double[sums.length + 4];
      for (int sum = 0; sum < sums.length; sum++) {
        for (int value = 0; value <= 4; value++) {
          next[sum + value] += sums[sum] / 5;
        }
      }
      sums = next;
    }
    double volume = 0;
    for (int accuracy = 1; accuracy <= 24; accuracy++) {
      for (int macs = 0; macs < 48; macs++) {
        double dominates = 0;
        for (int first = accuracy; first <= 24; first++) {
          for (int second = 0; second <= Math.min(24, macs - first); second++) {
            dominates += sums[first] * sums[second];
          }
        }
        volume += 1 - Math.pow(1 - dominates, trials);
      }
    }
    return volume / 24 / WHOLE;
  }

  /** The standard error of the mean of the 20 volumes is about 0.005. */
  @Test
  void randomSearchHasTheHypervolumeThatItMustHave() {
    double mean =
        IntStream.range(0, 20)
            .mapToDouble(seed -> volume(new RandomSearch(Landscape.SPACE, seed), 600))
            .average()
            .orElseThrow();
    assertEquals(expectedOfRandom(600), mean, 0.015);
  }

  @Test
  void itComesAsNearToAKnownFrontAsRandomSearchWithThirtyTimesTheTrials() {
    for (int seed = 0; seed < 5; seed++) {
      double reached = volume(nsga2(seed), 600);
      assertTrue(reached > expectedOfRandom(30 * 600), "of the whole volume " + reached);
    }
  }

  @Test
  void evolutionWithSeveralObjectivesBeatsRandomSearchWithThreeTimesTheTrials() {
    for (int seed = 0; seed < 5; seed++) {
      double reached =
          volume(
              new RegularizedEvolution(
                  Landscape.SPACE, seed, BOTH, new RegularizedEvolution.Settings(20, 5, 1, 4)),
              600);
      assertTrue(reached > expectedOfRandom(3 * 600), "of the whole volume " + reached);
    }
  }

  @Test
  void rejectedTrialsHaveNoChildren() {
    List<Member> members = run(nsga2(2), 400, LIMIT);
    assertTrue(members.stream().allMatch(m -> m.outcome().cost().macs() <= LIMIT));
    long late = members.stream().filter(m -> m.trial().number() >= 200).count();
    assertTrue(late > 190, late + " of 200 meet the limit");
  }

  @Test
  void theBestOfParentsAndChildrenSurviveAndTheirExtremesFirst() {
    List<Member> members = run(new RandomSearch(Landscape.SPACE, 1), 100, 48);
    List<Member> survivors = Survival.leastDominated(10, BOTH).survive(members);
    List<Member> front = ParetoFront.of(BOTH, members).members();
    assertEquals(10, survivors.size());
    assertTrue(survivors.containsAll(front.subList(0, Math.min(10, front.size()))));
    assertTrue(survivors.subList(0, 2).contains(front.get(0)));
    assertTrue(survivors.subList(0, 2).contains(front.get(front.size() - 1)));
  }

  @Test
  void aMissingLatencyIsRefusedWhenItIsTold() {
    Nsga2 nsga2 =
        new Nsga2(
            Landscape.SPACE, 1, List.of(Objective.LATENCY, Objective.MACS), Settings.forTrials(9));
    Trial trial = nsga2.ask().orElseThrow();
    assertEquals(
        "latency is an objective, but not measured",
        assertThrows(
                IllegalArgumentException.class, () -> nsga2.tell(trial, measure(trial.genotype())))
            .getMessage());
  }

  @Test
  void aGenerationIsFittedToTheNumberOfTrials() {
    assertEquals(8, Settings.forTrials(20).population());
    assertEquals(16, Settings.forTrials(200).population());
    assertEquals(50, Settings.forTrials(2000).population());
    assertThrows(IllegalArgumentException.class, () -> new Settings(0, 0.9, 0.5, 1));
    assertThrows(IllegalArgumentException.class, () -> new Settings(8, 1.1, 0.5, 1));
  }
}
