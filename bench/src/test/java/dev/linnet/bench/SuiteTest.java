package dev.linnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.bench.cases.Case;
import dev.linnet.bench.cases.Cases;
import dev.linnet.bench.cases.ModelCase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class SuiteTest {
  private static final Suite SUITE = new Suite("scalar", 1, true, false, null);

  @Test
  void aForkMeasuresTheCaseAndTheCeilingsBesideIt() throws RunnerException {
    Measurement m = SUITE.measure(Cases.named("conv3x3/16-16@32x32/n1/forward", null));
    assertEquals(2L * 32 * 32 * 16 * 9 * 16, m.flops());
    assertEquals(4 * (2 * 32L * 32 * 16 + 9 * 16 * 16), m.bytes());
    assertTrue(m.lowNanos() <= m.nanos() && m.nanos() <= m.highNanos(), m.toString());
    assertTrue(m.peak() > 0 && m.triad() > 0, m.toString());
    assertEquals(m.gflops() / m.peak(), m.peakFraction(), 0.3 * m.peakFraction());
    assertEquals(m.gigabytes() / m.triad(), m.memoryFraction(), 0.3 * m.memoryFraction());
    assertEquals(0, m.allocated());
  }

  @Test
  void aForkThatFailsSaysWhy() {
    Case missing = new ModelCase(Path.of("missing.linnet"), 1);
    Suite models = new Suite("scalar", 1, true, false, Path.of("missing.linnet"));
    String said = assertThrows(RunnerException.class, () -> models.measure(missing)).getMessage();
    assertTrue(said.startsWith("model/inference/n1 failed: "), said);
    assertTrue(said.contains("missing.linnet"), said);
  }
}
