package dev.linnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.junit.jupiter.api.Test;

final class FiguresTest {
  @Test
  void countsAreShortenedToThreeDigits() {
    assertEquals("9,999", Figures.brief(9_999));
    assertEquals("10.0\u00A0k", Figures.brief(10_000));
    assertEquals("123\u00A0k", Figures.brief(123_456));
    assertEquals("1.00\u00A0M", Figures.brief(999_600));
    assertEquals("2.35\u00A0G", Figures.brief(2_345_678_901L));
  }

  @Test
  void durationsAreInTheUnitsOfPeople() {
    assertEquals("42.3\u00A0s", Figures.duration(42.34));
    assertEquals("1\u00A0min 0\u00A0s", Figures.duration(59.7));
    assertEquals("1\u00A0min 37\u00A0s", Figures.duration(97.381));
    assertEquals("2\u00A0h 5\u00A0min", Figures.duration(7525));
  }

  @Test
  void latenciesHaveThreeDigits() {
    assertEquals("0.073\u00A0ms", Figures.milliseconds(0.0731));
    assertEquals("1.25\u00A0ms", Figures.milliseconds(1.254));
    assertEquals("125\u00A0ms", Figures.milliseconds(125.4));
  }

  @Test
  void aValueKeepsItsExactTextBesideTheShownOne() {
    assertEquals(
        "<data value=\"0.988889\" data-of=\"best.testAccuracy\">98.89\u00A0%</data>",
        Figures.value("best.testAccuracy", DoubleNode.valueOf(0.988889), Figures::percent)
            .markup());
    assertEquals("–", Figures.value("x", NullNode.instance, Figures::percent).markup());
  }
}
