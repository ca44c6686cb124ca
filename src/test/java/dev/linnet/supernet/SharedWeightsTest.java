package dev.linnet.supernet;

import static dev.linnet.space.Choice.intRange;
import static dev.linnet.space.Choice.oneOf;
import static dev.linnet.space.Choice.repeat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Networks;
import dev.linnet.space.Chosen;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Task;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedWeightsTest {
  private static final Task TASK = new Task(new ImageShape(8, 8, 1), 4);

  /** A random genotype needs the most of a last block with probability 1 in 3,200. */
  private static final SearchSpace WIDE =
      SearchSpace.of(
          "wide",
          List.of(
              intRange("channels", 4, 80, 4),
              repeat(
                  "block",
                  1,
                  4,
                  intRange("expansion", 1, 10),
                  oneOf("kernel", "1", "3", "5", "7"))),
          (chosen, task) ->
              (n, x) -> {
                int number = 0;
                x = n.conv("stem", x, chosen.number("channels"), 1, 1);
                for (Chosen block : chosen.repeats("block")) {
                  x =
                      n.invertedResidual(
                          "block" + ++number,
                          x,
                          chosen.number("channels"),
                          block.number("kernel"),
                          1,
                          block.number("expansion"),
                          Function.RELU,
                          false);
                }
                return n.classifier("head", x, task.classes());
              });

  @Test
  void theLargestOfManyChoicesTogetherFindsWeights() {
    SharedWeights weights = SharedWeights.of(WIDE, TASK);
    for (int kernel = 0; kernel < 4; kernel++) {
      int[] values = new int[WIDE.genes().size()];
      Arrays.fill(values, kernel);
      values[0] = 19;
      values[1] = 3;
      for (int block = 0; block < 4; block++) {
        values[2 + 2 * block] = 9;
      }
      Graph graph =
          Networks.inference(WIDE.decode(WIDE.genotype(values), TASK), TASK.images(1), weights);
      assertEquals(Shape.of(1, 4), graph.output("logits").shape());
    }
  }

  @Test
  void whatNoNetworkNeedsIsRefused() {
    SharedWeights weights = SharedWeights.of(Tiny.space(), TASK);
    assertEquals(
        "the supernet has no weights other [3]",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    weights.parameter(
                        new GraphBuilder(), "other", Shape.of(3), new Initializer.Fill(0)))
            .getMessage());
  }
}
