package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.space.SearchSpace;
import dev.linnet.supernet.Tiny;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class ForkedEvaluatorTest {
  private static final SearchSpace SPACE = Tiny.space();

  private static List<String> command(Class<?> main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName());
  }

  /** Does to each genotype what its first choices say. */
  static final class Moody {
    private Moody() {}

    public static void main(String[] arguments) throws IOException {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("1.0 " + SPACE.genotype(0, 0, 0))) {
          Runtime.getRuntime().halt(134);
        } else if (line.equals("1.0 " + SPACE.genotype(0, 0, 1))) {
          while (true) {
            Thread.onSpinWait();
          }
        } else if (line.equals("1.0 " + SPACE.genotype(0, 1, 0))) {
          long[][] all = new long[1000][];
          for (int i = 0; i < all.length; i++) {
            all[i] = new long[1 << 20];
          }
        }
        System.out.println(
            "{\"outcome\":\"measured\",\"valAccuracy\":0.25,\"params\":1,\"macs\":2,"
                + "\"peakBytes\":3,\"latencyMs\":0.5}");
      }
    }
  }

  @Test
  void whatACandidateDoesToItsProcessCostsThatCandidateAlone() {
    try (ForkedEvaluator evaluator =
        new ForkedEvaluator(command(Moody.class), Optional.of(Duration.ofSeconds(1)))) {
      for (int i = 0; i < 2; i++) {
        assertEquals(
            new Outcome.Failed("its process ended with exit code 134"),
            evaluator.evaluate(SPACE.genotype(0, 0, 0), 1));
        Outcome good = evaluator.evaluate(SPACE.genotype(1, 0, 0), 1);
        assertEquals(0.25, assertInstanceOf(Outcome.Measured.class, good).accuracy());
        assertEquals(0.5, ((Outcome.Measured) good).latencyMs().orElseThrow());
      }
      assertEquals(
          new Outcome.Failed("stopped: it took more than 1 s"),
          evaluator.evaluate(SPACE.genotype(0, 0, 1), 1));
      assertEquals(
          new Outcome.Failed("its process ended with exit code 1"),
          evaluator.evaluate(SPACE.genotype(0, 1, 0), 1));
      assertInstanceOf(Outcome.Measured.class, evaluator.evaluate(SPACE.genotype(1, 0, 0), 1));
    }
  }

  /** Cannot even start. */
  static final class Broken {
    private Broken() {}

    public static void main(String[] arguments) {
      Runtime.getRuntime().halt(7);
    }
  }

  @Test
  void aProcessThatDoesNotStartIsNoFaultOfTheCandidate() {
    try (ForkedEvaluator evaluator = new ForkedEvaluator(command(Broken.class), Optional.empty())) {
      String message =
          assertThrows(
                  IllegalStateException.class, () -> evaluator.evaluate(SPACE.genotype(1, 0, 0), 1))
              .getMessage();
      assertTrue(message.startsWith("--isolate: the process for candidates"), message);
      assertTrue(message.endsWith("exit code 7"), message);
    }
  }
}
