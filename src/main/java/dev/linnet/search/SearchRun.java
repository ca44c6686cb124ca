package dev.linnet.search;

import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.estimate.RankCorrelation;
import dev.linnet.estimate.SupernetEstimator;
import dev.linnet.search.FinalPhase.Contender;
import dev.linnet.search.FinalPhase.Entrant;
import dev.linnet.search.FinalPhase.Role;
import dev.linnet.search.SearchResult.Ranking;
import dev.linnet.search.TrialPhase.Candidate;
import dev.linnet.space.HandDesigned;
import dev.linnet.supernet.Supernet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A whole search: trains a supernet, lets the strategy and random search try networks over it,
 * trains the best of both and a hand-designed network from scratch, and tests the winner of each
 * once.
 *
 * <p>The test images are opened after everything is decided; see {@link
 * dev.linnet.core.data.HeldOut}.
 */
public final class SearchRun {
  private final SearchOptions options;
  private final RunContext run;

  private SearchRun(SearchOptions options, RunContext run) {
    this.options = options;
    this.run = run;
  }

  /**
   * Searches.
   *
   * @param log receives every event
   * @param progress is told how it comes along
   * @param spent what was used of the budget before
   * @param interrupted is asked often; true ends the search with the best so far
   * @throws IllegalArgumentException if a name is unknown, the backend is not usable, or the budget
   *     is too small
   * @throws IllegalStateException if no candidate could be evaluated
   */
  public static SearchResult run(
      SearchOptions options,
      Consumer<Event> log,
      Progress progress,
      Duration spent,
      BooleanSupplier interrupted) {
    return run(options, Recorded.nothing(), log, progress, spent, interrupted);
  }

  /**
   * Goes on with a search: takes from its record what that says, and does the rest. The events and
   * the weights are those of a search that was not interrupted.
   *
   * @param recorded the events before the first {@code interrupted}, and the checkpoints; none for
   *     a search from the start
   * @param log receives every event that is not recorded yet
   * @param progress is told how it comes along
   * @param spent what was used of the budget before
   * @param interrupted is asked often; true ends the search with the best so far
   * @throws IllegalArgumentException as {@link #run(SearchOptions, Consumer, Progress, Duration,
   *     BooleanSupplier)} does
   * @throws IllegalStateException if no candidate could be evaluated, or if this search is not the
   *     recorded one
   */
  public static SearchResult run(
      SearchOptions options,
      Recorded recorded,
      Consumer<Event> log,
      Progress progress,
      Duration spent,
      BooleanSupplier interrupted) {
    int trials = options.trials().orElse(SearchPlan.defaultTrials());
    SearchPlan plan = SearchPlan.of(options.data().splits().searchData().train().size(), trials);
    return run(options, plan, recorded, log, progress, spent, interrupted);
  }

  /** Searches by a plan, of which a budget replaces what it decides. */
  static SearchResult run(
      SearchOptions options,
      SearchPlan plan,
      Recorded recorded,
      Consumer<Event> log,
      Progress progress,
      Duration spent,
      BooleanSupplier interrupted) {
    Budget budget = new Budget(options.budget(), spent);
    SearchData data = options.data().splits().searchData();
    BackendProvider.Options threads = new BackendProvider.Options(options.threads());
    try (Backend backend = Backends.open(options.backend(), threads, progress::line)) {
      Journal journal = new Journal(recorded.events(), log, interrupted);
      RunContext run =
          new RunContext(
              options,
              data,
              Normalization.of(data.train()),
              backend,
              journal,
              new Events(journal),
              recorded.checkpoints(),
              progress,
              budget,
              interrupted);
      SearchResult result = new SearchRun(options, run).search(plan);
      backend.made().ifPresent(made -> progress.line(made + ", beside the search"));
      return result;
    }
  }

  /** What random search is called as a baseline, where the strategy itself is not called so. */
  private String baseline() {
    return options.strategy().equals(RandomSearch.NAME)
        ? RandomSearch.NAME + "-baseline"
        : RandomSearch.NAME;
  }

  private SearchResult search(SearchPlan wanted) {
    SupernetPhase supernetPhase = new SupernetPhase(run);
    SearchPlan plan = supernetPhase.plan(wanted);
    run.events().run(run, SupernetEstimator.NAME);
    run.events().plan(plan);
    Supernet supernet = supernetPhase.train(plan);
    run.events().supernetDone(supernet);
    List<Candidate> candidates;
    List<Candidate> randoms;
    int evaluated;
    try (TrialPhase trialPhase = new TrialPhase(run, new SupernetEstimator(supernet))) {
      plan = trialPhase.plan(plan);
      run.events().plan(plan);
      Strategy strategy = strategy(options.strategy(), options.seed(), plan, options.objectives());
      candidates = trialPhase.run(strategy, strategy.name(), plan.trials());
      evaluated = trialPhase.outcomes();
      Strategy random =
          strategy(
              RandomSearch.NAME,
              RandomStream.key(options.seed(), "baseline"),
              plan,
              List.of(Objective.ACCURACY));
      randoms = trialPhase.run(random, baseline(), plan.trials());
      if (candidates.isEmpty()) {
        candidates = List.of(trialPhase.anyCandidate());
      }
    }
    FrontPhase frontPhase = new FrontPhase(run);
    candidates = frontPhase.frontFirst(candidates);
    List<Contender> contenders = trained(plan, candidates, randoms, supernet);
    Ranking ranking = ranking(contenders);
    run.events().ranking(ranking);
    List<FrontMember> front = frontPhase.front(candidates);
    return new TestPhase(run).result(contenders, ranking, front, evaluated);
  }

  private Strategy strategy(String name, long seed, SearchPlan plan, List<Objective> objectives) {
    return Strategies.named(name, options.space(), seed, plan.trials(), objectives);
  }

  /** Trains the best of both sides and the hand-designed network; at least one candidate. */
  private List<Contender> trained(
      SearchPlan before, List<Candidate> candidates, List<Candidate> randoms, Supernet supernet) {
    List<List<Entrant>> rounds = rounds(candidates, randoms, before.finalists());
    FinalPhase phase = new FinalPhase(run);
    List<Contender> contenders = new ArrayList<>();
    if (!run.stopped() && run.journal().mayContinue(Set.of("plan"))) {
      SearchPlan plan = phase.plan(before, rounds);
      run.events().plan(plan);
      List<Entrant> entrants =
          rounds.subList(0, plan.finalists()).stream().flatMap(List::stream).toList();
      contenders.addAll(phase.train(entrants, plan.epochs()));
    }
    if (contenders.stream().noneMatch(c -> c.entrant().role() == Role.CANDIDATE)) {
      Entrant best = rounds.get(0).get(0);
      contenders.add(phase.untrained(best, supernet.extract(best.genotype().orElseThrow())));
    }
    return contenders;
  }

  /** The best of each side and the hand-designed network, then the second best, and so on. */
  private List<List<Entrant>> rounds(
      List<Candidate> candidates, List<Candidate> randoms, int finalists) {
    List<List<Entrant>> rounds = new ArrayList<>();
    for (int i = 0; i < Math.max(1, finalists); i++) {
      List<Entrant> round = new ArrayList<>();
      if (i < candidates.size()) {
        round.add(entrant(options.strategy(), i, Role.CANDIDATE, candidates.get(i)));
      }
      if (i == 0) {
        round.add(handDesigned(candidates.get(0).cost().macs()));
      }
      if (i < randoms.size()) {
        round.add(entrant(baseline(), i, Role.RANDOM, randoms.get(i)));
      }
      rounds.add(round);
    }
    return rounds;
  }

  private Entrant entrant(String by, int index, Role role, Candidate candidate) {
    return new Entrant(
        by + "-" + (index + 1),
        role,
        Optional.of(candidate.genotype()),
        run.architecture(candidate.genotype()),
        candidate.cost(),
        candidate.accuracy());
  }

  private Entrant handDesigned(long macs) {
    HandDesigned network = HandDesigned.comparable(run.task(), macs);
    return new Entrant(
        network.name(),
        Role.HAND_DESIGNED,
        Optional.empty(),
        network.architecture(),
        run.cost(network.architecture()),
        Double.NaN);
  }

  /** How the estimate and the MACs order the networks of the space that were trained. */
  private static Ranking ranking(List<Contender> contenders) {
    List<Contender> searched =
        contenders.stream()
            .filter(c -> c.entrant().genotype().isPresent() && c.result().complete())
            .filter(distinctBy(c -> c.entrant().genotype().orElseThrow()))
            .toList();
    double[] validation = searched.stream().mapToDouble(c -> c.result().validation()).toArray();
    double[] estimate = searched.stream().mapToDouble(c -> c.entrant().estimate()).toArray();
    double[] macs = searched.stream().mapToDouble(c -> c.entrant().cost().macs()).toArray();
    return new Ranking(
        searched.size(),
        RankCorrelation.kendall(estimate, validation),
        RankCorrelation.kendall(macs, validation));
  }

  private static <T> Predicate<T> distinctBy(Function<T, ?> key) {
    Set<Object> seen = new HashSet<>();
    return value -> seen.add(key.apply(value));
  }
}
