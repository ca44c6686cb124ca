package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.estimate.Estimator;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The second phase: a strategy asks, the estimator answers. */
final class TrialPhase implements AutoCloseable {
  /** The share of what is left of a budget that trials get. */
  private static final double SHARE = 0.2;

  private static final int PROBES = 4;
  private static final int LEAST_TRIALS = 10;
  private static final int MOST_TRIALS = 400;
  private static final int ANY_ATTEMPTS = 200;
  private static final Set<String> TRIALS = Set.of(TrialEvent.TYPE);

  /** Of sums of fidelities. */
  private static final double ROUNDING = 1e-9;

  private final RunContext run;
  private final Evaluations evaluations;

  /** What is known already: no network is evaluated twice, whoever asks. */
  private final Map<Question, CompletableFuture<Outcome>> known = new HashMap<>();

  private int outcomes;

  private record Question(Genotype genotype, double fidelity) {}

  /**
   * A candidate that was measured.
   *
   * @param member what was asked and answered
   */
  record Candidate(Member member) {
    /** In canonical form. */
    Genotype genotype() {
      return member.trial().genotype();
    }

    /** By the estimator. */
    double accuracy() {
      return member.outcome().accuracy();
    }

    /** At inference. */
    Cost cost() {
      return member.outcome().cost();
    }
  }

  /** A trial that is not told yet. */
  private record Open(Trial trial, CompletableFuture<Outcome> outcome) {
    /** Waits for it. What goes wrong in another thread goes wrong here. */
    Outcome result() {
      try {
        return outcome.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        if (e.getCause() instanceof Error cause) {
          throw cause;
        }
        throw e;
      }
    }
  }

  TrialPhase(RunContext run, Estimator estimator) {
    this.run = run;
    this.evaluations = new Evaluations(run, estimator);
  }

  /**
   * Lets a strategy try.
   *
   * @param by who tries, for the record
   * @param trials how many full evaluations the trials may cost together
   * @return what was measured at the highest fidelity, each network once, best first; of equals the
   *     cheaper first
   */
  List<Candidate> run(Strategy strategy, String by, int trials) {
    run.progress().phase(by + " over the supernet", trials);
    List<Candidate> measured = new ArrayList<>();
    int window = Math.min(run.options().execution().parallel(), strategy.lookAhead());
    Deque<Open> open = new ArrayDeque<>();
    double spent = 0;
    while (!run.stopped() && run.journal().mayContinue(TRIALS)) {
      ask(strategy, open, window, trials - spent);
      if (open.isEmpty()) {
        break; // all is spent, or a small space is exhausted
      }
      Trial trial = open.element().trial();
      Outcome outcome = open.remove().result();
      strategy.tell(trial, outcome);
      outcomes++;
      run.events().trial(by, trial, outcome);
      boolean first =
          measured.stream()
              .map(c -> c.member().trial())
              .noneMatch(
                  t -> t.genotype().equals(trial.genotype()) && t.fidelity() == trial.fidelity());
      if (first && outcome instanceof Outcome.Measured m) {
        measured.add(new Candidate(new Member(trial, m)));
      }
      spent += trial.fidelity();
      run.progress().step((int) (spent + ROUNDING));
    }
    double highest =
        measured.stream().mapToDouble(c -> c.member().trial().fidelity()).max().orElse(1);
    measured.removeIf(c -> c.member().trial().fidelity() < highest);
    measured.sort(
        Comparator.comparingDouble(Candidate::accuracy)
            .reversed()
            .thenComparingLong(c -> c.cost().macs()));
    return measured;
  }

  /**
   * Asks until so many trials are open or cost what is left: none more than would be asked with one
   * at a time.
   */
  private void ask(Strategy strategy, Deque<Open> open, int most, double left) {
    double cost = open.stream().mapToDouble(each -> each.trial().fidelity()).sum();
    while (open.size() < most && cost < left - ROUNDING) {
      Optional<Trial> trial = strategy.ask();
      if (trial.isEmpty()) {
        return;
      }
      Question question = new Question(trial.get().genotype(), trial.get().fidelity());
      open.add(new Open(trial.get(), begin(question, open.size())));
      cost += trial.get().fidelity();
    }
  }

  /** Takes the outcome from the record, from an earlier trial that asked the same, or begins. */
  private CompletableFuture<Outcome> begin(Question question, int ahead) {
    run.journal()
        .recorded(TrialEvent.TYPE, ahead)
        .map(TrialEvent::outcome)
        .ifPresent(outcome -> known.put(question, CompletableFuture.completedFuture(outcome)));
    return known.computeIfAbsent(question, q -> evaluations.submit(q.genotype(), q.fidelity()));
  }

  /** Ends what was begun and not told. */
  @Override
  public void close() {
    evaluations.close();
  }

  /** How many outcomes there were so far. */
  int outcomes() {
    return outcomes;
  }

  /** The plan with the number of trials that the budget allows, if there is one. */
  SearchPlan plan(SearchPlan plan) {
    if (!run.budget().limited() || run.options().trials().isPresent() || run.stopped()) {
      return plan;
    }
    Optional<SearchPlan> recorded = run.journal().recordedPlan(1);
    if (recorded.isPresent()) {
      return recorded.get();
    }
    long begin = System.nanoTime();
    for (int i = 0; i < PROBES; i++) {
      evaluations.evaluate(random(i), 1);
    }
    double perTrial = (System.nanoTime() - begin) * 1e-9 / PROBES;
    int count = (int) (SHARE * run.budget().left() / (2 * perTrial)); // the strategy, then random
    return plan.withTrials(Math.max(LEAST_TRIALS, Math.min(MOST_TRIALS, count)));
  }

  private Genotype random(int number) {
    RandomStream random = RandomStream.of(RandomStream.key(run.options().seed(), "any"), number);
    return run.options().space().canonical(run.options().space().sample(random));
  }

  /**
   * Some network that meets the constraints: for a search that ended before it had one.
   *
   * @throws IllegalStateException if none of many random ones can be evaluated
   */
  Candidate anyCandidate() {
    Outcome outcome = null;
    for (int i = 0; i < ANY_ATTEMPTS; i++) {
      Genotype genotype = random(i);
      outcome = evaluations.evaluate(genotype, 1);
      if (outcome instanceof Outcome.Measured m) {
        return new Candidate(new Member(new Trial(i, genotype), m));
      }
    }
    throw new IllegalStateException(
        "no network of space "
            + run.options().space().name()
            + " could be evaluated; the last of "
            + ANY_ATTEMPTS
            + " random ones: "
            + reason(outcome));
  }

  static String reason(Outcome outcome) {
    if (outcome instanceof Outcome.Rejected rejected) {
      return rejected.reason();
    }
    return outcome instanceof Outcome.Failed failed ? failed.reason() : String.valueOf(outcome);
  }
}
