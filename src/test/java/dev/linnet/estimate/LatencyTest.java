package dev.linnet.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Networks;
import dev.linnet.data.LoadedData;
import dev.linnet.supernet.Tiny;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final Architecture SMALL =
      (n, x) -> n.classifier("head", n.convBnAct("conv", x, 4, 1, 2, Function.RELU), 10);
  private static final Architecture LARGE =
      (n, x) -> {
        Node y = n.convBnAct("a", x, 64, 3, 1, Function.RELU);
        return n.classifier("head", n.convBnAct("b", y, 64, 3, 1, Function.RELU), 10);
      };

  private static double milliseconds(Architecture architecture, int batch, Backend backend) {
    return Latency.milliseconds(
        Networks.inference(architecture, Shape.of(batch, 8, 8, 1), Weights.own()), backend);
  }

  private static Backend scalar() {
    return Backends.open("scalar", new BackendProvider.Options(1), line -> {});
  }

  @Test
  void aNetworkWithAThousandTimesTheWorkTakesLonger() {
    try (Backend backend = scalar()) {
      double small = milliseconds(SMALL, 1, backend);
      double large = milliseconds(LARGE, 1, backend);
      assertTrue(small > 0 && large < 10_000, small + " and " + large);
      assertTrue(large > small, large + " against " + small);
    }
  }

  @Test
  void itIsThatOfOneImageWhateverTheBatchOfTheGraph() {
    try (Backend backend = scalar()) {
      double one = milliseconds(LARGE, 1, backend);
      double many = milliseconds(LARGE, 128, backend);
      assertTrue(many < 30 * one, many + " against " + one);
    }
  }

  @Test
  void networksAreMeasuredInTurnsAndNoMoreThanOnceWhereThereIsNoTime() {
    try (Backend backend = scalar()) {
      List<Graph> networks =
          Stream.of(SMALL, LARGE)
              .map(a -> Networks.inference(a, Shape.of(1, 8, 8, 1), Weights.own()))
              .toList();
      int[] asked = {0};
      double[] times = Latency.milliseconds(networks, backend, () -> ++asked[0] > 100);
      assertTrue(times[0] > 0 && times[1] > times[0], times[0] + ", " + times[1]);
      assertEquals(4, asked[0], "five rounds: this backend makes nothing later");
      double[] once = Latency.milliseconds(networks, backend, () -> true);
      assertTrue(once[0] > 0 && once[1] > once[0], once[0] + ", " + once[1]);
      assertEquals(0, Latency.milliseconds(List.of(), backend, () -> false).length);
    }
  }

  @Test
  void theTimeOfAnEpochGrowsWithTheWork() {
    LoadedData few = Tiny.data(64, 30, 10);
    SearchData data = few.splits().searchData();
    Normalization normalization = Normalization.of(data.train());
    try (Backend backend = scalar()) {
      double[] seconds = new double[2];
      for (int i = 0; i < 2; i++) {
        seconds[i] =
            StepTime.epochSeconds(
                i == 0 ? SMALL : LARGE,
                data,
                normalization,
                Recipes.standAlone(64, few.augmentation(), 1),
                backend,
                1);
      }
      assertTrue(seconds[0] > 0 && seconds[1] > seconds[0], seconds[0] + ", " + seconds[1]);
    }
  }
}
