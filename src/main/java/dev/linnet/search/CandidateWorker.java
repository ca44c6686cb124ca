package dev.linnet.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.estimate.SupernetEstimator;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import dev.linnet.supernet.Supernet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The other side of an isolated evaluation: a process that loads a run's supernet from its
 * checkpoint and answers for candidates. It says {@code ready}; then each line that it reads is a
 * fidelity and a genotype, and the line that it answers is the outcome, with the fields that a
 * trial's event has.
 */
public final class CandidateWorker {
  static final String READY = "ready";
  private static final ObjectMapper JSON = new ObjectMapper();

  private CandidateWorker() {}

  /**
   * Answers until there is nothing more to read.
   *
   * @param options of the run
   * @param folder of the run
   * @throws RunException if the folder has no supernet
   */
  public static void serve(
      SearchOptions options, Path folder, BufferedReader questions, PrintStream answers)
      throws IOException {
    SearchData data = options.data().splits().searchData();
    try (Backend backend =
        Backends.open(options.backend(), new BackendProvider.Options(1), line -> {})) {
      RunContext run = context(options, data, backend);
      Supernet supernet = new SupernetPhase(run).restored(checkpoint(folder));
      CandidateEvaluator evaluator =
          new LocalEvaluator(
              run, new SupernetEstimator(supernet), backend, new ReentrantReadWriteLock());
      answer(answers, READY);
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        answer(answers, text(outcome(evaluator, options.space(), line)));
      }
    }
  }

  private static Outcome outcome(CandidateEvaluator evaluator, SearchSpace space, String line) {
    int blank = line.indexOf(' ');
    Genotype genotype = space.parse(line.substring(blank + 1));
    try {
      return evaluator.evaluate(genotype, Double.parseDouble(line.substring(0, blank)));
    } catch (OutOfMemoryError e) { // what the candidate took is free again
      return new Outcome.Failed("out of memory: " + e.getMessage());
    }
  }

  private static RunContext context(SearchOptions options, SearchData data, Backend backend) {
    Journal journal = new Journal(List.of(), event -> {}, () -> false);
    return new RunContext(
        options,
        data,
        Normalization.of(data.train()),
        backend,
        journal,
        new Events(journal),
        Checkpoints.none(),
        Progress.none(),
        new Budget(Optional.empty(), Duration.ZERO),
        () -> false);
  }

  private static Checkpoint checkpoint(Path folder) {
    Path file = folder.resolve(RunFolder.CHECKPOINTS).resolve(SupernetPhase.CHECKPOINT);
    try {
      return Checkpoint.read(Files.readAllBytes(file))
          .orElseThrow(() -> new RunException(file, "is damaged"));
    } catch (IOException e) {
      throw new RunException(file, "cannot be read", e);
    }
  }

  private static void answer(PrintStream answers, String line) {
    answers.print(line + "\n");
    answers.flush();
  }

  private static String text(Outcome outcome) {
    ObjectNode fields = Event.object();
    TrialEvent.put(outcome, fields, fields);
    return Event.rounded(fields).toString();
  }

  /**
   * The outcome that a line tells.
   *
   * @throws IllegalStateException if it tells none
   */
  static Outcome outcome(String line) {
    try {
      if (JSON.readTree(line) instanceof ObjectNode fields) {
        return TrialEvent.outcome(new Event(TrialEvent.TYPE, fields, fields));
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw new IllegalStateException("--isolate: '" + line + "' is no outcome");
  }
}
