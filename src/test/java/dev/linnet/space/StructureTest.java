package dev.linnet.space;

import static dev.linnet.space.Choice.intRange;
import static dev.linnet.space.Choice.oneOf;
import static dev.linnet.space.Choice.repeat;
import static dev.linnet.space.Choice.shared;
import static dev.linnet.space.Choice.when;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StructureTest {
  /** One or two blocks; a block is a convolution with a kernel, or a pool. */
  private static final SearchSpace NET =
      space(
          repeat(
              "block",
              1,
              2,
              oneOf("op", "pool", "conv"),
              when("op", "conv", oneOf("k", "1", "3", "5"))),
          when("block", "2", oneOf("join", "add", "concat")));

  static SearchSpace space(Choice... choices) {
    return SearchSpace.of(
        "net", List.of(choices), (chosen, task) -> (n, x) -> n.classifier("head", x, 10));
  }

  @Test
  void aRepeatTakesACountAndTheGenesOfEveryBlock() {
    assertEquals(
        List.of("block", "block/1/op", "block/1/k", "block/2/op", "block/2/k", "join"),
        NET.genes().stream().map(Gene::label).toList());
  }

  @Test
  void whatDoesNotMatterHasTheFirstOptionInTheCanonicalForm() {
    assertEquals(NET.genotype(0, 1, 2, 0, 0, 0), NET.canonical(NET.genotype(0, 1, 2, 1, 1, 1)));
    assertEquals(NET.genotype(1, 0, 0, 1, 1, 1), NET.canonical(NET.genotype(1, 0, 2, 1, 1, 1)));
    assertArrayEquals(
        new boolean[] {true, true, false, false, false, false},
        NET.active(NET.genotype(0, 0, 1, 1, 1, 1)),
        "the kernel of a convolution that is not there does not matter");
  }

  @Test
  void aBlockIsReadByItsOwnLabelsAndSeesWhatIsOutside() {
    Chosen chosen = NET.chosen(NET.genotype(1, 1, 2, 0, 0, 1));
    List<Chosen> blocks = chosen.repeats("block");
    assertEquals(2, blocks.size());
    assertEquals(5, blocks.get(0).number("k"));
    assertEquals("pool", blocks.get(1).option("op"));
    assertEquals("concat", blocks.get(1).option("join"));
    assertTrue(blocks.get(0).matters("k"));
    assertFalse(blocks.get(1).matters("k"));
    assertEquals("conv", blocks.get(1).with("op", "conv").option("op"));
    assertEquals(1, NET.chosen(NET.genotype(0, 0, 0, 0, 0, 0)).repeats("block").size());
  }

  @Test
  void aSharedChoiceIsOneGeneThatMattersWhereverOneOfItsPlacesDoes() {
    Choice kernel = shared(oneOf("k", "3", "5"));
    SearchSpace space =
        space(
            oneOf("a", "skip", "conv"),
            oneOf("b", "skip", "conv"),
            when("a", "conv", kernel),
            when("b", "conv", kernel));
    assertEquals(3, space.genes().size());
    assertEquals(BigInteger.valueOf(1 + 3 * 2), space.distinctSize().orElseThrow());
    assertTrue(space.active(space.genotype(0, 1, 1))[2]);
    assertFalse(space.active(space.genotype(0, 0, 1))[2]);
    SearchSpace inBlocks = space(repeat("n", 1, 3, kernel, oneOf("op", "x", "y")));
    assertEquals(
        List.of("n", "k", "n/1/op", "n/2/op", "n/3/op"),
        inBlocks.genes().stream().map(Gene::label).toList());
    assertEquals(
        "5", inBlocks.chosen(inBlocks.genotype(2, 1, 0, 0, 0)).repeats("n").get(2).option("k"));
  }

  @Test
  void blocksInBlocksKeepTheirConditions() {
    SearchSpace nested =
        space(
            oneOf("se", "no", "yes"),
            repeat(
                "stage",
                1,
                2,
                repeat("block", 0, 2, oneOf("k", "3", "5")),
                when("se", "yes", oneOf("ratio", "4", "8"))));
    // a stage has 1 + 2 + 4 blocks' forms, times 2 ratios with squeeze-excite
    assertEquals(BigInteger.valueOf(7 + 7 * 7 + 14 + 14 * 14), nested.distinctSize().orElseThrow());
    Chosen chosen = nested.chosen(nested.genotype(1, 1, 0, 0, 0, 1, 2, 0, 1, 0));
    Chosen second = chosen.repeats("stage").get(1);
    assertEquals(
        List.of("3", "5"), second.repeats("block").stream().map(b -> b.option("k")).toList());
    assertEquals("4", second.repeats("block").get(0).option("ratio"));
    assertEquals("8", chosen.repeats("stage").get(0).option("ratio"));
  }

  @Test
  void everyCountIsThatOfTheDistinctCanonicalForms() {
    for (SearchSpace space : List.of(NET, chains())) {
      Set<Genotype> canonical = new HashSet<>(space.all().map(space::canonical).toList());
      assertEquals(BigInteger.valueOf(canonical.size()), space.distinctSize().orElseThrow());
      assertEquals(canonical, new HashSet<>(space.distinct().toList()));
      assertEquals(canonical.size(), space.distinct().count());
    }
    assertEquals(BigInteger.valueOf(4 + 4 * 4 * 2), NET.distinctSize().orElseThrow());
  }

  /** Conditions on conditions, on several options, and two on one choice. */
  private static SearchSpace chains() {
    return space(
        oneOf("a", "0", "1", "2"),
        new Conditional(new Condition("a", List.of("1", "2")), List.of(oneOf("b", "0", "1"))),
        when("b", "1", oneOf("c", "0", "1", "2"), when("a", "2", intRange("d", 0, 3))),
        when("c", "2", oneOf("e", "0", "1")),
        oneOf("f", "0", "1"));
  }

  @Test
  void largeStructuresAreCountedWithoutEnumeration() {
    Choice[] block = {
      oneOf("op", "a", "b", "c"), when("op", "a", intRange("k", 1, 10)), oneOf("act", "r", "s")
    };
    SearchSpace large = space(repeat("s", 1, 9, repeat("b", 1, 4, block)));
    BigInteger perBlock = BigInteger.valueOf(2 * (10 + 2));
    BigInteger stage = powers(perBlock, 4);
    assertEquals(powers(stage, 9), large.distinctSize().orElseThrow());
    Genotype drawn = large.sampleDistinct(RandomStream.of(1));
    assertEquals(drawn, large.canonical(drawn));
  }

  private static BigInteger powers(BigInteger base, int most) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 1; i <= most; i++) {
      sum = sum.add(base.pow(i));
    }
    return sum;
  }

  @Test
  void aMutationNeverChangesWhatDoesNotMatterAndDrawsWhatComesToMatter() {
    RandomStream random = RandomStream.of(3);
    Set<Integer> kernels = new HashSet<>();
    for (int i = 0; i < 3_000; i++) {
      Genotype parent = NET.sample(random);
      Genotype child = NET.mutate(parent, random);
      assertNotEquals(NET.canonical(parent), NET.canonical(child));
      assertEquals(child, NET.canonical(child), "nothing is left in choices that do not matter");
      if (parent.value(1) == 0 && child.value(1) == 1) {
        kernels.add(child.value(2));
      }
    }
    assertEquals(Set.of(0, 1, 2), kernels);
  }

  @Test
  void aCrossingTakesAChoiceFromTheParentInWhichItMatters() {
    Genotype a = NET.genotype(0, 0, 0, 0, 0, 0);
    Genotype b = NET.genotype(1, 1, 2, 1, 1, 1);
    RandomStream random = RandomStream.of(5);
    for (int i = 0; i < 200; i++) {
      Genotype child = NET.cross(a, b, random);
      assertEquals(child, NET.canonical(child));
      assertEquals(child.value(1) == 1 ? 2 : 0, child.value(2));
      assertEquals(child.value(0) == 1 ? 1 : 0, child.value(5));
    }
  }

  @Test
  void neighboursDifferInOneChoiceThatMatters() {
    Genotype pool = NET.genotype(0, 0, 0, 0, 0, 0);
    assertEquals(
        List.of(NET.genotype(1, 0, 0, 0, 0, 0), NET.genotype(0, 1, 0, 0, 0, 0)),
        NET.neighbours(pool));
    for (Genotype genotype : NET.distinct().toList()) {
      List<Genotype> neighbours = NET.neighbours(genotype);
      assertEquals(neighbours.size(), new HashSet<>(neighbours).size());
      assertFalse(neighbours.contains(genotype));
      assertTrue(neighbours.stream().allMatch(n -> NET.canonical(n).equals(n)));
    }
  }

  @Test
  void theFingerprintDependsOnConditions() {
    SearchSpace flat = space(oneOf("a", "0", "1"), oneOf("b", "0", "1"));
    SearchSpace zero = space(oneOf("a", "0", "1"), when("a", "0", oneOf("b", "0", "1")));
    SearchSpace one = space(oneOf("a", "0", "1"), when("a", "1", oneOf("b", "0", "1")));
    assertEquals(3, Set.of(flat.fingerprint(), zero.fingerprint(), one.fingerprint()).size());
  }

  @Test
  void whatDoesNotMatterIsLeftOutOfTheOneHotVector() {
    assertArrayEquals(
        new double[] {1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        Encoding.oneHot(NET).encode(NET.genotype(0, 0, 0, 0, 0, 0)));
  }

  @Test
  void conditionsThatMakeNoSenseAreRefusedInOneLine() {
    assertRefused(
        "SearchSpace net: choice b depends on an unknown choice 'aa'; known are a, b; did you mean a?",
        oneOf("a", "0", "1"),
        when("aa", "0", oneOf("b", "0")));
    assertRefused(
        "choice a: no option \"2\"; there are [0, 1]",
        oneOf("a", "0", "1"),
        when("a", "2", oneOf("b", "0")));
    assertRefused(
        "SearchSpace net: whether choice a matters depends on itself",
        when("b", "0", oneOf("a", "0")),
        when("a", "0", oneOf("b", "0")));
    assertRefused(
        "SearchSpace net: two choices have the label a; if they are one, share it",
        oneOf("a", "0"),
        oneOf("a", "0"));
    assertRefused(
        "SearchSpace net: two choices have the label a",
        shared(oneOf("a", "0")),
        shared(oneOf("a", "1")));
  }

  private static void assertRefused(String message, Choice... choices) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> space(choices)).getMessage());
  }
}
