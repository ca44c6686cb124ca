package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.data.LoadedData;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Tuning;
import dev.linnet.supernet.Tiny;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  private static final SearchPlan PLAN = new SearchPlan(4, 6, 2, 3);

  /** Of each space the events of its search with the one seed, for all tests. */
  private static final Map<String, List<Event>> RANKED = new HashMap<>();

  @TempDir private Path temp;

  private final LoadedData data = Tiny.data(32, 16, 16);
  private final List<String> said = new ArrayList<>();

  /** What a process that was killed leaves undone. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private SearchOptions options(SearchSpace space, long seed, Duration budget) {
    SearchOptions options = options(space, List.of(Objective.ACCURACY), 1);
    return budget == null
        ? options.with(o -> o.seed(seed))
        : options.with(o -> o.seed(seed).budget(budget));
  }

  private SearchOptions options(SearchSpace space, List<Objective> objectives, int parallel) {
    Execution execution =
        new Execution(
            parallel, Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());
    return SearchOptions.of(data, space)
        .with(
            o ->
                o.strategy(Strategies.usual(objectives))
                    .objectives(objectives)
                    .seed(3)
                    .threads(1)
                    .backend("scalar")
                    .trials(PLAN.trials())
                    .command("test")
                    .execution(execution));
  }

  private SearchOptions plain() {
    return options(Tiny.space(), 3, null);
  }

  /** Searches to the end. */
  private SearchResult search(
      SearchOptions options,
      List<Event> events,
      Checkpoints checkpoints,
      BooleanSupplier interrupted) {
    return SearchRun.run(
        options,
        PLAN,
        new Recorded(events, checkpoints),
        events::add,
        listening(),
        Duration.ZERO,
        interrupted);
  }

  /** Goes on with events that are there and adds to them, until the process is killed. */
  private void searchUntil(
      int most, SearchOptions options, List<Event> events, Checkpoints checkpoints) {
    if (events.size() < most) {
      assertThrows(
          Killed.class,
          () ->
              SearchRun.run(
                  options,
                  PLAN,
                  new Recorded(events, checkpoints),
                  event -> {
                    events.add(event);
                    if (events.size() == most) {
                      throw new Killed();
                    }
                  },
                  listening(),
                  Duration.ZERO,
                  () -> false));
    }
    assertEquals(most, events.size());
  }

  /**
   * The events of a search but the last ones, which are of the test and take time to measure
   * latencies. Those of trained networks have the checksum of their weights.
   */
  private List<Event> toTheRanking(SearchOptions options) {
    return new ArrayList<>(RANKED.computeIfAbsent(name(options), name -> ranked(options)));
  }

  private static String name(SearchOptions options) {
    return options.space().name() + " " + Objective.text(options.objectives());
  }

  private List<Event> ranked(SearchOptions options) {
    List<Event> events = new ArrayList<>();
    assertThrows(
        Killed.class,
        () ->
            SearchRun.run(
                options,
                PLAN,
                Recorded.nothing(),
                event -> {
                  events.add(event);
                  if (event.type().equals("rank")) {
                    throw new Killed();
                  }
                },
                Progress.none(),
                Duration.ZERO,
                () -> false));
    assertTrue(events.stream().filter(e -> e.fields().has("weights")).count() > 3);
    return events;
  }

  private Progress listening() {
    return new Progress() {
      @Override
      public void phase(String what, long total) {}

      @Override
      public void step(long done) {}

      @Override
      public void remaining(double seconds) {}

      @Override
      public void line(String text) {
        said.add(text);
      }
    };
  }

  private static List<String> withoutStamp(List<Event> events) {
    return events.stream().map(e -> e.type() + " " + e.fields()).toList();
  }

  @Test
  void aRunThatIsKilledAfterAnyEventAndResumedHasTheSameEvents() {
    List<Event> whole = toTheRanking(plain());
    for (int killed = 1; killed < whole.size(); killed += 3) {
      assertKilledAndResumed(plain(), whole, killed);
    }
    assertEquals(List.of(), said.stream().filter(line -> line.contains("again")).toList());
  }

  private void assertKilledAndResumed(SearchOptions options, List<Event> whole, int killed) {
    List<Event> events = new ArrayList<>();
    try (RunFolder folder = RunFolder.create(temp.resolve("run" + killed), false)) {
      Checkpoints checkpoints = Checkpoints.in(folder, Duration.ZERO);
      searchUntil(killed, options, events, checkpoints);
      searchUntil(whole.size(), options, events, checkpoints);
      assertEquals(withoutStamp(whole), withoutStamp(events), "killed after " + killed);
    }
  }

  @Test
  void aRunThatIsKilledWhileItTestsEndsWithTheSameResultAndModel() {
    List<Event> whole = new ArrayList<>();
    SearchResult result = search(plain(), whole, Checkpoints.none(), () -> false);
    try (RunFolder folder = RunFolder.create(temp.resolve("run"), false)) {
      Checkpoints checkpoints = Checkpoints.in(folder, Duration.ZERO);
      List<Event> events = new ArrayList<>();
      searchUntil(whole.size() - 1, plain(), events, checkpoints);
      for (int i = 0; i < 2; i++) { // the second time there is nothing left to do
        SearchResult again = search(plain(), events, checkpoints, () -> false);
        assertEquals(withoutStamp(whole), withoutStamp(events));
        assertEquals(result.model().weightsChecksum(), again.model().weightsChecksum());
        assertEquals(result.best().test(), again.best().test());
      }
      double recorded = events.get(whole.size() - 2).stamp().path("latencyMs").asDouble();
      SearchResult again = search(plain(), events, checkpoints, () -> false);
      assertEquals(recorded, again.baselines().get(1).latencyMs());
    }
  }

  @Test
  void withoutCheckpointsTrainingsAreDoneAgainToTheSameBits() {
    List<Event> whole = toTheRanking(plain());
    for (int left = 0; left < whole.size(); left += 5) {
      List<Event> events = new ArrayList<>(whole.subList(0, left));
      searchUntil(whole.size(), plain(), events, Checkpoints.none());
      assertEquals(withoutStamp(whole), withoutStamp(events), left + " events were left");
    }
  }

  @Test
  void checkpointsThatAreDamagedOrAheadOfTheLogAreSaidAndDoneWithout() throws IOException {
    List<Event> whole = toTheRanking(plain());
    try (RunFolder folder = RunFolder.create(temp.resolve("run"), false)) {
      Checkpoints checkpoints = Checkpoints.in(folder, Duration.ZERO);
      searchUntil(whole.size(), plain(), new ArrayList<>(), checkpoints);
      byte[] good = Files.readAllBytes(folder.checkpoint("supernet"));
      for (int left : new int[] {0, 3, 5}) { // the checkpoint is of a later place
        Files.write(folder.checkpoint("supernet"), good);
        assertTrue(saidBy(left, whole, checkpoints).contains("supernet does not fit the log"));
      }
      for (int i = 0; i < 20; i++) {
        byte[] bad = good.clone();
        bad[(int) ((long) i * bad.length / 20)] ^= 4;
        assertEquals(Optional.empty(), Checkpoint.read(bad));
      }
      Files.write(folder.checkpoint("supernet"), Arrays.copyOf(good, good.length / 2));
      assertTrue(saidBy(12, whole, checkpoints).contains("supernet is damaged"));
    }
  }

  /** Goes on with the first events; what it said. */
  private String saidBy(int left, List<Event> whole, Checkpoints checkpoints) {
    said.clear();
    List<Event> events = new ArrayList<>(whole.subList(0, left));
    searchUntil(whole.size(), plain(), events, checkpoints);
    assertEquals(withoutStamp(whole), withoutStamp(events));
    return said.toString();
  }

  @Test
  void whatADivergingCandidateGoesBackToIsPartOfTheCheckpoint() {
    SearchOptions options = options(Tiny.explosive(), 2, null);
    List<Event> whole = toTheRanking(options);
    assertTrue(whole.stream().anyMatch(e -> e.type().equals("path-failed")));
    for (int killed = 2; killed < 14; killed += 2) {
      assertKilledAndResumed(options, whole, killed);
    }
  }

  @Test
  void aRunForSeveralObjectivesIsResumedWithTheSameTrialsAndFinalists() {
    SearchOptions options = options(Tiny.space(), List.of(Objective.ACCURACY, Objective.PARAMS), 1);
    List<Event> whole = toTheRanking(options);
    assertEquals(Nsga2.NAME, whole.get(0).fields().path("strategy").asText());
    for (int killed = 4; killed < whole.size(); killed += 7) {
      assertKilledAndResumed(options, whole, killed);
    }
  }

  /** What is measured depends on the moment; so it is taken from the record, never again. */
  @Test
  void latenciesOfARecordAreKeptAndItsFrontIsTheFrontOfTheResumedRun() {
    SearchOptions options =
        options(Tiny.space(), List.of(Objective.ACCURACY, Objective.LATENCY), 1);
    List<Event> whole = new ArrayList<>();
    SearchResult result = search(options, whole, Checkpoints.none(), () -> false);
    List<String> types = whole.stream().map(Event::type).toList();
    for (int left : List.of(types.lastIndexOf("trial") + 1, types.lastIndexOf("front") + 1)) {
      List<Event> events = new ArrayList<>(whole.subList(0, left));
      SearchResult again = search(options, events, Checkpoints.none(), () -> false);
      assertEquals(whole.subList(0, left), events.subList(0, left));
      assertEquals(result.model().weightsChecksum(), again.model().weightsChecksum());
      if (types.subList(0, left).contains("front")) {
        assertEquals(result.front(), again.front());
        assertEquals(withoutStamp(whole), withoutStamp(events));
      }
    }
  }

  @Test
  void trainingsThatAGenotypeTunesAreResumedToTheSameBits() {
    SearchOptions options = options(Tuning.of(Tiny.space()), List.of(Objective.ACCURACY), 1);
    List<Event> whole = toTheRanking(options);
    List<String> types = whole.stream().map(Event::type).toList();
    int first = types.indexOf("epoch");
    for (int killed : List.of(first - 1, first + 1, first + 4, whole.size() - 2)) {
      assertKilledAndResumed(options, whole, killed);
    }
  }

  @Test
  void aRunWithSeveralCandidatesAtATimeIsResumedWithAnotherNumberOfThem() {
    SearchOptions one = options(Tiny.space(), List.of(Objective.ACCURACY), 1);
    List<Event> whole = toTheRanking(one);
    int first = whole.stream().map(Event::type).toList().indexOf("trial");
    for (int killed = first; killed < first + 2 * PLAN.trials(); killed += 3) {
      try (RunFolder folder = RunFolder.create(temp.resolve("parallel" + killed), false)) {
        List<Event> events = new ArrayList<>();
        Checkpoints checkpoints = Checkpoints.in(folder, Duration.ZERO);
        searchUntil(killed, options(one.space(), one.objectives(), 3), events, checkpoints);
        searchUntil(whole.size(), options(one.space(), one.objectives(), 2), events, checkpoints);
        assertEquals(withoutStamp(whole), withoutStamp(events), "killed after " + killed);
      }
    }
  }

  @Test
  void aRunThatWasInterruptedGoesOnAsIfItHadNotBeen() {
    List<Event> whole = toTheRanking(plain());
    for (int at = 0; at < whole.size(); at += 9) {
      int stop = at;
      List<Event> events = new ArrayList<>();
      try (RunFolder folder = RunFolder.create(temp.resolve("run" + stop), false)) {
        Checkpoints checkpoints = Checkpoints.in(folder, Duration.ZERO);
        assertTrue(search(plain(), events, checkpoints, () -> events.size() >= stop).interrupted());
        int marker = withoutStamp(events).indexOf("interrupted {}");
        assertEquals(stop, marker);
        List<Event> kept = new ArrayList<>(events.subList(0, marker));
        searchUntil(whole.size(), plain(), kept, checkpoints);
        assertEquals(withoutStamp(whole), withoutStamp(kept), "interrupted at " + stop);
      }
    }
  }

  @Test
  void anInterruptWhileItCatchesUpLeavesTheLogAlone() {
    List<Event> whole = toTheRanking(plain());
    List<Event> events = new ArrayList<>(whole.subList(0, 20));
    assertFails("interrupted before", plain(), events, () -> true);
    assertEquals(20, events.size());
  }

  @Test
  void anotherRunIsNotTheRecordedOne() {
    List<Event> whole = toTheRanking(plain());
    assertFails(
        "event 1 of the log cannot be repeated (run: seed was 3, now it is 4)",
        options(Tiny.space(), 4, null),
        whole,
        () -> false);
    Event trial = whole.get(10);
    ObjectNode other = trial.fields().deepCopy().put("genotype", "tiny:0,0,0");
    whole.set(10, new Event(trial.type(), other, trial.stamp()));
    assertFails("event 11 of the log cannot be repeated", plain(), whole, () -> false);
  }

  private void assertFails(
      String message, SearchOptions options, List<Event> events, BooleanSupplier interrupted) {
    String found =
        assertThrows(
                IllegalStateException.class,
                () -> search(options, events, Checkpoints.none(), interrupted))
            .getMessage();
    assertTrue(found.startsWith(message), found);
    assertEquals(1, found.lines().count());
  }

  @Test
  void withABudgetThePlansOfTheRecordAreKept() {
    SearchOptions options = options(Tiny.space(), 3, Duration.ofSeconds(4));
    List<Event> events = new ArrayList<>();
    searchUntil(2, options, events, Checkpoints.none());
    Event plan = events.get(1);
    ObjectNode other = plan.fields().deepCopy().put("supernetEpochs", 2).put("trials", 5);
    events.set(1, new Event("plan", other));
    searchUntil(10, options, events, Checkpoints.none());
    List<String> types = events.stream().map(Event::type).toList();
    assertEquals(2, types.stream().filter(t -> t.equals("supernet")).count(), types.toString());
    assertEquals(other, events.get(1).fields());
  }
}
