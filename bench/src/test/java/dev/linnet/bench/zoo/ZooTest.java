package dev.linnet.bench.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.StepSettings;
import org.junit.jupiter.api.Test;

class ZooTest {
  @Test
  void resnet20HasThePublishedParametersAndThoseOfItsTwoShortcuts() {
    // He et al. state 0.27 M; 269,722 is what the paper's table comes to with parameter-free
    // shortcuts
    assertCost("resnet20@32x32", 269_722 + 16 * 32 + 32 * 64, 40_813_184);
  }

  @Test
  void mobileNetV3SmallHasTheParametersOfThePublishedWeights() {
    // torchvision states 2,542,856 parameters, the paper 56 M multiply-adds
    Graph graph = Zoo.named("mobilenetv3small@224x224").inference(1);
    assertEquals(2_542_856, graph.parameters());
    assertEquals(56e6, graph.macs(), 1e6);
  }

  @Test
  void mobileNetV3SmallForSmallImagesDiffersInNothingButStridesAndClasses() {
    Graph graph = Zoo.named("mobilenetv3small@32x32").inference(1);
    assertEquals(2_542_856 - 990 * (1024 + 1), graph.parameters());
    assertTrue(
        graph.nodes().stream().anyMatch(node -> node.shape().equals(Shape.of(1, 4, 4, 576))));
  }

  @Test
  void cellsOfNasBench201CostWhatTheBenchmarkStates() {
    // its FLOPs count the ten additions of the classifier's bias too
    assertCell(1_531_546, 220_119_680, "nor_conv_3x3");
    assertCell(73_306, 7_783_040, "avg_pool_3x3");
    assertCell(73_306, 7_783_040, "skip_connect");
  }

  private static void assertCell(long parameters, long macs, String operation) {
    String cell = "|OP~0|+|OP~0|OP~1|+|OP~0|OP~1|OP~2|".replace("OP", operation);
    Graph graph =
        Networks.inference(NasBench201.of(cell, 10), Shape.of(1, 32, 32, 3), Weights.own());
    assertEquals(parameters, graph.parameters());
    assertEquals(macs, graph.macs());
  }

  @Test
  void theMeasuredCellHasFiveOfTheSixConvolutions() {
    long perEdge = (1_531_546 - 73_306) / 6;
    long macsPerEdge = (220_119_680 - 7_783_040) / 6;
    assertCost("nasbench201@32x32", 73_306 + 5 * perEdge, 7_783_040 + 5 * macsPerEdge);
  }

  @Test
  void theInvertedResidualNetworkCostsWhatItsBlocksCost() {
    long parameters = 3 * 16 * 9 + 2 * 16 + 64 * 10 + 10;
    long macs = 32 * 32 * 3L * 16 * 9 + 640;
    int in = 16;
    int size = 32;
    for (int block = 0; block < 9; block++) {
      int out = 16 << (block / 3);
      int outSize = 32 >> (block / 3);
      int hidden = 4 * in;
      parameters += in * hidden + 9 * hidden + hidden * out + 2 * (2 * hidden + out);
      macs += (long) size * size * in * hidden + (long) outSize * outSize * hidden * (9 + out);
      in = out;
      size = outSize;
    }
    assertCost("inverted@32x32", parameters, macs);
  }

  private static void assertCost(String name, long parameters, long macs) {
    Graph graph = Zoo.named(name).inference(1);
    assertEquals(parameters, graph.parameters());
    assertEquals(macs, graph.macs());
  }

  @Test
  void everyNetworkOfSmallImagesTrainsAStepToAFiniteLoss() {
    for (ZooNetwork network : Zoo.all()) {
      if (network.size() == 32) {
        float loss = loss(network);
        assertTrue(Float.isFinite(loss) && loss > 0, network.name() + ": loss " + loss);
      }
    }
  }

  private static float loss(ZooNetwork network) {
    try (Backend backend = Backends.open("scalar", new BackendProvider.Options(1), line -> {})) {
      Graph graph = network.training(2);
      ParameterStore store = new ParameterStore(backend);
      store.initialize(graph, 1);
      try (Program program = Program.compile(graph, store)) {
        float[] images = new float[network.images(2).size()];
        for (int i = 0; i < images.length; i++) {
          images[i] = i % 7 - 3;
        }
        program.set(Networks.IMAGES, images);
        program.set(Networks.LABELS, new float[] {0, 1});
        new StepSettings(ZooNetwork.recipe(2), 1).apply(program, 0, 1);
        program.run();
        float[] loss = new float[1];
        program.read(Networks.LOSS, loss);
        return loss[0];
      }
    }
  }

  @Test
  void anUnknownNameIsRefusedWithTheNamesThatThereAre() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Zoo.named("vgg")).getMessage();
    assertTrue(message.startsWith("no network vgg; there are resnet20@32x32, "), message);
  }
}
