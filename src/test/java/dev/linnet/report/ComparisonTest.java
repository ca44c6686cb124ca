package dev.linnet.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.search.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static String ranking(int networks, Double estimate, Double macs) {
    ObjectNode result = Event.object();
    ObjectNode rank = result.putObject("rank").put("networks", networks);
    rank.put("kendallSupernet", estimate).put("kendallMacs", macs);
    return new Comparison(new RunRecord(List.of(), false, result)).ranking().markup();
  }

  @Test
  void tooFewNetworksSayNothing() {
    assertTrue(
        ranking(3, 1.0, -1.0).contains("Only 3 networks were trained from scratch: too few"));
    assertTrue(ranking(1, null, null).contains("Only 1 network was trained"));
  }

  @Test
  void theLeadOfTheMacsIsAdmitted() {
    String text = ranking(20, 0.2, 0.6);
    assertTrue(
        text.contains("Just counting the MACs orders the networks better than the estimate"));
    assertTrue(text.contains("chance alone reaches ±0.32 (95 %), so this is a hint and no proof"));
  }

  @Test
  void anOrderBeyondChanceIsSaidToTellSomething() {
    String text = ranking(20, 0.7, -0.25);
    assertTrue(text.contains("so the estimate does say something"));
    assertTrue(text.contains("data-of=\"rank.kendallMacs\">−0.25</data>"));
  }

  @Test
  void anUndefinedCorrelationIsNotShownAsANumber() {
    String text = ranking(8, null, 0.5);
    assertTrue(text.contains("not defined"));
    assertFalse(text.contains("data-of=\"rank.kendallSupernet\""));
  }

  @Test
  void aMissingBaselineIsNamed() {
    ObjectNode result = Event.object();
    result.putObject("best").put("name", "candidate-1").put("testAccuracy", 0.5);
    String text = new Comparison(new RunRecord(List.of(), false, result)).baselines().markup();
    assertTrue(text.contains("Random search has no trained network in this run."));
    assertTrue(text.contains("The hand-designed network was not trained in this run."));
    assertTrue(text.contains("no interval can be given"));
  }
}
