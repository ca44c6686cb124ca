package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.supernet.Tiny;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyCheckTest {
  private static final SearchPlan PLAN = new SearchPlan(2, 6, 1, 1);

  private static SearchResult search(List<Objective> objectives, List<Event> events) {
    SearchOptions options =
        SearchOptions.of(Tiny.data(32, 16, 16), Tiny.space())
            .with(
                o ->
                    o.strategy(RandomSearch.NAME)
                        .objectives(objectives)
                        .threads(1)
                        .backend("scalar")
                        .trials(PLAN.trials()));
    return SearchRun.run(
        options,
        PLAN,
        Recorded.nothing(),
        events::add,
        Progress.none(),
        Duration.ZERO,
        () -> false);
  }

  private static List<LatencyCheck> checks(List<Event> events) {
    try (Backend backend = Backends.open("scalar", new BackendProvider.Options(1), line -> {})) {
      return LatencyCheck.of(events, Tiny.space(), backend);
    }
  }

  @Test
  void theFrontIsMeasuredAgainBesideWhatWasReported() {
    List<Event> events = new ArrayList<>();
    SearchResult result = search(List.of(Objective.ACCURACY, Objective.LATENCY), events);
    List<LatencyCheck> checks = checks(events);
    assertFalse(checks.isEmpty());
    assertEquals(
        result.front().stream().map(m -> m.genotype() + " " + m.latencyMs()).toList(),
        checks.stream().map(c -> c.genotype() + " " + c.reportedMs()).toList());
    assertTrue(checks.stream().allMatch(c -> c.againMs() > 0));
    assertEquals(0.25, new LatencyCheck("a", 2, 2.5).difference(), 1e-12);
  }

  @Test
  void aRunForAccuracyAloneHasNoFrontToMeasure() {
    List<Event> events = new ArrayList<>();
    search(List.of(Objective.ACCURACY), events);
    assertEquals(List.of(), checks(events));
  }
}
