package dev.linnet.search;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.DeviceMemoryException;
import dev.linnet.core.exec.MemoryPlan;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.train.DivergedException;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.Recipe;
import dev.linnet.estimate.Estimator;
import dev.linnet.estimate.Latency;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.function.BooleanSupplier;

/** Evaluates candidates in this JVM, on a backend of its own. Used by one thread. */
final class LocalEvaluator implements CandidateEvaluator {
  /** The part of the backend's memory that one candidate may take. */
  private static final double MEMORY_SHARE = 0.5;

  private final RunContext run;
  private final Estimator estimator;
  private final Backend backend;
  private final ReadWriteLock quiet;

  /**
   * An evaluator.
   *
   * @param estimator of this thread alone
   * @param backend that the estimator uses
   * @param quiet whose writer measures latencies while nobody estimates
   */
  LocalEvaluator(RunContext run, Estimator estimator, Backend backend, ReadWriteLock quiet) {
    this.run = run;
    this.estimator = estimator;
    this.backend = backend;
    this.quiet = quiet;
  }

  @Override
  public Outcome evaluate(Genotype genotype, double fidelity) {
    Optional<Duration> limit = run.options().execution().trialTime();
    long begin = System.nanoTime();
    BooleanSupplier late =
        () -> limit.isPresent() && System.nanoTime() - begin > limit.get().toNanos();
    Outcome outcome;
    try {
      outcome = evaluate(genotype, fidelity, late);
    } catch (CancellationException e) {
      outcome =
          new Outcome.Failed(
              "stopped: it took more than %d s".formatted(limit.orElseThrow().toSeconds()));
    } catch (DeviceMemoryException e) { // others use the device too
      outcome = new Outcome.Rejected(e.getMessage());
    } catch (DivergedException | IllegalArgumentException e) {
      outcome = new Outcome.Failed(e.getMessage());
    }
    return TrialEvent.asRecorded(outcome);
  }

  @Override
  public void close() {} // the backend belongs to whoever made it

  private Outcome evaluate(Genotype genotype, double fidelity, BooleanSupplier stop) {
    Architecture architecture = run.architecture(genotype);
    Graph inference = run.inference(architecture);
    Cost cost = Cost.of(inference, backend);
    OptionalDouble latency = latency(inference);
    Optional<String> violation = run.options().constraints().violation(cost, latency);
    if (violation.isPresent()) {
      return new Outcome.Rejected(violation.get());
    }
    long needed = trainingBytes(architecture);
    long allowed =
        run.options().execution().trialMemory().orElse((long) (MEMORY_SHARE * backend.memory()));
    if (needed > allowed) {
      return new Outcome.Rejected(
          "training takes %,d bytes of memory, at most %,d may be used".formatted(needed, allowed));
    }
    Lock estimating = quiet.readLock();
    estimating.lock();
    try {
      return new Outcome.Measured(estimator.accuracy(genotype, fidelity, stop), cost, latency);
    } finally {
      estimating.unlock();
    }
  }

  /** Where latencies matter: on the run's own backend, while no other candidate is estimated. */
  private OptionalDouble latency(Graph inference) {
    if (!run.options().needsLatency()) {
      return OptionalDouble.empty();
    }
    Lock measuring = quiet.writeLock();
    measuring.lock();
    try {
      return OptionalDouble.of(Latency.milliseconds(inference, run.backend()));
    } finally {
      measuring.unlock();
    }
  }

  private long trainingBytes(Architecture architecture) {
    Recipe recipe = FinalPhase.recipe(run, 1);
    Graph step =
        Networks.training(
            architecture, run.task().images(recipe.batch()), Mode.TRAINING, Weights.own(), recipe);
    MemoryPlan plan = MemoryPlan.of(step, backend);
    return plan.bytes() + plan.storedBytes();
  }
}
