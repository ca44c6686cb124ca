package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Cost;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OperatorsTest {
  private static final List<Member> MEMBERS =
      IntStream.range(0, 5).mapToObj(i -> member(i, (i * 3 % 5) / 10.0, 1)).toList();

  @Test
  void aTournamentPicksByRankWithTheChancesOfDrawsWithReplacement() {
    Selection tournament = Selection.tournament(3, Member.BY_ACCURACY);
    RandomStream random = RandomStream.of(9);
    int draws = 20_000;
    long[] counts = new long[5];
    for (int i = 0; i < draws; i++) {
      Member member = tournament.select(MEMBERS, random);
      counts[(int) Math.round(member.outcome().accuracy() * 10)]++;
    }
    double statistic = 0;
    for (int rank = 0; rank < 5; rank++) {
      double expected = draws * (Math.pow((rank + 1) / 5.0, 3) - Math.pow(rank / 5.0, 3));
      statistic += (counts[rank] - expected) * (counts[rank] - expected) / expected;
    }
    assertTrue(statistic < 23.5, "chi-square with 4 degrees of freedom: " + statistic);
  }

  @Test
  void aTournamentOfOneIsUniform() {
    Selection tournament = Selection.tournament(1, Member.BY_ACCURACY);
    RandomStream random = RandomStream.of(9);
    long[] counts = new long[5];
    for (int i = 0; i < 10_000; i++) {
      counts[tournament.select(MEMBERS, random).trial().number()]++;
    }
    double statistic = 0;
    for (long count : counts) {
      statistic += (count - 2000.0) * (count - 2000.0) / 2000;
    }
    assertTrue(statistic < 23.5, "chi-square with 4 degrees of freedom: " + statistic);
  }

  @Test
  void theYoungestSurviveHoweverGoodTheOldAre() {
    assertEquals(MEMBERS.subList(3, 5), Survival.youngest(2).survive(MEMBERS));
    assertEquals(MEMBERS, Survival.youngest(9).survive(MEMBERS));
  }

  @Test
  void ofEquallyAccurateMembersTheCheaperAndThenTheEarlierIsBetter() {
    assertTrue(Member.BY_ACCURACY.compare(member(1, 0.9, 5), member(0, 0.8, 1)) > 0);
    assertTrue(Member.BY_ACCURACY.compare(member(1, 0.9, 1), member(0, 0.9, 5)) > 0);
    assertTrue(Member.BY_ACCURACY.compare(member(0, 0.9, 1), member(1, 0.9, 1)) > 0);
  }

  @Test
  void aMutationChangesTheGivenNumberOfChoices() {
    RandomStream random = RandomStream.of(4);
    Mutation mutation = Mutation.changing(Landscape.SPACE, 2);
    var parent = Landscape.SPACE.sample(random);
    assertEquals(2, Landscape.SPACE.distance(parent, mutation.mutate(parent, random)));
  }

  @Test
  void ofAPopulationInOrderTheFirstOfThoseDrawnIsPicked() {
    RandomStream random = RandomStream.of(3);
    int first = 0;
    for (int i = 0; i < 10_000; i++) {
      first += Selection.first(2).select(MEMBERS, random).equals(MEMBERS.get(0)) ? 1 : 0;
    }
    assertEquals(10_000 * (1 - 0.8 * 0.8), first, 200);
  }

  @Test
  void aTournamentOfSeveralObjectivesPicksWhatIsNotDominated() {
    List<Member> members =
        List.of(member(0, 0.9, 90), member(1, 0.5, 50), member(2, 0.4, 60), member(3, 0.8, 95));
    Selection selection = Selection.nonDominated(40, List.of(Objective.ACCURACY, Objective.MACS));
    RandomStream random = RandomStream.of(3);
    int[] counts = new int[4];
    for (int i = 0; i < 1000; i++) {
      counts[selection.select(members, random).trial().number()]++;
    }
    assertEquals(500, counts[0], 80);
    assertEquals(500, counts[1], 80);
  }

  @Test
  void aCrossoverTakesEveryChoiceFromAParent() {
    RandomStream random = RandomStream.of(4);
    var a = Landscape.SPACE.genotype(new int[12]);
    var b = Landscape.SPACE.genotype(IntStream.generate(() -> 4).limit(12).toArray());
    var child = Crossover.uniform(Landscape.SPACE).cross(a, b, random);
    assertEquals(12, Landscape.SPACE.distance(a, child) + Landscape.SPACE.distance(b, child));
  }

  @Test
  void sizesBelowOneAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Selection.first(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> Selection.nonDominated(0, List.of(Objective.ACCURACY)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Survival.leastDominated(0, List.of(Objective.ACCURACY)));
    assertThrows(IllegalArgumentException.class, () -> Selection.tournament(0, Member.BY_ACCURACY));
    assertThrows(IllegalArgumentException.class, () -> Survival.youngest(0));
  }

  private static Member member(int number, double accuracy, long macs) {
    Trial trial = new Trial(number, Landscape.SPACE.genotype(new int[12]));
    return new Member(trial, new Outcome.Measured(accuracy, new Cost(1, macs, 1)));
  }
}
