package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Choice;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.List;
import org.junit.jupiter.api.Test;

class TpeTest {

  @Test
  void itFindsBetterNetworksThanRandomSearchInAsManyTrials() {
    int wins = 0;
    for (int seed = 0; seed < 10; seed++) {
      Tpe tpe = new Tpe(Landscape.SPACE, seed, Tpe.Settings.defaults());
      double found = Landscape.best(Landscape.run(tpe, 100, 1));
      double random =
          Landscape.best(Landscape.run(new RandomSearch(Landscape.SPACE, seed), 100, 1));
      wins += found > random + 0.05 ? 1 : 0;
    }
    assertTrue(wins >= 9, "won " + wins + " of 10");
  }

  @Test
  void theModelIsThatOfTheHighestFidelityWithEnoughAnswers() {
    Tpe.Settings settings = new Tpe.Settings(6, 0.2, 64, 0.2, 0, 1);
    Tpe tpe = new Tpe(Landscape.SPACE, 4, settings);
    for (int i = 0; i < 20; i++) {
      Trial trial = tpe.ask().orElseThrow();
      // at the low fidelity low values of the genes look good, at the high one high values are
      tpe.tell(trial, measured(1 - sum(trial) / 48.0), 0.5);
      tpe.tell(trial, measured(sum(trial) / 48.0), 1);
    }
    double mean = 0;
    for (int i = 0; i < 10; i++) {
      Trial trial = tpe.ask().orElseThrow();
      tpe.tell(trial, measured(sum(trial) / 48.0), 1);
      mean += sum(trial) / 10.0;
    }
    assertTrue(mean > 29, "mean of the sums is " + mean + ", that of random ones 24");
  }

  private static Outcome measured(double accuracy) {
    return new Outcome.Measured(accuracy, new Cost(1, 1, 1));
  }

  private static int sum(Trial trial) {
    int sum = 0;
    for (int i = 0; i < trial.genotype().size(); i++) {
      sum += trial.genotype().value(i);
    }
    return sum;
  }

  @Test
  void theDensityAddsUpToOneAndIsGreatestAroundItsPoints() {
    SearchSpace space =
        SearchSpace.of(
            "few",
            List.of(
                Choice.intRange("a", 0, 2), Choice.intRange("b", 0, 0), Choice.intRange("c", 0, 3)),
            (chosen, task) -> (n, x) -> n.classifier("head", x, task.classes()));
    Genotype point = space.genotype(1, 0, 3);
    Parzen parzen = new Parzen(space, List.of(point), 0.2);
    assertEquals(1, space.all().mapToDouble(parzen::at).sum(), 1e-12);
    assertEquals((0.8 * 0.8 + 1 / 12.0) / 2, parzen.at(point), 1e-12);
    assertEquals((0.8 * 0.2 / 3 + 1 / 12.0) / 2, parzen.at(space.genotype(1, 0, 0)), 1e-12);
    RandomStream random = RandomStream.of(2);
    int same = 0;
    for (int i = 0; i < 10_000; i++) {
      same += parzen.sample(random).equals(point) ? 1 : 0;
    }
    assertEquals(6400, same, 200);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Tpe.Settings(0, 0.1, 1, 0.1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Tpe.Settings(1, 1, 1, 0.1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Tpe.Settings(1, 0.1, 1, 0.1, 1, 1));
  }
}
