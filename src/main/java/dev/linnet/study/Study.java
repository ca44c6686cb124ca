package dev.linnet.study;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Runs strategies on a table, many times over, each time with other seeds. In one repeat all
 * strategies have the same seed, and so the same noise for a trial of the same number.
 */
public final class Study {
  private Study() {}

  /**
   * Runs all repeats of all strategies.
   *
   * @param progress is told the number of runs that are done, of {@code strategies · repeats}; from
   *     the calling thread, in order
   * @throws IllegalStateException if a strategy fails, in one line that names it
   */
  public static StudyResult run(StudyOptions options, IntConsumer progress) {
    Yardstick yardstick = Yardstick.of(options.table(), options.goals());
    Repeat repeat = new Repeat(options.table(), yardstick, options.trials());
    List<Future<Curve>> runs = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(options.threads());
    try {
      for (int r = 0; r < options.repeats(); r++) {
        long seed = Repeat.seed(options.seed(), r);
        for (String strategy : options.strategies()) {
          runs.add(pool.submit(() -> repeat.run(strategy, seed)));
        }
      }
      List<List<Curve>> curves = new ArrayList<>();
      options.strategies().forEach(strategy -> curves.add(new ArrayList<>()));
      for (int i = 0; i < runs.size(); i++) {
        int strategy = i % options.strategies().size();
        curves.get(strategy).add(result(runs.get(i), options.strategies().get(strategy)));
        progress.accept(i + 1);
      }
      return StudyResult.of(options, yardstick, curves);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Curve result(Future<Curve> run, String strategy) {
    try {
      return run.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(
          "strategy " + strategy + " failed: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the study was interrupted", e);
    }
  }
}
