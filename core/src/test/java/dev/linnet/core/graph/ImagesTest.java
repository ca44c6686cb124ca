package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ImagesTest {
  private static final Initializer ZERO = new Initializer.Fill(0);
  private static final Shape MOMENTS = Shape.of(2, 4);

  private final GraphBuilder builder = new GraphBuilder();
  private final Node x = builder.input("images", Shape.of(5, 6, 6, 3));
  private final Node w = builder.parameter("w", Shape.of(4, 3, 3, 3), ZERO);
  private final Node conv = builder.add(new Conv2d(Window.same(3, 1), 1), x, w);
  private final Node affine = builder.parameter("affine", MOMENTS, new Initializer.Identity());

  private int count(Node... outputs) {
    Map<String, Node> named = new LinkedHashMap<>();
    for (Node output : outputs) {
      named.put("y" + named.size(), output);
    }
    return Images.of(builder.build(named)).count();
  }

  @Test
  void theImagesOfInferenceCanBeComputedApart() {
    Node moments = builder.state("moments", MOMENTS, new Initializer.StandardMoments());
    Node y = builder.add(new BatchNorm(1e-5f), conv, moments, affine);
    y = builder.add(new Multiply(), y, builder.add(new GlobalAvgPool(), y));
    y = builder.add(new Add(), y, builder.add(new Concat(), y));
    assertEquals(5, count(y, conv, x));
  }

  @Test
  void theFusedGraphIsNoDifferent() {
    Node moments = builder.state("moments", MOMENTS, new Initializer.StandardMoments());
    Node y = builder.add(new BatchNorm(1e-5f), conv, moments, affine);
    Node relu = builder.add(new Activation(Activation.Function.RELU), builder.add(new Add(), y, y));
    Graph graph = builder.build(Map.of("y", relu, "conv", conv));
    assertEquals(5, Images.of(Fusion.fuse(graph)).count());
  }

  @Test
  void whatIsTakenOverTheBatchJoinsItsImages() {
    assertEquals(1, count(builder.add(new BatchMoments(), conv)));
    Node labels = builder.input("labels", Shape.of(5));
    Node logits = builder.add(new Flatten(), x);
    assertEquals(1, count(builder.add(new SoftmaxCrossEntropy(0), logits, labels)));
    Node key = builder.setting("key", Shape.of(2));
    assertEquals(1, count(builder.add(new Dropout(0.5f, 1), x, key)));
    assertEquals(1, count(builder.add(new LeadingSlice(Shape.of(2, 6, 6, 3)), x)));
  }

  @Test
  void aGradientJoinsTheImages() {
    Node y = builder.add(new Flatten(), conv);
    Node loss = builder.add(new SoftmaxCrossEntropy(0), y, builder.input("labels", Shape.of(5)));
    assertEquals(1, count(Gradients.of(builder, loss).get(w)));
  }

  @Test
  void anUpdateRunsOncePerBatch() {
    Node average = builder.state("average", MOMENTS, ZERO);
    builder.add(new MovingAverage(), average, affine, builder.setting("rate", Shape.of(1)));
    assertEquals(1, count(conv));
  }

  @Test
  void aConstantOfTheWholeBatchJoinsItsImages() {
    Node one = builder.add(new Leaf.Constant(1, conv.shape()));
    assertEquals(1, count(builder.add(new Add(), conv, one)));
  }

  @Test
  void weightsThatComeFromImagesJoinThem() {
    Node square = builder.input("square", Shape.of(5, 7));
    assertEquals(1, count(builder.add(new Dense(), square, square)));
  }

  @Test
  void whatDependsOnNoImageHindersNothing() {
    Node slice = builder.add(new LeadingSlice(Shape.of(2, 3, 3, 3)), w);
    Node twice = builder.add(new Add(), slice, slice);
    Node y = builder.add(new Conv2d(Window.same(3, 1), 1), x, twice);
    Node moments = builder.add(new BatchMoments(), builder.parameter("p", Shape.of(3, 4), ZERO));
    assertEquals(5, count(y, builder.add(new BatchNorm(1e-5f), conv, moments, affine)));
    Images images = Images.of(builder.build(Map.of("y", y)));
    assertTrue(images.batched(x));
    assertFalse(images.batched(w));
  }

  @Test
  void batchesOfTwoSizesAreOne() {
    Node other = builder.input("other", Shape.of(3, 4));
    assertEquals(1, count(conv, other));
    assertEquals(1, Images.of(new GraphBuilder().build(Map.of())).count());
  }
}
