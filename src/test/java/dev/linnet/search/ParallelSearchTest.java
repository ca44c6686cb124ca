package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.data.LoadedData;
import dev.linnet.supernet.Tiny;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ParallelSearchTest {
  private static final SearchPlan PLAN = new SearchPlan(3, 8, 1, 1);

  private final LoadedData data = Tiny.data(64, 32, 32);

  private static Execution parallel(int count) {
    return new Execution(
        count, Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  /** The events up to the ranking. */
  private List<Event> events(String strategy, Execution execution, List<Event> recorded) {
    List<Event> events = new ArrayList<>(recorded);
    SearchOptions options =
        SearchOptions.of(data, Tiny.space())
            .with(
                o ->
                    o.strategy(strategy)
                        .seed(3)
                        .threads(1)
                        .backend("scalar")
                        .trials(PLAN.trials())
                        .command("test")
                        .execution(execution));
    assertThrows(
        IllegalStateException.class,
        () ->
            SearchRun.run(
                options,
                PLAN,
                new Recorded(recorded, Checkpoints.none()),
                event -> {
                  events.add(event);
                  if (event.type().equals("rank")) {
                    throw new IllegalStateException("this is enough");
                  }
                },
                Progress.none(),
                Duration.ZERO,
                () -> false));
    return events;
  }

  private static List<String> withoutStamp(List<Event> events) {
    return events.stream().map(e -> e.type() + " " + e.fields()).toList();
  }

  @Test
  void theHistoryIsTheSameHoweverManyCandidatesAreEvaluatedAtATime() {
    for (String strategy : List.of(RegularizedEvolution.NAME, RandomSearch.NAME)) {
      List<String> one = withoutStamp(events(strategy, parallel(1), List.of()));
      assertEquals(16, one.stream().filter(e -> e.startsWith("trial")).count());
      for (int count : new int[] {2, 3, 9}) {
        assertEquals(one, withoutStamp(events(strategy, parallel(count), List.of())));
      }
    }
  }

  @Test
  void aRunIsResumedWithAnotherNumberOfCandidatesAtATime() {
    List<Event> one = events(RegularizedEvolution.NAME, parallel(1), List.of());
    List<Event> resumed = events(RegularizedEvolution.NAME, parallel(3), one.subList(0, 10));
    assertEquals("trial", one.get(9).type());
    assertEquals(withoutStamp(one), withoutStamp(resumed));
  }

  @Test
  void aCandidateThatNeedsMoreMemoryThanItMayIsRejectedBeforeItIsBuilt() {
    Execution tight =
        new Execution(
            1, Optional.empty(), OptionalLong.of(1000), Optional.empty(), Optional.empty());
    List<Event> events = events(RandomSearch.NAME, tight, List.of());
    List<Event> trials = events.stream().filter(e -> e.type().equals("trial")).toList();
    assertEquals(1000, events.get(0).fields().path("trialBytes").asInt());
    assertEquals(16, trials.size());
    for (Event trial : trials) {
      assertEquals("rejected", trial.fields().path("outcome").asText());
      String reason = trial.fields().path("reason").asText();
      assertTrue(reason.endsWith("bytes of memory, at most 1,000 may be used"), reason);
    }
  }

  @Test
  void aCandidateThatTakesLongerThanItMayIsStoppedAndRecorded() {
    Execution hasty =
        new Execution(
            2,
            Optional.of(Duration.ofNanos(1)),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty());
    List<Event> events = events(RandomSearch.NAME, hasty, List.of());
    List<Event> trials = events.stream().filter(e -> e.type().equals("trial")).toList();
    assertEquals(16, trials.size());
    for (Event trial : trials) {
      assertEquals("failed", trial.fields().path("outcome").asText());
      assertTrue(trial.fields().path("reason").asText().startsWith("stopped: it took more than"));
    }
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    String message = assertThrows(IllegalArgumentException.class, () -> parallel(0)).getMessage();
    assertEquals("parallel must be at least 1, got 0", message);
  }
}
