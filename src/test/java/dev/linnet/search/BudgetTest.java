package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static Budget budget(int seconds, int spent) {
    return new Budget(Optional.of(Duration.ofSeconds(seconds)), Duration.ofSeconds(spent));
  }

  @Test
  void withoutATotalItIsNeverOver() {
    Budget none = new Budget(Optional.empty(), Duration.ofDays(9));
    assertFalse(none.limited());
    assertFalse(none.over());
    assertTrue(none.elapsed() >= 9 * 86_400);
  }

  @Test
  void whatWasSpentBeforeCounts() {
    Budget budget = budget(10_000, 4000);
    assertTrue(budget.limited());
    assertTrue(budget.elapsed() >= 4000 && budget.elapsed() < 4300, "" + budget.elapsed());
    assertTrue(budget.left() > 5000 && budget.left() < 6000, "" + budget.left());
  }

  @Test
  void aReserveIsKeptFromWhatIsPlanned() {
    Budget budget = budget(10_000, 9_650);
    assertTrue(budget.left() < 0, "" + budget.left());
    assertFalse(budget.over());
  }

  @Test
  void itIsOverOnceTheTotalIsSpentAndNotLongBefore() {
    assertTrue(budget(10_000, 10_001).over());
    assertFalse(budget(10_000, 9_000).over());
  }
}
