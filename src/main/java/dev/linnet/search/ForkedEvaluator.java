package dev.linnet.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.linnet.space.Genotype;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Evaluates candidates in a process of their own, so that a lack of memory, a crash or an endless
 * loop costs one candidate: the process is ended, and the next candidate gets a new one. See {@link
 * CandidateWorker} for what both say to each other. Used by one thread at a time.
 */
final class ForkedEvaluator implements CandidateEvaluator {
  /** How long a process may take to start and to load data and weights. */
  private static final Duration START = Duration.ofMinutes(5);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final List<String> command;
  private final Duration limit;
  private Process process;
  private BufferedReader replies;

  /**
   * An evaluator without a process yet.
   *
   * @param command starts the process
   * @param limit of the time of one candidate; empty: the longest one, of five minutes
   */
  ForkedEvaluator(List<String> command, Optional<Duration> limit) {
    this.command = List.copyOf(command);
    this.limit = limit.orElse(Execution.LONGEST_ISOLATED);
  }

  @Override
  public Outcome evaluate(Genotype genotype, double fidelity) {
    if (process == null || !process.isAlive()) {
      start();
    }
    try {
      process.getOutputStream().write((fidelity + " " + genotype + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
      String reply = reply(limit);
      return reply == null ? failed(ended()) : CandidateWorker.outcome(reply);
    } catch (TimeoutException e) {
      end();
      return failed("stopped: it took more than %d s".formatted(limit.toSeconds()));
    } catch (IOException e) { // the process has just ended
      return failed(ended());
    }
  }

  private static Outcome failed(String reason) {
    return new Outcome.Failed(reason);
  }

  private void start() {
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      replies = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      String ready = reply(START);
      if (!CandidateWorker.READY.equals(ready)) {
        throw new IllegalStateException(
            "--isolate: the process for candidates did not start: "
                + (ready == null ? ended() : ready));
      }
    } catch (IOException | TimeoutException e) {
      end();
      throw new IllegalStateException(
          "--isolate: the process for candidates did not start (" + e.getMessage() + ")", e);
    }
  }

  /** The next line of the process; null if it has ended. */
  private String reply(Duration most) throws TimeoutException {
    Future<String> line = CompletableFuture.supplyAsync(this::line, task -> daemon(task).start());
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return line.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true; // the search ends after this candidate
        } catch (ExecutionException e) {
          return null;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "linnet-candidate-reply");
    thread.setDaemon(true);
    return thread;
  }

  private String line() {
    try {
      return replies.readLine();
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Why the process has ended, in one line. Ctrl-C ends it too, perhaps before this JVM knows of
   * it: then what is recorded must come after the search knows that it is interrupted.
   */
  private String ended() {
    end();
    LockSupport.parkNanos(PAUSE.toNanos());
    return "its process ended with exit code " + process.exitValue();
  }

  private void end() {
    process.destroyForcibly();
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
