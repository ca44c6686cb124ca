package dev.linnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.search.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerdictTest {
  private static final int IMAGES = 1000;

  private static Finalist network(String role, String genotype, double accuracy) {
    ObjectNode values = Event.object().put("testAccuracy", accuracy).put("genotype", genotype);
    return new Finalist("", role + "-1", role, values);
  }

  private static Verdict verdict(double winner, double random, double handDesigned) {
    return new Verdict(
        network("candidate", "a", winner),
        List.of(network("random", "b", random), network("hand-designed", "", handDesigned)),
        IMAGES,
        "with as many evaluations (50)");
  }

  @Test
  void aClearWinnerIsBetterThanBoth() {
    assertEquals(
        "Better than random search and the hand-designed network.",
        verdict(0.95, 0.90, 0.85).summary());
  }

  @Test
  void aWinnerWithinChanceIsNotClearlyBetter() {
    Verdict verdict = verdict(0.951, 0.949, 0.90);
    assertEquals(
        "Better than the hand-designed network; not clearly better than random search.",
        verdict.summary());
    assertEquals(
        "The winner classifies 95.10\u00A0% of the 1,000 test images correctly: 0.20 percentage"
            + " points more than random search with as many evaluations (50), which chance alone"
            + " can explain; 5.10 percentage points more than the hand-designed network, more than"
            + " chance alone explains.",
        verdict.sentence());
  }

  @Test
  void aLoserIsCalledOne() {
    assertEquals(
        "Not better than random search; worse than the hand-designed network.",
        verdict(0.90, 0.905, 0.95).summary());
  }

  @Test
  void equalAccuracyIsNotBetter() {
    Verdict verdict = verdict(0.9, 0.9, 0.9);
    assertEquals("Not better than random search or the hand-designed network.", verdict.summary());
    assertEquals(
        "The winner classifies 90.00\u00A0% of the 1,000 test images correctly: the same as random"
            + " search with as many evaluations (50); the same as the hand-designed network.",
        verdict.sentence());
  }

  @Test
  void theSameNetworkFoundByChanceIsSaidToBeTheSame() {
    Finalist winner = network("candidate", "a", 0.9);
    Verdict verdict = new Verdict(winner, List.of(network("random", "a", 0.9)), IMAGES, "");
    assertEquals("The same network as the best of random search.", verdict.summary());
    assertEquals(
        "The winner classifies 90.00\u00A0% of the 1,000 test images correctly: random search found"
            + " the same network.",
        verdict.sentence());
  }

  @Test
  void withoutTheSizeOfTheTestSetNothingIsClear() {
    Finalist winner = network("candidate", "a", 0.9);
    Verdict verdict = new Verdict(winner, List.of(network("random", "b", 0.1)), 0, "");
    assertEquals("Not clearly better than random search.", verdict.summary());
  }

  @Test
  void anUntestedWinnerIsNotJudged() {
    Finalist winner = new Finalist("", "candidate-1", "candidate", Event.object());
    Verdict verdict = new Verdict(winner, List.of(), IMAGES, "");
    assertEquals("Not tested.", verdict.summary());
    assertEquals("", verdict.sentence());
  }
}
