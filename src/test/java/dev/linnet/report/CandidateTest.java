package dev.linnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CandidateTest {
  private static Candidate candidate(int number, double accuracy, long macs) {
    return new Candidate(number, "evolution", "g" + number, "measured", accuracy, 1, macs, "");
  }

  private static List<Integer> front(Candidate... candidates) {
    return Candidate.front(List.of(candidates)).stream().map(Candidate::number).toList();
  }

  @Test
  void theFrontGoesFromCheapToDearAndLeavesOutWhatIsBeaten() {
    assertEquals(
        List.of(3, 0, 4),
        front(
            candidate(0, 0.9, 200),
            candidate(1, 0.8, 200),
            candidate(2, 0.85, 250),
            candidate(3, 0.7, 100),
            candidate(4, 0.95, 900)));
  }

  @Test
  void ofEqualCandidatesTheFirstStandsForAll() {
    assertEquals(List.of(0), front(candidate(0, 0.5, 10), candidate(1, 0.5, 10)));
    assertEquals(List.of(1), front(candidate(0, 0.5, 20), candidate(1, 0.5, 10)));
  }

  @Test
  void whatWasNotMeasuredIsNotOnTheFront() {
    assertEquals(
        List.of(), front(new Candidate(0, "random", "g", "failed", Double.NaN, 0, 0, "NaN")));
  }
}
