package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.space.Choice;
import dev.linnet.space.SearchSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Strategy} promises, for every built-in one and some with several fidelities. */
class StrategyContractTest {
  private static final int TRIALS = 100;

  static Stream<String> names() {
    return Stream.concat(
        Strategies.names().stream(),
        Stream.of("evolution+asha", "local+hyperband", "tpe+halving", "nsga2+asha"));
  }

  /** Those that never ask a genotype again to learn how noisy answers are. */
  static Stream<String> namesOfThoseThatAskOnce() {
    return names().filter(name -> !name.equals(BayesianSearch.NAME));
  }

  private static Strategy strategy(String name, long seed) {
    return Strategies.named(name, Landscape.SPACE, seed, TRIALS);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theHistoryIsTheSameHoweverManyTrialsAreOpenAndInWhateverOrderTheyAreTold(String name) {
    List<Trial> history = Landscape.run(strategy(name, 3), TRIALS, 1);
    assertEquals(TRIALS, history.size());
    int most = Math.min(5, strategy(name, 3).lookAhead());
    for (int open = 2; open <= most; open++) {
      assertEquals(history, Landscape.run(strategy(name, 3), TRIALS, open));
    }
    assertNotEquals(history, Landscape.run(strategy(name, 4), TRIALS, 1));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aRunIsResumedByAskingAgainAndTellingWhatIsKnown(String name) {
    List<Trial> whole = Landscape.run(strategy(name, 3), TRIALS, 1);
    Strategy resumed = strategy(name, 3);
    for (Trial known : whole.subList(0, 57)) {
      Trial trial = resumed.ask().orElseThrow();
      assertEquals(known, trial);
      resumed.tell(trial, Landscape.evaluate(trial));
    }
    int open = Math.min(4, resumed.lookAhead());
    assertEquals(whole.subList(57, TRIALS), Landscape.run(resumed, TRIALS - 57, open));
  }

  @ParameterizedTest
  @MethodSource("namesOfThoseThatAskOnce")
  void trialsAreCountedCanonicalAndAskNothingTwiceAtOneFidelity(String name) {
    Set<Object> asked = new HashSet<>();
    List<Trial> history = Landscape.run(strategy(name, 8), 2 * TRIALS, 1);
    for (int i = 0; i < history.size(); i++) {
      Trial trial = history.get(i);
      assertEquals(i, trial.number());
      assertEquals(Landscape.SPACE.canonical(trial.genotype()), trial.genotype());
      assertTrue(asked.add(List.of(trial.genotype(), trial.fidelity())), trial.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void itGoesOnWhileNothingCanBeMeasured(String name) {
    Strategy strategy = strategy(name, 2);
    for (int i = 0; i < TRIALS; i++) {
      Trial trial = strategy.ask().orElseThrow();
      strategy.tell(
          trial,
          i % 2 == 0 ? new Outcome.Rejected("too large") : new Outcome.Failed("not a number"));
    }
    assertEquals(Optional.empty(), strategy.recommend());
  }

  @ParameterizedTest
  @MethodSource("names")
  void moreOpenTrialsThanTheLookAheadAllowsAreRefused(String name) {
    Strategy strategy = strategy(name, 1);
    int most = strategy.lookAhead();
    if (most == Integer.MAX_VALUE) {
      assertEquals(
          TRIALS, IntStream.range(0, TRIALS).filter(i -> strategy.ask().isPresent()).count());
      return;
    }
    for (int i = 0; i < most; i++) {
      assertTrue(strategy.ask().isPresent());
    }
    assertEquals(
        "trial " + most + " depends on trial 0, which is not told yet",
        assertThrows(IllegalStateException.class, strategy::ask).getMessage());
  }

  @ParameterizedTest
  @MethodSource("names")
  void anAnswerThatWasNotAskedForOrCameBeforeIsRefused(String name) {
    Strategy strategy = strategy(name, 1);
    Trial trial = strategy.ask().orElseThrow();
    Trial other = new Trial(1, trial.genotype(), trial.fidelity());
    Outcome outcome = new Outcome.Failed("not a number");
    assertThrows(IllegalArgumentException.class, () -> strategy.tell(other, outcome));
    strategy.tell(trial, outcome);
    assertThrows(IllegalArgumentException.class, () -> strategy.tell(trial, outcome));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSmallSpaceIsAskedWhollyAndThenNothing(String name) {
    SearchSpace space =
        SearchSpace.of(
            "small",
            List.of(Choice.intRange("a", 0, 9), Choice.intRange("b", 0, 9)),
            (chosen, task) -> (n, x) -> n.classifier("head", x, task.classes()));
    List<Trial> history = Landscape.run(Strategies.named(name, space, 1, 100), 1000, 1);
    assertTrue(history.size() < 1000, history.size() + " trials");
    assertEquals(
        space.all().collect(Collectors.toSet()),
        history.stream().map(Trial::genotype).collect(Collectors.toSet()));
    assertTrue(history.stream().anyMatch(t -> t.fidelity() == 1));
  }

  @ParameterizedTest
  @MethodSource("namesOfThoseThatAskOnce")
  void itRecommendsTheMostAccurateOfTheHighestFidelity(String name) {
    Strategy strategy = strategy(name, 6);
    List<Trial> history = Landscape.run(strategy, TRIALS, 1);
    double fidelity = history.stream().mapToDouble(Trial::fidelity).max().orElseThrow();
    double best =
        history.stream()
            .filter(t -> t.fidelity() == fidelity)
            .filter(t -> Landscape.evaluate(t) instanceof Outcome.Measured)
            .mapToDouble(t -> Landscape.accuracy(t.genotype()))
            .max()
            .orElseThrow();
    assertEquals(best, Landscape.accuracy(strategy.recommend().orElseThrow()));
  }
}
