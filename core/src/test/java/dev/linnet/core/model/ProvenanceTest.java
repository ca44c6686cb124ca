package dev.linnet.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProvenanceTest {
  @Test
  void textsAndNumbersAreFoundByName() {
    Provenance provenance =
        Provenance.empty()
            .with(Provenance.DATA, "digits")
            .with(Provenance.SEED, 7)
            .with(Provenance.TEST_ACCURACY, 0.5);
    assertEquals("digits", provenance.text("data").orElseThrow());
    assertEquals(7, provenance.number("seed").orElseThrow());
    assertEquals(0.5, provenance.number("testAccuracy").orElseThrow());
    assertTrue(provenance.text("seed").isEmpty());
    assertTrue(provenance.number("data").isEmpty());
    assertTrue(provenance.number("absent").isEmpty());
  }

  @Test
  void theOrderIsKeptAndALaterValueReplaces() {
    Provenance provenance =
        Provenance.empty().with("b", "1").with("a", "2").with("c", 3).with("b", "4");
    assertEquals(List.of("b", "a", "c"), List.copyOf(provenance.entries().keySet()));
    assertEquals("4", provenance.text("b").orElseThrow());
  }

  @Test
  void otherThingsThanTextsAndFiniteNumbersAreRefused() {
    assertEquals(
        "provenance: loss must be a text or a finite number, is NaN",
        assertThrows(
                IllegalArgumentException.class, () -> Provenance.empty().with("loss", Double.NaN))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Provenance(Map.of("list", List.of())));
    assertThrows(
        UnsupportedOperationException.class, () -> Provenance.empty().entries().put("a", "b"));
  }
}
