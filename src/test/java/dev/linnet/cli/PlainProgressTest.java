package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainProgressTest {
  private final StringWriter err = new StringWriter();
  private long now = 1_000_000_000_000L;
  private final PlainProgress progress = new PlainProgress(new PrintWriter(err), () -> now);

  @Test
  void itPrintsALinePerPhaseAndOneNowAndThen() {
    progress.phase("training the supernet", 30);
    progress.remaining(100);
    for (int step = 1; step <= 30; step++) {
      now += 1_000_000_000L;
      progress.step(step);
    }
    progress.line("a winner");
    assertEquals(
        List.of(
            "training the supernet (30)",
            "training the supernet: 15/30, 1m 25s left",
            "training the supernet: 30/30, 1m 10s left",
            "a winner"),
        err.toString().lines().toList());
  }

  @Test
  void withoutAnEstimateForTheRunItReckonsFromTheLaterStepsOfThePhase() {
    progress.phase("searching", 0);
    progress.phase("training", 100);
    now += 10_000_000_000L; // the first step is slow
    for (int step = 1; step <= 32; step++) {
      progress.step(step);
      now += 500_000_000L;
    }
    assertEquals(
        List.of("searching", "training (100)", "training: 11/100, 45s left (phase)"),
        err.toString().lines().toList());
  }
}
