package dev.linnet.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.estimate.table.Table;
import dev.linnet.search.Objective;
import dev.linnet.search.Outcome;
import dev.linnet.search.Trial;
import dev.linnet.space.Genotype;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
  @TempDir private Path folder;
  private Table table;

  @BeforeEach
  void read() throws IOException {
    table = Tables.hills(folder);
  }

  private static double accuracy(Answers answers, Trial trial) {
    return ((Outcome.Measured) answers.answer(trial)).accuracy();
  }

  @Test
  void everyTrialDrawsOneOfTheRunsBySeedAndNumber() {
    Genotype genotype = table.space().genotype(1, 2, 3);
    Answers answers = new Answers(table, Goal.parse(table, "accuracy"), 3);
    Answers again = new Answers(table, Goal.parse(table, "accuracy"), 3);
    Answers others = new Answers(table, Goal.parse(table, "accuracy"), 4);
    Set<Double> seen = new HashSet<>();
    int differences = 0;
    for (int i = 0; i < 40; i++) {
      Trial trial = new Trial(i, genotype);
      double accuracy = accuracy(answers, trial);
      seen.add(accuracy);
      assertEquals(accuracy, accuracy(again, trial));
      differences += accuracy == accuracy(others, trial) ? 0 : 1;
    }
    assertEquals(Set.of(0.76, 0.78), seen);
    assertTrue(differences > 5, "another seed draws other runs: " + differences);
  }

  @Test
  void aLowFidelityIsAnsweredByTheCheapestBudgetThatIsAtLeastAsHigh() {
    Answers answers = new Answers(table, Goal.parse(table, "accuracy"), 3);
    Genotype genotype = table.space().genotype(5, 5, 5);
    Trial low = new Trial(0, genotype, 0.25);
    assertEquals(0.35, accuracy(answers, low));
    assertEquals(0.25, answers.cost(low));
    assertEquals(10, answers.seconds(low));
    Trial middle = new Trial(1, genotype, 0.3);
    assertTrue(accuracy(answers, middle) > 0.9);
    assertEquals(1, answers.cost(middle));
    assertEquals(40, answers.seconds(middle));
  }

  @Test
  void lowIsGoodBecomesHighIsGood() {
    Answers answers = new Answers(table, Goal.parse(table, "loss,params,latency"), 3);
    Outcome.Measured best =
        (Outcome.Measured) answers.answer(new Trial(0, table.space().genotype(5, 5, 5)));
    assertEquals(0.75, best.accuracy());
    assertEquals(600, best.cost().params());
    assertEquals(16, best.latencyMs().orElseThrow());
  }

  @Test
  void goalsAreReadByNameAndRefusedWithTheNearest() {
    assertEquals(
        "accuracy,latency:chip,params", Goal.text(Goal.parse(table, "accuracy, chip, params")));
    assertEquals(Objective.LATENCY, Goal.parse(table, "accuracy,energy").get(1).objective());
    assertRefused("acuracy", "unknown objective 'acuracy'; known are accuracy, latency:chip");
    assertRefused("latency", "objective latency:chip has no range");
    assertRefused("accuracy,parms", "further objective 'parms'", "did you mean params?");
    assertRefused("accuracy,macs", "unknown further objective 'macs'; known are latency:chip");
    assertRefused("accuracy,accuracy", "unknown further objective 'accuracy'");
    assertRefused("accuracy,energy,chip", "energy and latency:chip cannot go together");
    assertRefused("accuracy,", "unknown further objective ''");
  }

  private void assertRefused(String names, String... parts) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Goal.parse(table, names)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
