package dev.linnet.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NearestTest {

  private static final List<String> KNOWN = List.of("evolution", "random", "fashion-mnist", "conv");

  @Test
  void aSlipOfTheFingersFindsTheName() {
    assertEquals(Optional.of("evolution"), Nearest.of("evolutoin", KNOWN));
    assertEquals(Optional.of("random"), Nearest.of("Radnom", KNOWN));
    assertEquals(Optional.of("conv"), Nearest.of("con", KNOWN));
  }

  @Test
  void aPartOfTheNameFindsIt() {
    assertEquals(Optional.of("fashion-mnist"), Nearest.of("mnist", KNOWN));
    assertEquals(Optional.of("fashion-mnist"), Nearest.of("fashion", KNOWN));
    assertEquals(Optional.of("fashion-mnist"), Nearest.of("fashon", KNOWN));
  }

  @Test
  void aDifferentWordFindsNothing() {
    assertEquals(Optional.empty(), Nearest.of("imagenet", KNOWN));
    assertEquals(Optional.empty(), Nearest.of("x", KNOWN));
    assertEquals(Optional.empty(), Nearest.of("", KNOWN));
    assertEquals(Optional.empty(), Nearest.of("conv", List.of()));
  }

  @Test
  void theMessageNamesTheKnownOnesAndTheNearest() {
    List<String> known = List.of("conv", "cell");
    assertEquals(
        "unknown space 'cel'; known are conv, cell; did you mean cell?",
        Nearest.unknown("space", "cel", known));
    assertEquals(
        "unknown space 'darts'; known are conv, cell", Nearest.unknown("space", "darts", known));
  }

  @Test
  void editsAndSwapsAreCounted() {
    assertEquals(0, Nearest.distance("abc", "abc"));
    assertEquals(1, Nearest.distance("abc", "acb"));
    assertEquals(3, Nearest.distance("", "abc"));
    assertEquals(3, Nearest.distance("kitten", "sitting"));
    assertEquals(2, Nearest.distance("abcd", "badc"));
  }
}
