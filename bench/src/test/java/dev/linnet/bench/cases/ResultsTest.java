package dev.linnet.bench.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured is right: the best backend here gives what the scalar one gives. */
class ResultsTest {
  private static final float TOLERANCE = 2e-4f;

  private static Backend open(String name) {
    return Backends.open(name, new BackendProvider.Options(1), line -> {});
  }

  @Test
  void kernelsOfTheQuickSetGiveWhatTheScalarBackendGives() {
    List<Case> kernels = Cases.quick().stream().filter(each -> each instanceof KernelCase).toList();
    assertTrue(kernels.size() > 30);
    kernels.forEach(ResultsTest::compare);
  }

  @Test
  void oneOfEachOtherKindGivesWhatTheScalarBackendGives() {
    for (String name :
        List.of(
            "conv3x3g4/64-64@28x28/n1/forward",
            "conv3x3d2/64-64@28x28/n1/weights",
            "conv1x1/12-8@14x14/n32/data",
            "conv1x1s2/16-32@32x32/n32/data",
            "depthwise7x7s2/64@28x28/n1/data",
            "dense/576-1024/n32/weights",
            "maxpool3x3s2-data/32@16x16/n32",
            "avgpool3x3-data/32@16x16/n32",
            "gate-gradient/32@16x16/n32",
            "concat/32@16x16/n32",
            "concat-data/32@16x16/n32",
            "crossentropy/64x10",
            "crossentropy-data/64x10",
            "adam/272282",
            "movingaverage/272282",
            "gradientscale/272282")) {
      compare(Cases.named(name, null));
    }
  }

  @Test
  void networksGiveWhatTheScalarBackendGives() {
    compare(Cases.named("resnet20@32x32/inference/n1", null));
    compare(Cases.named("inverted@32x32/training/n1", null));
    compare(Cases.named("mobilenetv3small@32x32/inference/n1", null));
  }

  private static void compare(Case each) {
    try (Backend scalar = open("scalar");
        Backend best = open(Backends.AUTO);
        Prepared expected = each.prepare(scalar);
        Prepared actual = each.prepare(best)) {
      assumeTrue(!best.name().equals("scalar"), "there is the scalar backend alone");
      expected.run();
      actual.run();
      float[] e = expected.result();
      float[] a = actual.result();
      assertEquals(e.length, a.length, each.name());
      float largest = 0;
      for (float value : e) {
        assertTrue(Float.isFinite(value), each.name());
        largest = Math.max(largest, Math.abs(value));
      }
      assertTrue(largest > 0, each.name() + " gives nothing but zeros");
      for (int i = 0; i < e.length; i++) {
        assertEquals(e[i], a[i], TOLERANCE * largest, each.name());
      }
    }
  }
}
