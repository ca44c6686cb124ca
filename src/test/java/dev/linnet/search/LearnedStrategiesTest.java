package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linnet.data.Shared;
import dev.linnet.estimate.table.Table;
import dev.linnet.estimate.table.TableFile;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Strategies that learn a model, on the published tables; figures are in docs/decisions. */
class LearnedStrategiesTest {
  private static final String MACRO = "data/nas-bench-macro/nas-bench-macro_cifar10.json";
  private static final String CELLS = "data/nas-bench-201/nas-bench-201-12-epochs.csv.gz";

  private static NoisyTable table(String path, String measure) {
    Optional<Path> file = Shared.file(path);
    assumeTrue(file.isPresent(), "the table lies beside the checkout");
    Table table = TableFile.read(file.get());
    return new NoisyTable(table, table.measure(measure), table.measure(measure));
  }

  @Test
  void bayesianSearchCopesWithTheNoiseOfNasBenchMacro() {
    NoisyTable table = table(MACRO, "accuracy");
    double at50 = table.meanRegret("bayes", 50, 16);
    double at100 = table.meanRegret("bayes", 100, 16);
    assertTrue(at50 < 0.11, "0.08 with 500 repeats, here " + at50);
    assertTrue(at100 < 0.075, "0.05 with 500 repeats, here " + at100);
  }

  @Test
  void bayesianSearchNeedsSixtyQueriesOfNasBench201ForWhatEvolutionFindsInAHundred() {
    NoisyTable table = table(CELLS, "cifar100");
    double bayes = table.meanRegret("bayes", 60, 15);
    double evolution = table.meanRegret("evolution", 100, 60);
    assertTrue(bayes < evolution, bayes + " against " + evolution);
  }

  @Test
  void predictorGuidedSearchIsBetterThanRandomSearchWithTwiceTheQueries() {
    NoisyTable table = table(CELLS, "cifar10");
    double bananas = table.meanRegret("bananas", 75, 12);
    double random = table.meanRegret("random", 150, 60);
    assertTrue(bananas < random, bananas + " against " + random);
  }

  @Test
  void theControllersLateTrialsAreMoreAccurateThanTheFirst() {
    for (String path : new String[] {MACRO, CELLS}) {
      NoisyTable table = table(path, "accuracy");
      int wins = 0;
      for (int seed = 0; seed < 6; seed++) {
        Strategy controller = Strategies.named("reinforce", table.table().space(), seed, 300);
        Strategy random = Strategies.named("random", table.table().space(), seed, 300);
        double late = table.run(controller, 300, seed).meanFrom(200);
        wins += late > table.run(random, 300, seed).meanFrom(200) + 0.005 ? 1 : 0;
      }
      assertTrue(wins >= 5, path + ": won " + wins + " of 6");
    }
  }

  @Test
  void theTreeIsBetterThanRandomSearchWithTwiceTheQueries() {
    NoisyTable table = table(MACRO, "accuracy");
    double mcts = table.meanRegret("mcts", 75, 30);
    double random = table.meanRegret("random", 150, 60);
    assertTrue(mcts < random, mcts + " against " + random);
  }

  /** The check that tables are asked as others ask them: they know 0.117 and 0.264. */
  @Test
  void evolutionThatAsksOneAfterTheOtherFindsWhatAnIndependentImplementationFound() {
    NoisyTable table = table(MACRO, "accuracy");
    double at50 = evolution(table, 50);
    double at100 = evolution(table, 100);
    assertTrue(at50 > 0.24 && at50 < 0.29, "0.264 elsewhere, here " + at50);
    assertTrue(at100 > 0.10 && at100 < 0.135, "0.117 elsewhere, here " + at100);
  }

  private static double evolution(NoisyTable table, int trials) {
    RegularizedEvolution.Settings settings = new RegularizedEvolution.Settings(20, 5, 1, 1);
    double sum = 0;
    for (int seed = 0; seed < 200; seed++) {
      Strategy evolution = new RegularizedEvolution(table.table().space(), seed, settings);
      sum += table.run(evolution, trials, seed).regret();
    }
    return sum / 200;
  }
}
