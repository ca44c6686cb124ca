package dev.linnet.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.search.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeadSectionTest {
  /** The head of a run with some trials of the strategy and some of its baseline. */
  private static String head(String strategy, int own, String baseline, int others) {
    List<Event> events = new ArrayList<>();
    events.add(new Event("run", Event.object().put("strategy", strategy)));
    for (int i = 0; i < own + others; i++) {
      ObjectNode trial = Event.object().put("number", i).put("outcome", "measured");
      events.add(new Event("trial", trial.put("by", i < own ? strategy : baseline)));
    }
    ObjectNode rejected = Event.object().put("by", strategy).put("outcome", "rejected");
    events.add(new Event("trial", rejected));
    ObjectNode result = Event.object().put("testImages", 100);
    result.putObject("best").put("name", "a").put("genotype", "a").put("testAccuracy", 0.5);
    ObjectNode random = Event.object().put("name", "b").put("genotype", "b");
    result.putArray("baselines").add(random.put("role", "random").put("testAccuracy", 0.4));
    return new HeadSection(new RunRecord(events, false, result)).html().markup();
  }

  @Test
  void asManyEvaluationsAreSaidToBeSo() {
    String head = head("evolution", 3, "random", 3);
    assertTrue(head.contains("than random search with as many evaluations (3)"), head);
  }

  @Test
  void fewerEvaluationsOfTheBaselineAreAdmitted() {
    String head = head("evolution", 4, "random", 2);
    assertTrue(head.contains("than random search with 2 evaluations instead of 4"), head);
  }

  @Test
  void randomSearchHasItselfAsABaseline() {
    String head = head("random", 5, "random-baseline", 5);
    assertTrue(head.contains("than random search with as many evaluations (5)"), head);
  }
}
