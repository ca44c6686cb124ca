package dev.linnet.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.linnet.search.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the time of a run went, from the seconds that its events are stamped with. */
final class Phases {
  private Phases() {}

  /** The seconds of each phase, in their order; the time before an event counts as its own. */
  static Map<String, Double> of(List<Event> events) {
    Map<String, Double> phases = new LinkedHashMap<>();
    double before = 0;
    for (Event event : events) {
      double now = event.seconds();
      String phase =
          switch (event.type()) {
            case "run", "plan" -> "set-up and planning";
            case "supernet", "supernet-done", "path-failed" -> "supernet";
            case "trial" -> "trials";
            case "epoch", "trained", "training-failed" -> "training from scratch";
            default -> "tests and files";
          };
      phases.merge(phase, Math.max(0, now - before), Double::sum);
      before = Math.max(now, before);
    }
    return phases;
  }

  /** The seconds at the last event, or a missing node. */
  static JsonNode last(List<Event> events) {
    return events.isEmpty()
        ? MissingNode.getInstance()
        : DoubleNode.valueOf(events.get(events.size() - 1).seconds());
  }
}
