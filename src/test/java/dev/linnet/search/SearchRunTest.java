package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linnet.core.data.HeldOut;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.train.Networks;
import dev.linnet.data.LoadedData;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Task;
import dev.linnet.supernet.Tiny;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SearchRunTest {
  private static final int EPOCHS = 2;
  private static final SearchPlan PLAN = new SearchPlan(4, 8, 2, EPOCHS);

  private final LoadedData data = Tiny.data(64, 32, 32);
  private final List<Event> events = new ArrayList<>();

  /** A search to its end that several tests look at, and how often the test images were open. */
  private record Whole(SearchResult result, List<Event> events, List<Integer> openings) {}

  private static Whole whole;

  /** Ends a search of which a test needs no more. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeAll
  static void searchOnce() {
    SearchRunTest test = new SearchRunTest();
    List<Integer> openings = new ArrayList<>();
    HeldOut held = test.data.splits().test();
    SearchResult result =
        test.run(test.plain(1, 1), event -> openings.add(held.openings().size()), new boolean[1]);
    whole = new Whole(result, List.copyOf(test.events), openings);
  }

  /** Searches as far as everything but the tests and latencies at the end. */
  private void runToTheRanking(SearchOptions options) {
    assertThrows(
        Enough.class,
        () ->
            run(
                options,
                event -> {
                  if (event.type().equals("rank")) {
                    throw new Enough();
                  }
                },
                new boolean[1]));
  }

  private SearchOptions options(
      SearchSpace space, Constraints constraints, long seed, int threads, Duration budget) {
    return options(
        space,
        RegularizedEvolution.NAME,
        List.of(Objective.ACCURACY),
        constraints,
        seed,
        threads,
        budget);
  }

  private SearchOptions options(
      SearchSpace space,
      String strategy,
      List<Objective> objectives,
      Constraints constraints,
      long seed,
      int threads,
      Duration budget) {
    SearchOptions options =
        SearchOptions.of(data, space)
            .with(
                o ->
                    o.strategy(strategy)
                        .objectives(objectives)
                        .constraints(constraints)
                        .seed(seed)
                        .threads(threads)
                        .backend("scalar")
                        .trials(PLAN.trials())
                        .command("test"));
    return budget == null ? options : options.with(o -> o.budget(budget));
  }

  private SearchResult run(SearchOptions options, Consumer<Event> log, boolean[] interrupted) {
    return SearchRun.run(
        options,
        PLAN,
        Recorded.nothing(),
        event -> {
          events.add(event);
          log.accept(event);
        },
        Progress.none(),
        Duration.ZERO,
        () -> interrupted[0]);
  }

  private SearchResult run(SearchOptions options) {
    return run(options, event -> {}, new boolean[1]);
  }

  private SearchOptions plain(long seed, int threads) {
    return options(Tiny.space(), Constraints.none(), seed, threads, null);
  }

  private Stream<Event> events(String type) {
    return events.stream().filter(e -> e.type().equals(type));
  }

  private static List<String> withoutStamp(List<Event> events) {
    return events.stream().map(e -> e.type() + " " + e.fields()).toList();
  }

  @Test
  void oneSeedGivesOneHistoryAndTheSameWeightsForAnyNumberOfThreads() {
    List<String> first = toTheRanking(Backends.AUTO, 3, 1);
    assertTrue(first.stream().filter(e -> e.contains("\"weights\"")).count() > 3);
    assertEquals(first, toTheRanking(Backends.AUTO, 3, 2));
    List<String> scalar = toTheRanking("scalar", 3, 1);
    assertEquals(scalar, toTheRanking("scalar", 3, 2));
    List<String> other = toTheRanking("scalar", 4, 1);
    assertNotEquals(scalar.subList(1, scalar.size()), other.subList(1, other.size()));
  }

  private List<String> toTheRanking(String backend, long seed, int threads) {
    events.clear();
    runToTheRanking(plain(seed, threads).with(o -> o.backend(backend)));
    return withoutStamp(events);
  }

  @Test
  void theTestImagesStaySealedUntilEverythingIsDecidedAndAreOpenedOnce() {
    List<String> types = whole.events().stream().map(Event::type).toList();
    for (int i = 0; i < types.size(); i++) {
      boolean late = types.get(i).equals("tested") || types.get(i).equals("end");
      assertEquals(late ? 1 : 0, whole.openings().get(i), types.get(i));
    }
    assertEquals(1, whole.result().options().data().splits().test().openings().size());
    assertTrue(types.lastIndexOf("trained") < types.indexOf("tested"), types.toString());
    assertTrue(types.lastIndexOf("epoch") < types.indexOf("tested"), types.toString());
  }

  @Test
  void bothBaselinesAreTrainedAsTheCandidatesAre() {
    events.addAll(whole.events());
    SearchResult result = whole.result();
    assertFalse(result.interrupted());
    assertEquals("candidate", result.best().role());
    assertEquals(
        List.of("random", "hand-designed"),
        result.baselines().stream().map(NetworkResult::role).toList());
    List<NetworkResult> tested = new ArrayList<>(result.baselines());
    tested.add(result.best());
    for (NetworkResult each : tested) {
      assertTrue(each.test() >= 0 && each.test() <= 1, each.toString());
      assertTrue(each.latencyMs() > 0 && each.cost().macs() > 0, each.toString());
      assertEquals(
          1,
          events("trained")
              .filter(e -> e.fields().get("network").asText().equals(each.name()))
              .filter(e -> e.fields().get("complete").asBoolean())
              .count(),
          each.name());
    }
    assertTrue(events("epoch").allMatch(e -> e.fields().get("epochs").asInt() == EPOCHS));
    long lasts = events("epoch").filter(e -> e.fields().get("epoch").asInt() == EPOCHS).count();
    long distinct =
        events("trained").map(e -> e.fields().get("genotype").asText()).distinct().count();
    assertEquals(distinct, lasts); // one that both sides found is trained once
    assertEquals("done", last().fields().get("reason").asText());
  }

  private Event last() {
    Event last = events.get(events.size() - 1);
    assertEquals("end", last.type());
    return last;
  }

  @Test
  void aCandidateThatExplodesIsRecordedAndTheSearchGoesOn() {
    SearchSpace space = Tiny.explosive();
    Predicate<Event> exploded =
        e -> space.chosen(space.parse(e.fields().get("genotype").asText())).is("end", "huge");
    SearchResult result = run(options(space, Constraints.none(), 2, 1, null));
    assertTrue(events("path-failed").count() > 0);
    assertTrue(events("path-failed").allMatch(exploded));
    assertTrue(events("trial").anyMatch(exploded), "the seed has to try one that explodes");
    events("trial")
        .forEach(
            e -> {
              boolean failed = e.fields().get("outcome").asText().equals("failed");
              assertEquals(exploded.test(e), failed, e.fields().toString());
              assertEquals(failed, e.fields().has("reason"), e.fields().toString());
            });
    assertUsable(result);
    assertFalse(space.chosen(result.best().genotype().orElseThrow()).is("end", "huge"));
  }

  @Test
  void candidatesOverALimitAreRejectedWithTheReasonAndTheWinnerKeepsIt() {
    SearchSpace space = Tiny.space();
    long[] macs = macs(space);
    long limit = macs[macs.length / 2];
    runToTheRanking(options(space, Constraints.none().withMaxMacs(limit), 1, 1, null));
    List<Event> rejected =
        events("trial").filter(e -> e.fields().get("outcome").asText().equals("rejected")).toList();
    assertFalse(rejected.isEmpty());
    for (Event each : rejected) {
      String reason = each.fields().get("reason").asText();
      assertTrue(reason.contains("MACs"), reason);
    }
    assertTrue(
        events("trial")
            .filter(e -> e.fields().has("macs"))
            .allMatch(e -> e.fields().get("macs").asLong() <= limit));
    assertTrue(
        events("trained")
            .filter(e -> !e.fields().get("role").asText().equals("hand-designed"))
            .allMatch(e -> e.fields().get("macs").asLong() <= limit));
  }

  private long[] macs(SearchSpace space) {
    Task task = Tiny.task(data);
    BackendProvider.Options one = new BackendProvider.Options(1);
    try (Backend backend = Backends.open("scalar", one, line -> {})) {
      return space
          .all()
          .map(g -> Networks.inference(space.decode(g, task), task.images(1), Weights.own()))
          .mapToLong(graph -> Cost.of(graph, backend).macs())
          .sorted()
          .toArray();
    }
  }

  @Test
  void severalObjectivesGiveAFrontThatIsMeasuredAgain() {
    SearchSpace space = Tiny.space();
    List<Objective> objectives = List.of(Objective.ACCURACY, Objective.LATENCY);
    SearchResult result =
        run(options(space, Nsga2.NAME, objectives, Constraints.none(), 1, 1, null));
    assertFalse(result.front().isEmpty());
    List<Event> again = events("front").toList();
    for (FrontMember member : result.front()) {
      assertTrue(member.latencyMs() > 0 && member.searchLatencyMs() > 0, member.toString());
      assertTrue(
          again.stream()
              .filter(e -> e.stamp().get("latencyMs").asDouble() == member.latencyMs())
              .anyMatch(
                  e -> e.fields().get("genotype").asText().equals(member.genotype().toString())),
          member.toString());
    }
    for (int i = 1; i < result.front().size(); i++) {
      FrontMember before = result.front().get(i - 1);
      FrontMember after = result.front().get(i);
      assertTrue(
          before.accuracy() >= after.accuracy() && before.latencyMs() >= after.latencyMs(),
          before + " and " + after);
    }
    JsonNode written = RunResult.of(events).orElseThrow().required("front");
    assertEquals(
        result.front().stream().map(member -> member.genotype().toString()).toList(),
        written.findValuesAsText("genotype"));
    JsonNode volumes = RunResult.of(events).orElseThrow().path("hypervolume");
    for (String side : List.of("strategy", "random")) {
      double volume = volumes.required(side).asDouble();
      assertTrue(volume > 0 && volume <= 1, volumes.toString());
    }
    // what is trained as a candidate is on the front, as far as that reaches
    Set<String> searched = new HashSet<>();
    again.forEach(e -> searched.add(e.fields().get("genotype").asText()));
    assertTrue(
        searched.size() < PLAN.finalists()
            || searched.contains(result.best().genotype().orElseThrow().toString()));
  }

  @Test
  void accuracyAloneIsNoFront() {
    assertEquals(List.of(), whole.result().front());
    assertTrue(whole.events().stream().noneMatch(e -> e.type().equals("front")));
  }

  @Test
  void trialsOfLowFidelityCostTheirPartAndAreNoCandidates() {
    SearchOptions options =
        options(
            Tiny.space(), Asha.NAME, List.of(Objective.ACCURACY), Constraints.none(), 1, 1, null);
    runToTheRanking(options);
    List<Event> asked =
        events("trial").filter(e -> e.fields().get("by").asText().equals(Asha.NAME)).toList();
    double cost = asked.stream().mapToDouble(e -> e.fields().path("fidelity").asDouble(1)).sum();
    assertTrue(asked.stream().anyMatch(e -> e.fields().has("fidelity")));
    assertTrue(cost <= PLAN.trials() + 1 && asked.size() > cost, asked.size() + " cost " + cost);
    Set<String> full = new HashSet<>();
    events("trial")
        .filter(e -> !e.fields().has("fidelity"))
        .forEach(e -> full.add(e.fields().get("genotype").asText()));
    assertTrue(
        events("trained")
            .filter(e -> e.fields().get("role").asText().equals("candidate"))
            .allMatch(e -> full.contains(e.fields().get("genotype").asText())));
  }

  @Test
  void limitsThatNoNetworkMeetsEndTheSearchWithOneLine() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> run(options(Tiny.space(), Constraints.none().withMaxParams(1), 1, 1, null)));
    assertTrue(e.getMessage().contains("tiny"), e.getMessage());
    assertTrue(e.getMessage().contains("parameters, at most 1 allowed"), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }

  @Test
  void anInterruptAtAnyTimeGivesAUsableWinner() {
    for (String when : new String[] {"run", "supernet", "trial", "epoch"}) {
      events.clear();
      boolean[] interrupted = {false};
      SearchResult result =
          run(plain(1, 1), e -> interrupted[0] |= e.type().equals(when), interrupted);
      assertTrue(result.interrupted(), when);
      assertEquals("interrupted", last().fields().get("reason").asText(), when);
      assertUsable(result);
    }
  }

  @Test
  void anInterruptBeforeAnythingWasMeasuredIsNoShortBudget() {
    SearchOptions options = options(Tiny.space(), Constraints.none(), 1, 1, Duration.ofMillis(1));
    SearchResult result = run(options, event -> {}, new boolean[] {true});
    assertTrue(result.interrupted());
    assertUsable(result);
  }

  private void assertUsable(SearchResult result) {
    assertTrue(Double.isFinite(result.best().validation()), result.best().toString());
    assertTrue(result.best().test() >= 0 && result.best().test() <= 1, result.best().toString());
    for (String name : result.model().tensors()) {
      for (float value : result.model().tensor(name).values()) {
        assertTrue(Float.isFinite(value), name);
      }
    }
    Genotype genotype = result.best().genotype().orElseThrow();
    assertEquals(genotype.toString(), result.model().genotype());
    try (var predictor = result.model().predictor()) {
      var prediction = predictor.predict(data.splits().searchData().train().image(0));
      assertTrue(data.provenance().classes().contains(prediction.label()), prediction.label());
    }
  }

  @Test
  void anInterruptOfTheThreadEndsALibraryCallAndStaysSet() {
    Thread.currentThread().interrupt();
    SearchResult result;
    try {
      result = Search.of(Tiny.space(), data).trials(4).run();
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertTrue(result.interrupted());
    assertUsable(result);
  }

  @Test
  void aBudgetThatIsTooSmallIsNamed() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> run(options(Tiny.space(), Constraints.none(), 1, 1, Duration.ofMillis(1))));
    assertTrue(e.getMessage().startsWith("budget"), e.getMessage());
    assertTrue(e.getMessage().contains("few-digits"), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
    assertTrue(events.isEmpty());
    assertTrue(data.splits().test().openings().isEmpty());
  }

  @Test
  @Tag("once")
  void aBudgetIsKept() {
    long begin = System.nanoTime();
    SearchResult result =
        run(options(Tiny.space(), Constraints.none(), 1, 1, Duration.ofSeconds(5)));
    double seconds = (System.nanoTime() - begin) * 1e-9;
    assertTrue(seconds < 7, seconds + " s");
    assertFalse(result.interrupted());
    assertUsable(result);
  }
}
