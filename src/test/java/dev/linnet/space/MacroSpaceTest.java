package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class MacroSpaceTest {
  private static final SearchSpace SPACE = MacroSpace.space();

  @Test
  void thereAre6561GenotypesAnd3969Networks() {
    assertEquals(BigInteger.valueOf(6_561), SPACE.size());
    assertEquals(3_969, SPACE.all().map(SPACE::canonical).distinct().count());
  }

  @Test
  void identitiesBehindTheFirstBlockOfAStageComeLast() {
    assertEquals(SPACE.parse("01222010"), SPACE.canonical(SPACE.parse("01222001")));
    assertEquals(SPACE.parse("22212220"), SPACE.canonical(SPACE.parse("22212202")));
    assertEquals(SPACE.parse("00010020"), SPACE.canonical(SPACE.parse("00001002")));
    assertTrue(
        SPACE.all().map(SPACE::canonical).allMatch(g -> SPACE.canonical(g).equals(g)),
        "a canonical form is its own canonical form");
  }

  @Test
  void formsOfOneNetworkHaveOneCost() {
    for (int i = 0; i < 30; i++) {
      Genotype genotype = SPACE.sample(RandomStream.of(1, i));
      Graph graph = Graphs.inference(SPACE, genotype, Graphs.CIFAR);
      Graph canonical = Graphs.inference(SPACE, SPACE.canonical(genotype), Graphs.CIFAR);
      assertEquals(canonical.parameters(), graph.parameters());
      assertEquals(canonical.macs(), graph.macs());
    }
  }

  @Test
  void parametersAndMacsAreThoseThatTheBenchmarkStates() {
    assertCost("00000000", 387_882, 7_713_280);
    assertCost("20000000", 409_834, 17_854_976);
    assertCost("02012100", 890_666, 47_327_744);
    assertCost("11111221", 2_181_386, 65_012_224);
  }

  private static void assertCost(String text, long parameters, long macs) {
    Graph graph = Graphs.inference(SPACE, SPACE.parse(text), Graphs.CIFAR);
    assertEquals(parameters, graph.parameters(), text);
    assertEquals(macs, graph.macs(), text);
  }

  @Test
  void networksForEverySizeOfImageEndInLogits() {
    for (int size : new int[] {1, 2, 7, 8, 28}) {
      Task task = new Task(new ImageShape(size, size + 1, 1), 3);
      for (int i = 0; i < 10; i++) {
        Graph graph = Graphs.inference(SPACE, SPACE.sample(RandomStream.of(2, i)), task);
        assertEquals(Shape.of(1, 3), graph.output("logits").shape());
      }
    }
  }

  @Test
  void theBenchmarksDigitsAreReadAndOthersRefused() {
    assertEquals(SPACE.genotype(2, 2, 2, 1, 2, 2, 2, 0), SPACE.parse("22212220"));
    for (String text : List.of("2221222", "222122201", "22212223")) {
      assertEquals(
          "macro: expected 8 digits, each 0, 1 or 2, not " + text,
          assertThrows(IllegalArgumentException.class, () -> SPACE.parse(text)).getMessage());
    }
  }
}
