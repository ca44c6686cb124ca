package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceFileTest {
  private static final Path EXAMPLE = Path.of("..", "docs", "spaces", "example.json");

  private static final String SMALL =
      """
      {
        "name": "small",
        "stages": [
          {
            "channels": 8,
            "blocks": {"from": 1, "to": 2},
            "block": {
              "operation": ["conv", "inverted-residual"],
              "expansion": [2, 4]
            }
          }
        ]
      }
      """;

  @TempDir Path folder;

  @Test
  void theExampleHasTheNetworksThatItsChoicesGive() throws IOException {
    SearchSpace space = SpaceFile.read(EXAMPLE);
    // a block: two kernels of a convolution or a pool, or of an inverted residual with 2 · 2 forms
    BigInteger block = BigInteger.valueOf(2 + 2 + 2 * 2 * 2);
    BigInteger first = block.add(block.pow(2)).add(block.pow(3)).multiply(BigInteger.valueOf(3));
    BigInteger second = BigInteger.valueOf(3 * (2 + 4));
    assertEquals(
        first.multiply(second).multiply(BigInteger.TWO), space.distinctSize().orElseThrow());
    RandomStream random = RandomStream.of(1);
    for (Task task : List.of(Graphs.DIGITS, Graphs.FASHION, Graphs.CIFAR)) {
      for (int i = 0; i < 20; i++) {
        Genotype genotype = space.sample(random);
        Graph graph = Graphs.inference(space, genotype, task);
        assertEquals(Shape.of(1, 10), graph.output("logits").shape());
        assertEquals(
            Graphs.structure(graph),
            Graphs.structure(Graphs.inference(space, space.canonical(genotype), task)));
        assertEquals(genotype, space.parse(genotype.toString()));
      }
    }
  }

  @Test
  void distinctGenotypesAreDistinctNetworks() {
    SearchSpace space = SpaceFile.parse("small.json", SMALL);
    assertEquals(BigInteger.valueOf(3 + 9), space.distinctSize().orElseThrow());
    Set<List<String>> networks = new HashSet<>();
    space
        .distinct()
        .forEach(g -> networks.add(Graphs.structure(Graphs.inference(space, g, Graphs.DIGITS))));
    assertEquals(12, networks.size());
  }

  @Test
  void everyPropertyReachesTheNetwork() {
    String text =
        """
        {"name": "all", "resolution": "half", "width": 2,
         "stem": {"channels": 4, "kernel": 5, "stride": 2},
         "stages": [{"channels": 8, "block": {"operation": "separable", "kernel": 3}},
                    {"channels": 24, "block": {"operation": "avg-pool", "kernel": 3}}],
         "head": {"channels": 40, "activation": "silu"}}
        """;
    SearchSpace space = SpaceFile.parse("all.json", text);
    assertEquals(BigInteger.ONE, space.size());
    Graph graph =
        Graphs.inference(space, space.genotype(new int[space.genes().size()]), Graphs.FASHION);
    assertEquals(Shape.of(8, 1, 5, 5), Graphs.parameters(graph).get("stem/conv/weight"));
    assertEquals(
        Shape.of(8, 1, 3, 3),
        Graphs.parameters(graph).get("stage1/block1/separable/depthwise3x3/weight"));
    assertEquals(Shape.of(48, 16, 1, 1), Graphs.parameters(graph).get("stage2/block1/pool/weight"));
    assertEquals(Shape.of(80, 48, 1, 1), Graphs.parameters(graph).get("head/conv/conv/weight"));
    assertTrue(graph.nodes().stream().anyMatch(n -> n.shape().equals(Shape.of(1, 7, 7, 8))));
  }

  @Test
  void theFingerprintFollowsValuesAndNotTheOrderOfKeys() {
    String fingerprint = SpaceFile.parse("a", SMALL).fingerprint();
    assertNotEquals(
        fingerprint,
        SpaceFile.parse("a", SMALL.replace("\"channels\": 8", "\"channels\": 9")).fingerprint());
    String reordered =
        SMALL.replace("\"channels\": 8,", "").replace("}\n    }", "},\"channels\": 8}");
    assertTrue(!reordered.equals(SMALL));
    assertEquals(fingerprint, SpaceFile.parse("a", reordered).fingerprint());
  }

  @Test
  void whatIsWrongIsSaidInOneLineWithFileAndLine() {
    assertRefused(5, "a stage: unknown key 'chanels'", "\"channels\"", "\"chanels\"");
    assertRefused(5, "did you mean channels?", "\"channels\"", "\"chanels\"");
    assertRefused(8, "operation: unknown value 'convv'", "\"conv\"", "\"convv\"");
    assertRefused(9, "expansion: at least one option is needed", "[2, 4]", "[]");
    assertRefused(9, "expansion: the option '2' occurs twice", "[2, 4]", "[2, 2]");
    assertRefused(9, "expansion: '2' is not a whole number from 1 to 16", "[2, 4]", "\"2\"");
    assertRefused(9, "expansion: '1.5' is not a whole number", "[2, 4]", "1.5");
    assertRefused(9, "expansion: an option is one value", "[2, 4]", "[[2]]");
    assertRefused(9, "to: a whole number from 4 to 10000", "[2, 4]", "{\"from\": 4, \"to\": 2}");
    assertRefused(9, "expansion: unknown key 'till'", "[2, 4]", "{\"from\": 4, \"till\": 2}");
    assertRefused(
        8,
        "operation: a range is for whole numbers",
        "[\"conv\", \"inverted-residual\"]",
        "{\"from\": 4, \"to\": 5}");
    assertRefused(9, "expansion: has no effect", ", \"inverted-residual\"", "");
    assertRefused(9, "unknown shared choice 'e'", "[2, 4]", "{\"shared\": \"e\"}");
    assertRefused(6, "blocks: a whole number from 1 to 100", "{\"from\": 1, \"to\": 2}", "0");
    assertRefused(
        6, "blocks: an object with from, to is needed", "{\"from\": 1, \"to\": 2}", "[1, 2]");
    assertRefused(6, "the key \"to\" is missing", "{\"from\": 1, \"to\": 2}", "{\"from\": 1}");
    assertRefused(4, "the key \"channels\" is missing", "\"channels\": 8,", "");
    assertRefused(2, "name: a string is needed", "\"small\"", "7");
    assertRefused(2, "name: 'cell-3' is a built-in space", "\"small\"", "\"cell-3\"");
    assertRefused(2, "name: letters, digits, - and _, not 'a b'", "\"small\"", "\"a b\"");
    assertRefused(6, "the key \"channels\" occurs twice", "\"blocks\"", "\"channels\"");
    assertRefused(
        3, "nothing refers to \"k\"", "\"stages\"", "\"shared\": {\"k\": [3]}, \"stages\"");
    assertRefused(5, "kernel: '4' is not an odd number", "8,", "8, \"kernel\": 4,");
    assertRefused(9, "expansion: the stage has it already", "8,", "8, \"expansion\": 4,");
    assertRefused(5, "no JSON: ", "8,", "8 8,");
  }

  @Test
  void filesThatHoldNoSpaceAreRefused() throws IOException {
    assertEquals("f:1: there is nothing in this file", refusal(""));
    assertEquals("f:2: something follows the end of the space", refusal("{}\n{}"));
    assertEquals("f:1: the key \"name\" is missing", refusal("{}"));
    assertTrue(refusal("[]").startsWith("f:1: a space: an object with name, shared, stem"));
    assertEquals(
        "f:1: stages: an array of at least one stage is needed",
        refusal("{\"name\": \"a\", \"stages\": []}"));
    assertThrows(NoSuchFileException.class, () -> SpaceFile.read(folder.resolve("none.json")));
    Path binary = Files.write(folder.resolve("b.json"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertEquals(
        binary + ": no text in UTF-8",
        assertThrows(IllegalArgumentException.class, () -> SpaceFile.read(binary)).getMessage());
  }

  private static void assertRefused(int line, String message, String from, String to) {
    assertTrue(SMALL.contains(from), from);
    String said = refusal(SMALL.replace(from, to));
    assertTrue(said.startsWith("f:" + line + ": ") && said.contains(message), said);
    assertEquals(1, said.lines().count(), said);
  }

  private static String refusal(String text) {
    return assertThrows(IllegalArgumentException.class, () -> SpaceFile.parse("f", text))
        .getMessage();
  }
}
