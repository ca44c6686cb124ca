package dev.linnet.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.linnet.space.Genotype;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Measures latencies in a process that does nothing else: what a program that uses the network will
 * have. In a JVM that has trained, the compiler has seen more than such a program ever will, and
 * makes other code of some kernels. The process reads genotypes, one a line, and writes as many
 * lines with milliseconds.
 */
final class LatencyProcess {
  private static final long POLL_MILLIS = 200;

  private LatencyProcess() {}

  /**
   * The latencies of some networks.
   *
   * @param command starts the process
   * @param stop is asked now and then; true ends the process
   * @return milliseconds in the order of the genotypes; empty if it was stopped
   * @throws IllegalStateException in one line, if the process does not answer
   */
  static Optional<double[]> milliseconds(
      List<String> command, List<Genotype> genotypes, BooleanSupplier stop) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        try (OutputStream questions = process.getOutputStream()) {
          String lines = genotypes.stream().map(g -> g + "\n").collect(Collectors.joining());
          questions.write(lines.getBytes(UTF_8));
        }
        while (!process.waitFor(
            POLL_MILLIS, TimeUnit.MILLISECONDS)) { // it says less than a pipe holds
          if (stop.getAsBoolean()) {
            return Optional.empty();
          }
        }
        if (stop.getAsBoolean()) {
          return Optional.empty();
        }
        return Optional.of(answer(process, genotypes.size()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "the process that measures latencies did not start or read (" + e.getMessage() + ")", e);
    }
  }

  private static double[] answer(Process process, int count) throws IOException {
    String answers = new String(process.getInputStream().readAllBytes(), UTF_8);
    double[] latencies = answers.lines().mapToDouble(Double::parseDouble).toArray();
    if (process.exitValue() != 0 || latencies.length != count) {
      throw new IllegalStateException(
          "the process that measures latencies ended with exit code %d after %d of %d answers"
              .formatted(process.exitValue(), latencies.length, count));
    }
    return latencies;
  }
}
