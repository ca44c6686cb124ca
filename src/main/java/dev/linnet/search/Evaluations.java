package dev.linnet.search;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.estimate.Estimator;
import dev.linnet.space.Genotype;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Evaluates candidates: one after the other in the caller's thread on the run's backend, or several
 * at a time in threads with a backend and an estimator of their own, or in JVMs of their own, which
 * give the same bits.
 */
final class Evaluations implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final RunContext run;
  private final Estimator estimator;
  private final ReadWriteLock quiet = new ReentrantReadWriteLock();
  private final CandidateEvaluator own;
  private final BlockingQueue<CandidateEvaluator> idle = new LinkedBlockingQueue<>();
  private final List<Backend> backends = new ArrayList<>();
  private ExecutorService threads;

  Evaluations(RunContext run, Estimator estimator) {
    this.run = run;
    this.estimator = estimator;
    this.own = new LocalEvaluator(run, estimator, run.backend(), quiet);
  }

  /** Evaluates in the caller's thread. */
  Outcome evaluate(Genotype genotype, double fidelity) {
    return own.evaluate(genotype, fidelity);
  }

  /** Begins to evaluate; where one candidate is evaluated at a time, it is done on return. */
  CompletableFuture<Outcome> submit(Genotype genotype, double fidelity) {
    Execution execution = run.options().execution();
    if (execution.parallel() == 1 && execution.worker().isEmpty()) {
      return CompletableFuture.completedFuture(evaluate(genotype, fidelity));
    }
    if (threads == null) {
      start(execution);
    }
    return CompletableFuture.supplyAsync(() -> evaluateIdly(genotype, fidelity), threads);
  }

  private void start(Execution execution) {
    int parallel = execution.parallel();
    for (int i = 0; i < parallel; i++) {
      idle.add(
          execution.worker().isPresent()
              ? new ForkedEvaluator(execution.worker().get(), execution.trialTime())
              : local());
    }
    threads =
        Executors.newFixedThreadPool(
            parallel,
            task -> {
              Thread thread = new Thread(task, "linnet-candidate");
              thread.setDaemon(true);
              return thread;
            });
  }

  private CandidateEvaluator local() {
    Backend backend =
        Backends.open(run.backend().name(), new BackendProvider.Options(1), line -> {});
    backends.add(backend);
    return new LocalEvaluator(run, estimator.on(backend), backend, quiet);
  }

  /** There are as many threads as evaluators, so one of these is idle. */
  private Outcome evaluateIdly(Genotype genotype, double fidelity) {
    CandidateEvaluator evaluator = idle.remove();
    try {
      return evaluator.evaluate(genotype, fidelity);
    } finally {
      idle.add(evaluator);
    }
  }

  /** Ends the threads; what they have begun is dropped. */
  @Override
  public void close() {
    if (threads == null) {
      return;
    }
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    idle.forEach(CandidateEvaluator::close);
    backends.forEach(Backend::close);
  }
}
