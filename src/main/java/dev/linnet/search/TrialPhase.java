package dev.linnet.search;

import dev.linnet.core.exec.MemoryPlan;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.train.DivergedException;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.Recipe;
import dev.linnet.estimate.Estimator;
import dev.linnet.estimate.Latency;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The second phase: a strategy asks, the estimator answers. */
final class TrialPhase {
  /** The part of the heap that one candidate may take. */
  private static final double HEAP_SHARE = 0.5;

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
  private final Estimator estimator;

  /** What is known already: no network is evaluated twice, whoever asks. */
  private final Map<Question, Outcome> known = new HashMap<>();

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

  TrialPhase(RunContext run, Estimator estimator) {
    this.run = run;
    this.estimator = estimator;
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
    double spent = 0;
    while (spent < trials - ROUNDING && !run.stopped() && run.journal().mayContinue(TRIALS)) {
      Optional<Trial> trial = strategy.ask();
      if (trial.isEmpty()) {
        break; // a small space is exhausted
      }
      Genotype genotype = trial.get().genotype();
      double fidelity = trial.get().fidelity();
      Question question = new Question(genotype, fidelity);
      Optional<Event> recorded = run.journal().recorded(TrialEvent.TYPE, 0);
      Outcome outcome =
          recorded.isPresent()
              ? TrialEvent.outcome(recorded.get())
              : known.computeIfAbsent(
                  question, q -> TrialEvent.asRecorded(evaluate(q.genotype(), q.fidelity())));
      known.put(question, outcome);
      strategy.tell(trial.get(), outcome);
      outcomes++;
      run.events().trial(by, trial.get(), outcome);
      boolean first =
          measured.stream()
              .map(c -> c.member().trial())
              .noneMatch(t -> t.genotype().equals(genotype) && t.fidelity() == fidelity);
      if (first && outcome instanceof Outcome.Measured m) {
        measured.add(new Candidate(new Member(trial.get(), m)));
      }
      spent += fidelity;
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
      evaluate(random(i), 1);
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
      outcome = evaluate(genotype, 1);
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

  /** Answers for one genotype. */
  private Outcome evaluate(Genotype genotype, double fidelity) {
    try {
      Architecture architecture = run.architecture(genotype);
      Graph inference = run.inference(architecture);
      Cost cost = Cost.of(inference, run.backend());
      OptionalDouble latency =
          run.options().needsLatency()
              ? OptionalDouble.of(Latency.milliseconds(inference, run.backend()))
              : OptionalDouble.empty();
      Optional<String> violation = run.options().constraints().violation(cost, latency);
      if (violation.isPresent()) {
        return new Outcome.Rejected(violation.get());
      }
      long needed = trainingBytes(architecture);
      long allowed = (long) (HEAP_SHARE * Runtime.getRuntime().maxMemory());
      if (needed > allowed) {
        return new Outcome.Rejected(
            "training takes %,d bytes of memory, at most %,d may be used"
                .formatted(needed, allowed));
      }
      return new Outcome.Measured(estimator.accuracy(genotype, fidelity), cost, latency);
    } catch (DivergedException | IllegalArgumentException e) {
      return new Outcome.Failed(e.getMessage());
    }
  }

  private long trainingBytes(Architecture architecture) {
    Recipe recipe = FinalPhase.recipe(run, 1);
    Graph step =
        Networks.training(
            architecture, run.task().images(recipe.batch()), Mode.TRAINING, Weights.own(), recipe);
    MemoryPlan plan = MemoryPlan.of(step, run.backend());
    return plan.bytes() + plan.storedBytes();
  }
}
