package dev.linnet.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.bench.cases.KernelCase;
import dev.linnet.bench.cases.NetworkCase;
import dev.linnet.bench.zoo.Zoo;
import dev.linnet.bench.zoo.ZooNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rows count and what they divide by. */
final class RowsTest {
  private static final ZooNetwork RESNET = Zoo.named("resnet20@32x32");
  private static final long MACS = 40_813_184; // with two shortcuts of 1×1
  private static final long STEM = 32 * 32 * 16 * 27;

  @Test
  void fractionsAreOfThePeakAndOfTheCopy() {
    KernelRow row = KernelRow.of("k", Samples.of(2, 4e-3), 6_000_000, 8_000_000, 12, 16);
    assertEquals(3, row.gflops(), 1e-12);
    assertEquals(4, row.gigabytes(), 1e-12);
    assertEquals(0.25, row.ofPeak(), 1e-12);
    assertEquals(0.25, row.ofCopy(), 1e-12);
  }

  @Test
  void aConvolutionHasAMultiplyAccumulateForEachTapChannelAndResult() {
    List<KernelCase> cases = Selection.kernels(false, "conv3x3/64-64@28x28/n1/");
    assertEquals(3, cases.size());
    for (KernelCase each : cases) {
      assertEquals(28L * 28 * 64 * 64 * 9, KernelRow.macs(each), each.name());
    }
    KernelCase depthwise = Selection.kernels(false, "depthwise5x5/128@14x14/n1/data").get(0);
    assertEquals(14L * 14 * 128 * 25, KernelRow.macs(depthwise));
  }

  @Test
  void trainingComputesEveryConvolutionThreeTimesButTheImagesGradient() {
    assertEquals(MACS, NetworkRow.macs(new NetworkCase(RESNET, false, 1)));
    assertEquals(64 * MACS, NetworkRow.macs(new NetworkCase(RESNET, false, 64)));
    assertEquals(32 * (3 * MACS - STEM), NetworkRow.macs(new NetworkCase(RESNET, true, 32)));
  }

  @Test
  void imagesASecondAreThoseOfABatch() {
    NetworkRow row = new NetworkRow("a", true, 32, 7, Samples.of(4, 8), 10, 0.5);
    assertEquals("a/training/n32", row.name());
    assertEquals(16, row.imagesPerSecond());
  }

  @Test
  void theRatioIsAboveOneWhereLinnetIsFaster() {
    NetworkRow row = new NetworkRow("a", true, 32, 7, Samples.of(1, 2), 10, 0.5);
    TorchResult.Run run = new TorchResult.Run("a", true, 32, "eager", 8, Samples.of(1, 3));
    assertEquals(1.5, Table.ratio(row, run));
    String line = Table.torch(20, row, run);
    assertEquals(
        "10.7         16.0    1.50", line.substring(line.indexOf("10.7"), line.indexOf("  NOT")));
    assertEquals("  NOT THE SAME NETWORK: 8 and 7", line.substring(line.indexOf("  NOT")));
  }

  @Test
  void theQuickSelectionIsAPartOfTheWhole() {
    assertEquals(
        List.of(
            "resnet20@32x32/inference/n1",
            "resnet20@32x32/inference/n64",
            "resnet20@32x32/training/n1",
            "resnet20@32x32/training/n64",
            "mobilenetv3small@32x32/inference/n1",
            "mobilenetv3small@32x32/inference/n64",
            "mobilenetv3small@32x32/training/n1",
            "mobilenetv3small@32x32/training/n64"),
        Selection.networks(true, "").stream().map(NetworkCase::name).toList());
    assertEquals(18, Selection.networks(false, "").size());
    List<KernelCase> all = Selection.kernels(false, "");
    assertEquals(true, all.containsAll(Selection.kernels(true, "")));
  }
}
