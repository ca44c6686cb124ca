package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter err = new StringWriter();
  private long now = 1_000_000_000_000L;
  private final ProgressBar bar = new ProgressBar(new PrintWriter(err), () -> now);

  /** What a terminal shows: carriage returns and backspaces move, letters overwrite. */
  private List<String> screen() {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int column = 0;
    for (char c : err.toString().toCharArray()) {
      if (c == '\n') {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        column = 0;
      } else if (c == '\r') {
        column = 0;
      } else if (c == '\b') {
        column--;
      } else {
        if (column < line.length()) {
          line.setCharAt(column, c);
        } else {
          line.append(c);
        }
        column++;
      }
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  @Test
  void itShowsThePhaseHowFarItIsAndTheTimeLeft() {
    bar.phase("training the supernet", 30);
    bar.remaining(65);
    now += 5_000_000_000L;
    bar.step(15);
    assertEquals(
        List.of("training the supernet [##########----------] 15/30, 1m 00s left"), screen());
  }

  @Test
  void itDrawsTenTimesASecondAtMost() {
    bar.phase("searching", 1000);
    int before = err.toString().length();
    now += 50_000_000L;
    bar.step(1);
    assertEquals(before, err.toString().length());
    now += 50_000_000L;
    bar.step(2);
    assertTrue(err.toString().length() > before);
  }

  @Test
  void aLineStaysAboveIt() {
    bar.phase("searching", 0);
    bar.line("a winner");
    assertEquals(List.of("a winner", "searching"), screen());
  }

  @Test
  void aShorterLineLeavesNothingOfALongerOne() {
    bar.phase("a long phase", 0);
    bar.phase("short", 0);
    assertEquals(List.of("short"), screen());
  }

  @Test
  void nothingIsLeftWhenItIsFinished() {
    bar.phase("searching", 10);
    bar.finish();
    assertEquals(List.of(""), screen());
    bar.line("late news");
    assertEquals(List.of("late news", ""), screen());
  }

  @Test
  void itIsNeverWiderThanATerminal() {
    bar.phase("x".repeat(200), 10);
    assertEquals(79, screen().get(0).length());
  }
}
