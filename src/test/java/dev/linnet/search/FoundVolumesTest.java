package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.space.Cost;
import dev.linnet.supernet.Tiny;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FoundVolumesTest {
  private static final List<Objective> BOTH = List.of(Objective.ACCURACY, Objective.MACS);

  private final List<Event> events = new ArrayList<>();

  private void trial(String by, double accuracy, long macs) {
    Trial trial = new Trial(events.size(), Tiny.space().genotype(0, 0, 0));
    events.add(TrialEvent.of(by, trial, new Outcome.Measured(accuracy, new Cost(1, macs, 1))));
  }

  @Test
  void volumesArePartsOfTheBoxOfAllTrials() {
    trial("nsga2", 0.75, 20);
    trial("nsga2", 0.25, 10); // the box is 0.25 to 0.75 and 10 to 30
    trial("random", 0.5, 30);
    trial("random", 0.5, 20);
    FoundVolumes volumes = FoundVolumes.of(events, BOTH, "nsga2").orElseThrow();
    assertEquals(0.5, volumes.strategy(), 1e-12); // 0.5 × 10 of 0.5 × 20
    assertEquals(0.25, volumes.random(), 1e-12); // 0.25 × 10
    assertEquals("{\"strategy\":0.5,\"random\":0.25}", volumes.node().toString());
  }

  @Test
  void withoutTrialsOfBothOrWithoutDifferencesThereIsNone() {
    trial("nsga2", 0.75, 20);
    assertEquals(Optional.empty(), FoundVolumes.of(events, BOTH, "nsga2"));
    trial("random", 0.75, 30);
    assertEquals(Optional.empty(), FoundVolumes.of(events, BOTH, "nsga2"));
  }
}
