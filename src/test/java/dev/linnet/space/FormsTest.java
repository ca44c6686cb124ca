package dev.linnet.space;

import static dev.linnet.space.Choice.oneOf;
import static dev.linnet.space.Choice.repeat;
import static dev.linnet.space.Choice.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormsTest {

  @Test
  void samplesAreUniformOverDistinctNetworksOfAStructure() {
    SearchSpace space =
        StructureTest.space(
            repeat(
                "n", 1, 2, oneOf("op", "pool", "conv"), when("op", "conv", oneOf("k", "1", "3"))));
    assertUniform(space, 3 + 9);
  }

  @Test
  void samplesAreUniformOverDistinctNetworksOfARule() {
    SearchSpace space =
        StructureTest.space(oneOf("a", "0", "1", "2"), oneOf("b", "0", "1", "2"))
            .canonicalizedBy(c -> c.index("a") == 1 ? c : c.reset("b"));
    assertUniform(space, 5);
  }

  @Test
  void plainSamplesOfAStructureAreUniformOverItsChoicesInstead() {
    SearchSpace space = StructureTest.space(repeat("n", 1, 3, oneOf("op", "a", "b", "c", "d")));
    long[] counts = new long[3];
    RandomStream random = RandomStream.of(9);
    for (int i = 0; i < 6_000; i++) {
      counts[space.canonical(space.sample(random)).value(0)]++;
    }
    assertTrue(ChiSquare.isUniform(counts));
  }

  @Test
  void cellsHaveTheirCountOfDistinctTopologiesAndEachIsDrawn() {
    SearchSpace cell = CellSpace.space();
    assertEquals(BigInteger.valueOf(15_625), cell.size());
    assertEquals(BigInteger.valueOf(6_466), cell.distinctSize().orElseThrow());
    RandomStream random = RandomStream.of(2);
    long[] counts = new long[OPERATIONS];
    for (int i = 0; i < 20_000; i++) {
      Genotype drawn = cell.sampleDistinct(random);
      assertEquals(drawn, cell.canonical(drawn));
      counts[drawn.value(0)]++;
    }
    long[] exact = new long[OPERATIONS];
    cell.distinct().forEach(genotype -> exact[genotype.value(0)]++);
    for (int i = 0; i < OPERATIONS; i++) {
      double expected = exact[i] * 20_000 / 6_466.0;
      assertEquals(expected, counts[i], 4 * Math.sqrt(expected));
    }
  }

  private static final int OPERATIONS = 5;

  @Test
  void aRuleOverTooManyFormsLeavesTheCountOpen() {
    assertTrue(ConvSpace.space().distinctSize().isEmpty());
  }

  @Test
  void aRuleThatLeavesNoCanonicalFormIsReported() {
    SearchSpace space =
        StructureTest.space(oneOf("a", "0", "1"))
            .canonicalizedBy(c -> c.with("a", c.is("a", "0") ? "1" : "0"));
    assertEquals(
        "space net: no canonical form among 1000000 random ones",
        assertThrows(IllegalStateException.class, () -> space.sampleDistinct(RandomStream.of(1)))
            .getMessage());
  }

  private static void assertUniform(SearchSpace space, int distinct) {
    assertEquals(BigInteger.valueOf(distinct), space.distinctSize().orElseThrow());
    Map<Genotype, Long> counts = new HashMap<>();
    RandomStream random = RandomStream.of(4, "distinct");
    for (int i = 0; i < 1_000 * distinct; i++) {
      counts.merge(space.sampleDistinct(random), 1L, Long::sum);
    }
    assertEquals(distinct, counts.size());
    assertEquals(
        List.of(), counts.keySet().stream().filter(g -> !space.canonical(g).equals(g)).toList());
    assertTrue(
        ChiSquare.isUniform(counts.values().stream().mapToLong(Long::longValue).toArray()),
        counts.toString());
  }
}
