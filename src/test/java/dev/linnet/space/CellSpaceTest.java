package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Networks;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellSpaceTest {
  private static final SearchSpace SPACE = CellSpace.space();
  private static final SearchSpace BENCHMARK = CellSpace.space(CellSpace.BENCHMARK_CELLS);

  @Test
  void thereAre15625GenotypesAnd6466Topologies() {
    assertEquals(BigInteger.valueOf(15_625), SPACE.size());
    assertEquals(6_466, SPACE.all().map(SPACE::canonical).distinct().count());
  }

  @Test
  void theCanonicalFormIsItsOwnCanonicalForm() {
    assertTrue(
        SPACE
            .all()
            .map(SPACE::canonical)
            .distinct()
            .allMatch(genotype -> SPACE.canonical(genotype).equals(genotype)));
  }

  @Test
  void cellsThatDifferInWhatReadsNothingHaveOneCanonicalForm() {
    String cut = "|none~0|+|none~0|%s~1|+|nor_conv_3x3~0|%s~1|none~2|";
    assertEquals(
        SPACE.canonical(SPACE.parse(cut.formatted("nor_conv_1x1", "avg_pool_3x3"))),
        SPACE.canonical(SPACE.parse(cut.formatted("none", "nor_conv_3x3"))));
  }

  @Test
  void nodesThatASkipMakesOneMayChangePlaces() {
    String direct = "|skip_connect~0|+|none~0|none~1|+|nor_conv_3x3~0|nor_conv_1x1~1|none~2|";
    String detour = "|skip_connect~0|+|none~0|none~1|+|nor_conv_1x1~0|nor_conv_3x3~1|none~2|";
    assertEquals(SPACE.canonical(SPACE.parse(direct)), SPACE.canonical(SPACE.parse(detour)));
  }

  @Test
  void parametersAndMacsAreThoseThatTheBenchmarkStates() {
    // its FLOPs (220.11969 M, 7.78305 M) count the ten additions of the classifier's bias too
    assertCost(1_531_546, 220_119_680, "nor_conv_3x3");
    assertCost(73_306, 7_783_040, "avg_pool_3x3");
    assertCost(73_306, 7_783_040, "skip_connect");
  }

  private static void assertCost(long parameters, long macs, String operation) {
    Genotype genotype =
        BENCHMARK.parse("|OP~0|+|OP~0|OP~1|+|OP~0|OP~1|OP~2|".replace("OP", operation));
    Graph graph = Graphs.inference(BENCHMARK, genotype, Graphs.CIFAR);
    assertEquals(parameters, graph.parameters());
    assertEquals(macs, graph.macs());
  }

  @Test
  void theBenchmarksTextFormIsReadAndWritten() {
    String text =
        "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|"
            + "+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|";
    Genotype genotype = SPACE.parse(text);
    assertEquals(SPACE.genotype(3, 3, 4, 1, 3, 1), genotype);
    assertEquals(text, CellSpace.benchmarkText(SPACE.chosen(genotype)));
    assertEquals(genotype, SPACE.parse(genotype.toString()));
  }

  @Test
  void aWrongTextOfTheBenchmarksFormIsRefusedWithOneClearLine() {
    for (String text :
        List.of(
            "|nor_conv_3x3~0|",
            "|a~0|+|b~0|c~1|+|d~0|e~1|f~3|",
            "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|x")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> SPACE.parse(text)).getMessage();
      assertTrue(message.startsWith("cell: expected the form |OP~0|+|OP~0|OP~1|+"), message);
    }
    assertEquals(
        "choice edge0-2: no option \"nor_conv_7x7\"; there are [none, skip_connect,"
            + " nor_conv_1x1, nor_conv_3x3, avg_pool_3x3]",
        assertThrows(
                IllegalArgumentException.class,
                () -> SPACE.parse("|none~0|+|nor_conv_7x7~0|none~1|+|none~0|none~1|none~2|"))
            .getMessage());
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
  void operationsThatNothingReadsAreNotBuilt() {
    Genotype cut = SPACE.parse("|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|");
    Genotype plain = SPACE.parse("|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|");
    assertEquals(
        Graphs.structure(
            Networks.calibration(
                SPACE.decode(plain, Graphs.DIGITS), Graphs.DIGITS.images(2), Weights.own())),
        Graphs.structure(
            Networks.calibration(
                SPACE.decode(cut, Graphs.DIGITS), Graphs.DIGITS.images(2), Weights.own())));
  }

  @Test
  void aCellOfNothingStillIsANetwork() {
    Genotype nothing = SPACE.genotype(0, 0, 0, 0, 0, 0);
    Graph graph = Graphs.inference(SPACE, nothing, Graphs.DIGITS);
    assertEquals(Shape.of(1, 10), graph.output("logits").shape());
  }

  @Test
  void spacesWithOtherNumbersOfCellsAreOtherSpaces() {
    assertEquals("cell", SPACE.name());
    assertEquals("cell-5", BENCHMARK.name());
    assertThrows(
        IllegalArgumentException.class,
        () -> BENCHMARK.parse(SPACE.genotype(0, 0, 0, 0, 0, 0).toString()));
    assertThrows(IllegalArgumentException.class, () -> CellSpace.space(0));
  }
}
