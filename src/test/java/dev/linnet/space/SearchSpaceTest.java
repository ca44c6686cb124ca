package dev.linnet.space;

import static dev.linnet.core.graph.Activation.Function.RELU;
import static dev.linnet.space.Choice.intRange;
import static dev.linnet.space.Choice.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
  private static final Decoder CHAIN =
      (chosen, task) ->
          (n, x) -> {
            for (int i = 1; i <= chosen.number("depth"); i++) {
              x = n.convBnAct("conv" + i, x, 16, chosen.number("kernel" + i), 1, RELU);
            }
            return n.classifier("head", x, task.classes());
          };

  private static final SearchSpace TINY =
      SearchSpace.of(
          "tiny",
          List.of(
              intRange("depth", 1, 2),
              oneOf("kernel1", "1", "3", "5"),
              oneOf("kernel2", "1", "3", "5")),
          CHAIN);

  private static final SearchSpace FOLDED =
      TINY.canonicalizedBy(c -> c.number("depth") < 2 ? c.reset("kernel2") : c);

  @Test
  void aSpaceOfTenLinesGivesNetworks() {
    Graph graph = Graphs.inference(TINY, TINY.genotype(1, 1, 2), Graphs.DIGITS);
    Map<String, Shape> parameters = Graphs.parameters(graph);
    assertEquals(Shape.of(16, 1, 3, 3), parameters.get("conv1/conv/weight"));
    assertEquals(Shape.of(16, 16, 5, 5), parameters.get("conv2/conv/weight"));
    assertEquals(Shape.of(1, 10), graph.output("logits").shape());
  }

  @Test
  void theSizeIsTheNumberOfAllGenotypes() {
    assertEquals(BigInteger.valueOf(18), TINY.size());
    assertEquals(18, TINY.all().distinct().count());
    assertEquals(12, TINY.all().map(FOLDED::canonical).distinct().count());
  }

  @Test
  void theTextFormHasNoBlanksAndIsReadBack() {
    TINY.all()
        .forEach(
            genotype -> {
              String text = genotype.toString();
              assertTrue(text.matches("tiny:[0-9a-f]{8}:[0-9]\\.[0-9]\\.[0-9]"), text);
              assertEquals(genotype, TINY.parse(text));
            });
  }

  @Test
  void theFingerprintDependsOnNameLabelsAndOptionsAlone() {
    List<Choice> choices = TINY.choices();
    assertEquals(TINY.fingerprint(), FOLDED.fingerprint());
    assertNotEquals(TINY.fingerprint(), SearchSpace.of("tiny2", choices, CHAIN).fingerprint());
    assertNotEquals(
        TINY.fingerprint(), SearchSpace.of("tiny", choices.subList(0, 2), CHAIN).fingerprint());
    assertEquals("9ffaa0f8", SearchSpace.of("a", List.of(oneOf("b", "c")), CHAIN).fingerprint());
  }

  @Test
  void textThatIsNoGenotypeIsRefusedWithOneClearLine() {
    String expected = "expected the form " + TINY.id() + ":N.N.… with 3 numbers";
    for (String text :
        List.of("", "tiny", "0.1.2", "tiny:1.2.3", TINY.id() + ":", TINY.id() + ":1..2")) {
      assertEquals("genotype \"" + text + "\": " + expected, refusal(text));
    }
    assertEquals(
        "genotype \"" + TINY.id() + ":0.-1.2\": " + expected, refusal(TINY.id() + ":0.-1.2"));
    assertEquals("genotype \"" + "x ".repeat(30) + "…\": " + expected, refusal("x\n".repeat(100)));
  }

  @Test
  void aGenotypeOfAnotherSpaceIsRefusedWithOneClearLine() {
    String foreign = "genotype of space other, but the space here is tiny";
    String version =
        "genotype of another version of space tiny (fingerprint 00000000, here %s)"
            .formatted(TINY.fingerprint());
    assertEquals(foreign, refusal("other:12345678:0.0.0"));
    assertEquals(version, refusal("tiny:00000000:0.0.0"));
    SearchSpace other = SearchSpace.of("other", TINY.choices(), CHAIN);
    Genotype stranger = other.genotype(0, 0, 0);
    for (org.junit.jupiter.api.function.Executable use :
        List.<org.junit.jupiter.api.function.Executable>of(
            () -> TINY.decode(stranger, Graphs.DIGITS),
            () -> TINY.canonical(stranger),
            () -> TINY.mutate(stranger, RandomStream.of(1)),
            () -> TINY.cross(stranger, stranger, RandomStream.of(1)),
            () -> TINY.distance(stranger, stranger))) {
      assertEquals(foreign, assertThrows(IllegalArgumentException.class, use).getMessage());
    }
  }

  @Test
  void aGenotypeOfAnotherLengthIsRefusedWithOneClearLine() {
    assertEquals("genotype: 2 values, space tiny has 3", refusal(TINY.id() + ":0.0"));
    assertEquals("genotype: 4 values, space tiny has 3", refusal(TINY.id() + ":0.0.0.0"));
  }

  @Test
  void aValueOutOfRangeIsRefusedWithOneClearLine() {
    assertEquals(
        "genotype: value 3 at position 2 (kernel1) is out of the range 0…2",
        refusal(TINY.id() + ":0.3.0"));
    assertEquals(
        "genotype: value 99999 at position 1 (depth) is out of the range 0…1",
        refusal(TINY.id() + ":99999.0.0"));
    assertEquals(
        "genotype: value -1 at position 3 (kernel2) is out of the range 0…2",
        assertThrows(IllegalArgumentException.class, () -> TINY.genotype(0, 0, -1)).getMessage());
  }

  @Test
  void aSpaceWithoutChoicesOrWithTwoOfOneLabelOrWithABadNameIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> SearchSpace.of("x", List.of(), CHAIN));
    assertThrows(
        IllegalArgumentException.class,
        () -> SearchSpace.of("x", List.of(oneOf("a", "1"), oneOf("a", "2")), CHAIN));
    assertThrows(
        IllegalArgumentException.class, () -> SearchSpace.of("a:b", TINY.choices(), CHAIN));
  }

  @Test
  void samplesAreUniformOverAllGenotypes() {
    Map<Genotype, Integer> counts = new HashMap<>();
    RandomStream random = RandomStream.of(7, "sample");
    for (int i = 0; i < 18_000; i++) {
      counts.merge(TINY.sample(random), 1, Integer::sum);
    }
    assertUniform(counts, 18);
  }

  @Test
  void aMutationChangesOneGeneAndEveryGeneAndValueIsEquallyLikely() {
    Genotype parent = TINY.genotype(1, 2, 0);
    Map<Integer, Integer> genes = new HashMap<>();
    Map<Genotype, Integer> ofKernel1 = new HashMap<>();
    RandomStream random = RandomStream.of(7, "mutate");
    for (int i = 0; i < 9_000; i++) {
      Genotype child = TINY.mutate(parent, random);
      assertEquals(1, TINY.distance(parent, child));
      for (int g = 0; g < 3; g++) {
        if (child.value(g) != parent.value(g)) {
          genes.merge(g, 1, Integer::sum);
        }
      }
      if (child.value(1) != parent.value(1)) {
        ofKernel1.merge(child, 1, Integer::sum);
      }
    }
    assertUniform(genes, 3);
    assertUniform(ofKernel1, 2);
  }

  @Test
  void aMutationChangesAsManyGenesAsAsked() {
    Genotype parent = TINY.genotype(1, 2, 0);
    RandomStream random = RandomStream.of(3);
    Map<Genotype, Integer> counts = new HashMap<>();
    for (int i = 0; i < 4_000; i++) {
      Genotype child = TINY.mutate(parent, 3, random);
      assertEquals(3, TINY.distance(parent, child));
      counts.merge(child, 1, Integer::sum);
    }
    assertUniform(counts, 4);
    assertEquals(3, TINY.distance(parent, TINY.mutate(parent, 99, random)));
    assertThrows(IllegalArgumentException.class, () -> TINY.mutate(parent, 0, random));
  }

  @Test
  void aMutationIsNeverWithoutEffectOnTheNetwork() {
    Genotype parent = FOLDED.genotype(0, 1, 0);
    RandomStream random = RandomStream.of(5);
    Map<Genotype, Integer> counts = new HashMap<>();
    for (int i = 0; i < 4_000; i++) {
      counts.merge(FOLDED.canonical(FOLDED.mutate(parent, random)), 1, Integer::sum);
    }
    assertTrue(!counts.containsKey(parent), counts.toString());
    assertEquals(3, counts.size(), "another depth, two other first kernels");
  }

  @Test
  void aSpaceOfOneGenotypeCannotMutate() {
    SearchSpace one = SearchSpace.of("one", List.of(oneOf("a", "b")), CHAIN);
    assertThrows(
        IllegalArgumentException.class, () -> one.mutate(one.genotype(0), RandomStream.of(1)));
  }

  @Test
  void aCrossingTakesEveryGeneFromEitherParentEquallyLikely() {
    Genotype a = TINY.genotype(0, 0, 0);
    Genotype b = TINY.genotype(1, 2, 1);
    Map<Genotype, Integer> counts = new HashMap<>();
    RandomStream random = RandomStream.of(11);
    for (int i = 0; i < 8_000; i++) {
      counts.merge(TINY.cross(a, b, random), 1, Integer::sum);
    }
    assertUniform(counts, 8);
    assertEquals(a, TINY.cross(a, a, random));
  }

  @Test
  void neighboursAreTheOtherNetworksThatOneChangeGivesEachOnce() {
    assertEquals(
        List.of(
            TINY.genotype(0, 2, 0),
            TINY.genotype(1, 0, 0),
            TINY.genotype(1, 1, 0),
            TINY.genotype(1, 2, 1),
            TINY.genotype(1, 2, 2)),
        TINY.neighbours(TINY.genotype(1, 2, 0)));
    assertEquals(
        List.of(FOLDED.genotype(1, 2, 1), FOLDED.genotype(0, 0, 0), FOLDED.genotype(0, 1, 0)),
        FOLDED.neighbours(FOLDED.genotype(0, 2, 1)));
  }

  @Test
  void theDistanceCountsChoicesThatMatter() {
    assertEquals(2, TINY.distance(TINY.genotype(0, 0, 0), TINY.genotype(0, 1, 2)));
    assertEquals(1, FOLDED.distance(TINY.genotype(0, 0, 0), TINY.genotype(0, 1, 2)));
  }

  private static String refusal(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> TINY.parse(text), text).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private static void assertUniform(Map<?, Integer> counts, int kinds) {
    assertEquals(kinds, counts.size(), counts.toString());
    assertTrue(
        ChiSquare.isUniform(counts.values().stream().mapToLong(Integer::longValue).toArray()),
        counts.toString());
  }
}
