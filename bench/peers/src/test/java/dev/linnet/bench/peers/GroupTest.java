package dev.linnet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ScalarBackend;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupTest {
  @Test
  void theCasesOfAGroupHaveNamesOfTheirOwn() {
    try (Backend backend = new ScalarBackend(1)) {
      for (Group group : Group.values()) {
        List<Case> cases = group.cases(backend, 1);
        Set<String> names = new HashSet<>();
        cases.forEach(each -> names.add(each.name()));
        assertEquals(cases.size(), names.size(), group + " " + names);
        cases.forEach(each -> assertEquals(group.toString(), each.group()));
      }
    }
  }

  @Test
  void thereAreSeventeenConvolutions() {
    try (Backend backend = new ScalarBackend(1)) {
      assertEquals(17, Group.CONV17.cases(backend, 1).size());
    }
  }

  /**
   * 41 million multiply-accumulates an image, as the paper's network has, and three times those.
   */
  @Test
  void aTrainingStepCountsForwardAndBothGradients() {
    try (Backend backend = new ScalarBackend(1)) {
      Case train = Group.TRAIN.cases(backend, 1).get(0);
      assertEquals(2 * 3 * 0.041, train.gigaflops() / train.quantity(), 0.01);
    }
  }
}
