package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Cost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {
  private static final List<Objective> BOTH = List.of(Objective.ACCURACY, Objective.MACS);

  private final List<Member> members = new ArrayList<>();

  private void add(double fidelity, double accuracy, long macs) {
    RandomStream random = RandomStream.of(1, members.size());
    Trial trial = new Trial(members.size(), Landscape.SPACE.sample(random), fidelity);
    members.add(new Member(trial, new Outcome.Measured(accuracy, new Cost(1, macs, 1))));
  }

  private static List<Integer> numbers(ParetoFront front) {
    return front.members().stream().map(m -> m.trial().number()).toList();
  }

  @Test
  void itHasWhatIsNotDominatedFromTheMostAccurateOn() {
    add(1, 0.5, 100);
    add(1, 0.9, 900);
    add(1, 0.8, 950);
    add(1, 0.7, 300);
    add(1, 0.5, 100); // as good as the first, asked later
    assertEquals(List.of(1, 3, 0), numbers(ParetoFront.of(BOTH, members)));
    assertEquals(
        List.of(0, 3, 1),
        numbers(ParetoFront.of(List.of(Objective.MACS, Objective.ACCURACY), members)));
  }

  @Test
  void ofOneObjectiveItIsTheFirstOfTheBest() {
    add(1, 0.5, 100);
    add(1, 0.9, 900);
    add(1, 0.9, 950);
    assertEquals(List.of(1), numbers(ParetoFront.of(List.of(Objective.ACCURACY), members)));
  }

  @Test
  void onlyTheHighestFidelityIsCompared() {
    add(0.5, 0.9, 10);
    add(0.75, 0.6, 20);
    add(0.75, 0.7, 30);
    assertEquals(List.of(2, 1), numbers(ParetoFront.of(BOTH, members)));
  }

  @Test
  void itsHypervolumeIsThatOfItsLosses() {
    add(1, 0.5, 100);
    add(1, 0.75, 300);
    assertEquals(0.5 * 200 + 0.75 * 100, ParetoFront.of(BOTH, members).hypervolume(1, 400), 1e-9);
  }

  @Test
  void nothingMeasuredIsAnEmptyFrontAndAMissingLatencyAnError() {
    assertEquals(List.of(), ParetoFront.of(BOTH, members).members());
    add(1, 0.5, 100);
    assertThrows(
        IllegalArgumentException.class, () -> ParetoFront.of(List.of(Objective.LATENCY), members));
  }
}
