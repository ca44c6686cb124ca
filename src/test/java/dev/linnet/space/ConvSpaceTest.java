package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.graph.Gradients;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConvSpaceTest {
  private static final SearchSpace SPACE = ConvSpace.space();

  @Test
  void thereAreMoreThanABillionNetworks() {
    assertTrue(SPACE.size().compareTo(BigInteger.TEN.pow(14)) > 0, SPACE.toString());
    // every stage: widths · activations · depths and blocks without skips
    long stage = 3 * 3 * (11 + 11 * 11 + 11 * 11 * 11);
    assertTrue(stage * stage * stage > 1_000_000_000_000L);
  }

  @Test
  void networksForEverySizeOfImageEndInLogits() {
    for (int size : new int[] {1, 3, 8, 13, 28, 32, 41, 64, 97}) {
      Task task = new Task(new ImageShape(size, size + 2, 3), 7);
      for (int i = 0; i < 5; i++) {
        Graph graph = Graphs.inference(SPACE, sample(i), task);
        assertEquals(Shape.of(1, 7), graph.output("logits").shape());
      }
    }
  }

  @Test
  void everyBlockCanEnterAStageAndFollow() {
    for (ConvBlock block : ConvBlock.values()) {
      Chosen chosen = SPACE.chosen(sample(1));
      for (int s = 1; s <= ConvSpace.STAGES; s++) {
        chosen = chosen.with("stage" + s + "/depth", "3");
        for (int b = 1; b <= 3; b++) {
          chosen = chosen.with("stage" + s + "/block" + b, block.option());
        }
      }
      for (Task task : List.of(Graphs.DIGITS, Graphs.FASHION)) {
        Graph graph = Graphs.inference(SPACE, chosen.genotype(), task);
        assertEquals(Shape.of(1, 10), graph.output("logits").shape());
      }
    }
  }

  @Test
  void theImageShrinksToFourPixelsAndNoFurther() {
    assertEquals(List.of(1, 2, 1), strides(8));
    assertEquals(List.of(1, 2, 2), strides(15));
    assertEquals(List.of(2, 2, 1), strides(16));
    assertEquals(List.of(2, 2, 2), strides(28));
    assertEquals(List.of(2, 2, 2), strides(32));
    assertEquals(0, ConvSpace.Plan.of(new ImageShape(40, 40, 3)).halvings());
    assertEquals(3, ConvSpace.Plan.of(new ImageShape(224, 224, 3)).halvings());
  }

  private static List<Integer> strides(int size) {
    return ConvSpace.Plan.of(new ImageShape(size, size, 1)).stages().stream()
        .map(ConvSpace.StagePlan::stride)
        .toList();
  }

  @Test
  void theCanonicalFormIsTheSameNetworkAndItsOwnCanonicalForm() {
    for (int i = 0; i < 300; i++) {
      Genotype genotype = sample(i);
      Genotype canonical = SPACE.canonical(genotype);
      assertEquals(canonical, SPACE.canonical(canonical));
      assertEquals(
          Graphs.structure(Graphs.inference(SPACE, genotype, Graphs.FASHION)),
          Graphs.structure(Graphs.inference(SPACE, canonical, Graphs.FASHION)));
    }
  }

  @Test
  void skipsAndBlocksBeyondTheDepthAndIdleSqueezeExciteAreFolded() {
    Chosen chosen = SPACE.chosen(SPACE.canonical(sample(3)));
    Chosen three =
        chosen
            .with("stage2/depth", "3")
            .with("stage2/squeeze-excite", "yes")
            .with("stage2/block1", "skip")
            .with("stage2/block2", "skip")
            .with("stage2/block3", "sep5x5");
    Chosen two =
        chosen
            .with("stage2/depth", "2")
            .with("stage2/squeeze-excite", "no")
            .with("stage2/block1", "conv1x1")
            .with("stage2/block2", "sep5x5")
            .with("stage2/block3", "avgpool3x3");
    assertEquals(SPACE.canonical(three.genotype()), SPACE.canonical(two.genotype()));
  }

  @Test
  void differentCanonicalFormsAreDifferentNetworks() {
    Map<List<String>, Genotype> seen = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      Genotype canonical =
          SPACE.canonical(SPACE.mutate(SPACE.canonical(sample(i % 20)), stream(i)));
      Graph graph = Graphs.inference(SPACE, canonical, Graphs.FASHION);
      Genotype other = seen.put(Graphs.structure(graph), canonical);
      assertTrue(other == null || other.equals(canonical), () -> other + " " + canonical);
    }
  }

  @Test
  void aPartHasOneNameAndOneKernelInWhateverNetworkItStands() {
    Map<String, Shape> known = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      Graph graph = Graphs.inference(SPACE, sample(i), Graphs.FASHION);
      Graphs.parameters(graph)
          .forEach(
              (name, shape) -> {
                Shape first = known.putIfAbsent(name, shape);
                if (first != null && shape.rank() == 4) {
                  assertEquals(first.dim(2), shape.dim(2), name);
                  assertEquals(first.dim(3), shape.dim(3), name);
                }
              });
    }
    assertTrue(known.containsKey("stage1/block2/conv3x3/conv/weight"), known.keySet().toString());
  }

  @Test
  void everyParameterOfARandomNetworkHasAGradient() {
    for (int i = 0; i < 40; i++) {
      GraphBuilder graph = new GraphBuilder();
      NetworkBuilder network = new NetworkBuilder(graph, Mode.SUPERNET, Weights.own());
      Node images = graph.input("images", Graphs.DIGITS.images(2));
      Node logits = SPACE.decode(sample(i), Graphs.DIGITS).build(network, images);
      Node labels = graph.input("labels", Shape.of(2));
      Node loss = graph.add(new SoftmaxCrossEntropy(0), logits, labels);
      int parameters = Graphs.parameters(graph.build(Map.of("loss", loss))).size();
      assertEquals(parameters, Gradients.of(graph, loss).size());
    }
  }

  @Test
  void networksForSmallImagesAreOfASizeForOneCore() {
    List<Long> macs = new ArrayList<>();
    List<Long> parameters = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Graph graph = Graphs.inference(SPACE, sample(i), Graphs.FASHION);
      macs.add(graph.macs());
      parameters.add(graph.parameters());
    }
    macs.sort(null);
    parameters.sort(null);
    assertTrue(macs.get(20) > 500_000 && macs.get(180) < 10_000_000, macs.toString());
    assertTrue(parameters.get(20) > 10_000 && parameters.get(180) < 500_000, parameters.toString());
  }

  @Test
  void aWiderStageCostsMore() {
    long before = 0;
    for (String width : List.of("narrow", "medium", "wide")) {
      Genotype genotype = SPACE.chosen(sample(4)).with("stage2/width", width).genotype();
      long macs = Graphs.inference(SPACE, genotype, Graphs.FASHION).macs();
      assertTrue(macs > before);
      before = macs;
    }
  }

  private static Genotype sample(int number) {
    return SPACE.sample(stream(number));
  }

  private static RandomStream stream(int number) {
    return RandomStream.of(17, number);
  }
}
