package dev.linnet.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linnet.data.Shared;
import dev.linnet.estimate.table.Table;
import dev.linnet.estimate.table.TableFile;
import dev.linnet.search.RandomSearch;
import dev.linnet.search.RegularizedEvolution;
import dev.linnet.search.RegularizedEvolution.Settings;
import dev.linnet.search.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
  @TempDir private Path folder;

  private static StudyResult study(
      Table table, String goals, List<String> strategies, int trials, int repeats, int threads) {
    return Study.run(
        new StudyOptions(table, Goal.parse(table, goals), strategies, trials, repeats, 1, threads),
        done -> {});
  }

  @Test
  void onNasBenchMacroRandomAndEvolutionHaveTheRegretsThatAreKnown() {
    Optional<Path> file = Shared.file("data/nas-bench-macro/nas-bench-macro_cifar10.json");
    assumeTrue(file.isPresent(), "the table lies beside the checkout");
    Table table = TableFile.read(file.get());
    assertEquals(93.1267, table.optimum(table.measure("accuracy")), 5e-5);
    // means of an independent implementation
    assertRegrets(table, seed -> new RandomSearch(table.space(), seed), 0.406, 0.317, 0.220);
    Settings settings = new Settings(20, 5, 1, 1);
    assertRegrets(
        table,
        seed -> new RegularizedEvolution(table.space(), seed, settings),
        0.264,
        0.117,
        0.066);
  }

  /** The mean regrets after 50, 100 and 300 queries are the given ones, but for chance. */
  private static void assertRegrets(
      Table table, LongFunction<Strategy> strategy, double... expected) {
    int repeats = 200;
    Repeat repeat = new Repeat(table, Yardstick.of(table, Goal.parse(table, "accuracy")), 300);
    double[] sums = new double[expected.length];
    for (int r = 0; r < repeats; r++) {
      long seed = Repeat.seed(1, r);
      double[] curve = repeat.run(strategy.apply(seed), seed).values();
      sums[0] += curve[49];
      sums[1] += curve[99];
      sums[2] += curve[299];
    }
    for (int i = 0; i < sums.length; i++) {
      assertEquals(expected[i], sums[i] / repeats, 0.035, "at checkpoint " + i);
    }
  }

  @Test
  void theResultDoesNotDependOnTheNumberOfThreads() throws IOException {
    Table table = Tables.hills(folder);
    List<String> strategies = List.of("random", "evolution");
    StudyResult one = study(table, "accuracy", strategies, 40, 12, 1);
    StudyResult three = study(table, "accuracy", strategies, 40, 12, 3);
    for (int s = 0; s < 2; s++) {
      for (int r = 0; r < 12; r++) {
        assertArrayEquals(
            one.strategies().get(s).values()[r], three.strategies().get(s).values()[r]);
      }
    }
    assertEquals(StudyJson.of(one), StudyJson.of(three));
  }

  @Test
  void theRegretIsThatOfTheReportedValueAndEndsAtTheOptimumOfASmallTable() throws IOException {
    Table table = Tables.hills(folder);
    StudyResult result = study(table, "accuracy", List.of("random"), 216, 5, 2);
    assertEquals(95, result.optimum());
    for (double[] curve : result.strategies().get(0).values()) {
      for (double regret : curve) {
        assertEquals(0, regret % 2, "differences of means are even: " + regret);
      }
      // after all rows, the luckiest run of the best or of the second best was seen
      assertTrue(curve[215] <= 2, "regret " + curve[215]);
    }
    double median = result.strategies().get(0).medianToOptimum().orElseThrow();
    assertTrue(median > 1 && median < 216, "asked after " + median);
    assertEquals(List.of(25, 50, 100, 150, 216), result.checkpoints());
    assertTrue(result.queriesTo(0, 1e9).orElseThrow() == 1);
    assertTrue(result.queriesTo(0, -1).isEmpty());
  }

  @Test
  void whatAStrategyFoundCountsForTheRestOnceNothingIsLeftToAsk() throws IOException {
    StudyResult result = study(Tables.hills(folder), "accuracy", List.of("random"), 400, 2, 1);
    double[] curve = result.strategies().get(0).values()[0];
    assertEquals(curve[215], curve[399]);
    assertEquals(216 * 40, result.strategies().get(0).seconds()[399], 1e-6);
  }

  @Test
  void lowFidelitiesCostTheirPartOfAQuery() throws IOException {
    StudyResult result = study(Tables.hills(folder), "accuracy", List.of("asha"), 30, 3, 1);
    // 30 full evaluations' worth: as long on the simulated clock, whatever the fidelities
    assertEquals(30 * 40, result.strategies().get(0).seconds()[29], 40);
    assertEquals(40, result.strategies().get(0).seconds()[0], 40);
  }

  @Test
  void severalObjectivesAreComparedByHypervolume() throws IOException {
    Table table = Tables.hills(folder);
    StudyResult result = study(table, "accuracy,latency", List.of("random", "nsga2"), 216, 4, 2);
    assertTrue(result.maximize());
    for (double[] curve : result.strategies().get(0).values()) {
      for (int k = 1; k < curve.length; k++) {
        assertTrue(curve[k] >= 0 && curve[k] <= 1 + 1e-9, "part of the whole: " + curve[k]);
      }
      assertEquals(1, curve[215], 0.12, "all rows were asked");
      assertTrue(curve[9] < curve[215]);
    }
    JsonNode json = StudyJson.of(result);
    assertEquals("accuracy,latency:chip", json.path("objective").asText());
    assertTrue(json.at("/strategies/0/hypervolume/100/mean").isNumber(), json.toString());
  }

  @Test
  void theJsonHasTheFormThatIsDocumented() throws IOException {
    StudyResult result =
        study(Tables.hills(folder), "accuracy", List.of("random", "evolution"), 60, 6, 2);
    JsonNode json = StudyJson.of(result);
    assertEquals("hills", json.path("table").asText());
    assertEquals("accuracy", json.path("objective").asText());
    assertEquals(95, json.path("optimum").asDouble());
    JsonNode random = json.at("/strategies/0");
    assertEquals("random", random.path("name").asText());
    for (String queries : List.of("25", "50", "60")) {
      JsonNode figure = random.path("regret").path(queries);
      assertTrue(figure.path("low").asDouble() <= figure.path("mean").asDouble());
      assertTrue(figure.path("mean").asDouble() <= figure.path("high").asDouble());
      assertTrue(figure.path("median").isNumber());
    }
    assertFalse(random.path("regret").has("100"));
    assertTrue(random.has("medianQueriesToOptimum"));
    // random search asks 216 rows, of which the mean is 80, without end; evolution better ones
    double late = random.path("asked").path("41-60").path("mean").asDouble();
    assertEquals(80, late, 2);
    assertTrue(json.at("/strategies/1/asked/41-60/mean").asDouble() > late + 2, json.toString());
    List<String> tests = new ArrayList<>();
    json.path("tests").fieldNames().forEachRemaining(tests::add);
    assertEquals(List.of("25", "50", "60"), tests);
  }

  @Test
  void wrongOptionsAreRefused() throws IOException {
    Table table = Tables.hills(folder);
    assertRefused(table, List.of("evolutoin"), 10, "unknown strategy 'evolutoin'");
    assertRefused(table, List.of("random", "random"), 10, "named twice");
    assertRefused(table, List.of(), 10, "at least one strategy");
    assertRefused(table, List.of("random"), 0, "trials 0");
  }

  private static void assertRefused(Table table, List<String> strategies, int trials, String part) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> study(table, "accuracy", strategies, trials, 2, 1))
            .getMessage();
    assertTrue(message.contains(part), message);
  }
}
