package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.search.RegularizedEvolution.Settings;
import dev.linnet.space.Choice;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RegularizedEvolutionTest {
  private static final Settings SETTINGS = new Settings(20, 5, 1, 4);

  @Test
  void itFindsBetterNetworksThanRandomSearchInAsManyTrials() {
    int wins = 0;
    for (int seed = 0; seed < 10; seed++) {
      double evolved = Landscape.best(Landscape.run(evolution(seed), 200, 1));
      double random =
          Landscape.best(Landscape.run(new RandomSearch(Landscape.SPACE, seed), 200, 1));
      wins += evolved > random + 0.05 ? 1 : 0;
    }
    assertTrue(wins >= 9, "won " + wins + " of 10");
  }

  @Test
  void theHistoryIsTheSameHoweverManyTrialsAreOpenAndInWhateverOrderTheyAreTold() {
    List<Trial> history = Landscape.run(evolution(3), 120, 1);
    for (int open : new int[] {2, 3, 4}) {
      assertEquals(history, Landscape.run(evolution(3), 120, open));
    }
    assertNotEquals(history, Landscape.run(evolution(4), 120, 1));
  }

  @Test
  void aRunIsResumedByAskingAgainAndTellingWhatIsKnown() {
    List<Trial> whole = Landscape.run(evolution(3), 100, 1);
    RegularizedEvolution resumed = evolution(3);
    for (Trial known : whole.subList(0, 60)) {
      Trial trial = resumed.ask().orElseThrow();
      assertEquals(known, trial);
      resumed.tell(trial, Landscape.evaluate(trial));
    }
    assertEquals(whole.subList(60, 100), Landscape.run(resumed, 40, 4));
  }

  @Test
  void moreOpenTrialsThanTheLookAheadAllowsAreRefused() {
    RegularizedEvolution evolution = evolution(1);
    for (int i = 0; i < 4; i++) {
      assertTrue(evolution.ask().isPresent());
    }
    String message = assertThrows(IllegalStateException.class, evolution::ask).getMessage();
    assertEquals("trial 4 depends on trial 0, which is not told yet", message);
  }

  @Test
  void noNetworkIsAskedTwiceAndChildrenDifferFromAParentInOneChoice() {
    List<Trial> history = Landscape.run(evolution(8), 300, 1);
    Set<Genotype> asked = new HashSet<>();
    for (Trial trial : history) {
      Genotype child = trial.genotype();
      assertTrue(
          trial.number() < 20
              || asked.stream().anyMatch(p -> Landscape.SPACE.distance(p, child) == 1));
      assertTrue(asked.add(child), child.toString());
    }
  }

  @Test
  void onlyMeasuredTrialsAreParents() {
    RegularizedEvolution evolution =
        new RegularizedEvolution(Landscape.SPACE, 2, new Settings(10, 3, 1, 1));
    Genotype only = null;
    for (int i = 0; i < 40; i++) {
      Trial trial = evolution.ask().orElseThrow();
      if (i == 4) {
        only = trial.genotype();
        evolution.tell(trial, new Outcome.Measured(0.5, new Cost(1, 1, 1)));
      } else {
        evolution.tell(
            trial,
            i % 2 == 0
                ? new Outcome.Failed("the loss is not a number")
                : new Outcome.Rejected("!"));
      }
      assertTrue(i < 10 || Landscape.SPACE.distance(only, trial.genotype()) == 1);
    }
  }

  @Test
  void trialsAreRandomWhileNothingWasMeasured() {
    RegularizedEvolution evolution =
        new RegularizedEvolution(Landscape.SPACE, 2, new Settings(5, 3, 1, 1));
    for (int i = 0; i < 30; i++) {
      Trial trial = evolution.ask().orElseThrow();
      assertEquals(i, trial.number());
      evolution.tell(trial, new Outcome.Rejected("412,345 parameters, at most 1 allowed"));
    }
  }

  @Test
  void aSmallSpaceIsAskedWhollyAndThenNothing() {
    SearchSpace space =
        SearchSpace.of(
            "small",
            List.of(Choice.intRange("a", 0, 9), Choice.intRange("b", 0, 9)),
            (chosen, task) -> (n, x) -> n.classifier("head", x, task.classes()));
    List<Trial> history =
        Landscape.run(new RegularizedEvolution(space, 1, new Settings(10, 3, 1, 1)), 1000, 1);
    assertEquals(100, history.size());
    assertEquals(
        space.all().collect(Collectors.toSet()),
        history.stream().map(Trial::genotype).collect(Collectors.toSet()));
  }

  @Test
  void thePopulationIsFittedToTheNumberOfTrials() {
    assertEquals(new Settings(50, 12, 1, 4), Settings.forTrials(1000));
    assertEquals(new Settings(20, 5, 1, 4), Settings.forTrials(300));
    assertEquals(new Settings(20, 5, 1, 4), Settings.forTrials(100));
    assertEquals(new Settings(15, 3, 1, 4), Settings.forTrials(60));
    assertEquals(new Settings(4, 2, 1, 4), Settings.forTrials(1));
    assertThrows(IllegalArgumentException.class, () -> new Settings(0, 1, 1, 1));
  }

  @Test
  void itsSettingsAreNamed() {
    assertEquals("evolution", evolution(1).name());
    assertEquals(
        "{population=20, sample=5, mutations=1, lookAhead=4}", evolution(1).settings().toString());
  }

  private static RegularizedEvolution evolution(long seed) {
    return new RegularizedEvolution(Landscape.SPACE, seed, SETTINGS);
  }
}
