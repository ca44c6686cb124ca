package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class HeldOutTest {

  private final HeldOut heldOut = new HeldOut(Fixtures.counting(6, new ImageShape(1, 1, 1), 2));

  @Test
  void everyOpeningIsOnRecordWithNameAndTime() {
    Instant before = Instant.now();
    assertEquals(6, heldOut.open("final test").size());
    heldOut.open("a second look");
    assertEquals(
        "[final test, a second look]",
        heldOut.openings().stream().map(HeldOut.Opening::by).toList().toString());
    assertFalse(heldOut.openings().get(0).at().isBefore(before));
  }

  @Test
  void anAnonymousOpeningIsRefusedAndLeavesNoTrace() {
    assertThrows(IllegalArgumentException.class, () -> heldOut.open(" "));
    assertEquals(0, heldOut.openings().size());
  }
}
