package dev.linnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Graph;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BlocksTest {
  private static List<String> titles(List<Block> blocks) {
    return blocks.stream().map(Block::title).toList();
  }

  @Test
  void aLayerTakesInItsBatchNormAndActivation() {
    Block stem = Blocks.of(SampleNetworks.residual()).get(1);
    assertEquals("conv 3×3, stride 2", stem.title());
    assertEquals(List.of("BN", "hard-swish"), stem.followers());
    assertEquals("14×14×16", stem.size());
    assertEquals(List.of(0), stem.inputs());
    assertEquals(14 * 14 * 16 * 9, stem.macs());
    assertEquals(16 * 9 + 2 * 16, stem.parameters());
  }

  @Test
  void anInvertedResidualShowsItsSumAndItsGate() {
    List<Block> blocks = Blocks.of(SampleNetworks.residual());
    assertEquals(
        List.of(
            "images",
            "conv 3×3, stride 2",
            "conv 1×1",
            "depthwise 3×3",
            "squeeze-excite 16",
            "conv 1×1",
            "+",
            "conv 1×1",
            "depthwise 5×5, stride 2",
            "conv 1×1",
            "global avg pool",
            "dense"),
        titles(blocks));
    assertEquals(List.of(1, 5), blocks.get(6).inputs());
    assertEquals(List.of(3), blocks.get(4).inputs());
    assertEquals(2 * 16 * 64 + 16 + 64, blocks.get(4).parameters());
  }

  @Test
  void nothingIsCountedTwiceOrLost() {
    for (Graph graph :
        List.of(
            SampleNetworks.residual(),
            SampleNetworks.branches(),
            SampleNetworks.cells(2, "3x3", "skip", "1x1", "pool", "none", "3x3"))) {
      List<Block> blocks = Blocks.of(graph);
      assertEquals(graph.macs(), blocks.stream().mapToLong(Block::macs).sum());
      assertEquals(graph.parameters(), blocks.stream().mapToLong(Block::parameters).sum());
    }
  }

  @Test
  void aTrainingGraphOfTheSameNetworkGivesTheSameLayers() {
    List<Block> used = Blocks.of(SampleNetworks.inference(SampleNetworks.mobile()));
    List<Block> trained = Blocks.of(SampleNetworks.training(SampleNetworks.mobile()));
    assertEquals(titles(used), titles(trained));
    assertEquals(
        used.stream().map(Block::macs).toList(), trained.stream().map(Block::macs).toList());
  }

  @Test
  void sumsOfSumsAreOneAndAnActivationInFrontJoinsItsConvolution() {
    List<Block> blocks =
        Blocks.of(SampleNetworks.cells(1, "3x3", "1x1", "skip", "pool", "none", "3x3"));
    assertEquals(2, blocks.stream().filter(b -> b.kind() == Block.Kind.SUM).count());
    assertTrue(blocks.stream().anyMatch(b -> b.inputs().size() == 3), "a sum of three");
    assertTrue(titles(blocks).contains("ReLU → conv 1×1"));
    assertTrue(titles(blocks).contains("none"));
    assertTrue(blocks.stream().noneMatch(b -> b.kind() == Block.Kind.ACTIVATION));
  }

  @Test
  void inputsStandBeforeTheBoxesThatTakeThem() {
    List<Block> blocks = Blocks.of(SampleNetworks.branches());
    for (int i = 0; i < blocks.size(); i++) {
      int box = i;
      assertTrue(blocks.get(i).inputs().stream().allMatch(input -> input < box));
    }
  }
}
