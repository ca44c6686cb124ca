package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SpacesTest {

  @Test
  void everyNameGivesTheSpaceOfThatName() {
    for (String name : Spaces.names()) {
      assertEquals(name, Spaces.named(name).name());
    }
    assertEquals("cell-5", Spaces.named("cell-5").name());
  }

  @Test
  void genotypesAreReadByAnotherInstanceOfTheSpace() {
    for (String name : Spaces.names()) {
      Genotype genotype = Spaces.named(name).genotype(new int[Spaces.named(name).genes().size()]);
      assertEquals(genotype, Spaces.named(name).parse(genotype.toString()));
    }
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnesAndTheNearest() {
    assertEquals(
        "unknown space 'covn'; known are conv, cell, macro, mobile, efficient; did you mean conv?",
        assertThrows(IllegalArgumentException.class, () -> Spaces.named("covn")).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Spaces.named("cell-0"));
  }
}
