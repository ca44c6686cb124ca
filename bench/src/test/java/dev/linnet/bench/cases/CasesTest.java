package dev.linnet.bench.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CasesTest {
  /** As other engines state them: pixels of the result · output channels · taps · inputs. */
  private static final Map<String, Long> MACS =
      Map.of(
          "conv3x3/64-64@28x28/n1", 28L * 28 * 64 * 9 * 64,
          "conv3x3/64-64@56x56/n1", 56L * 56 * 64 * 9 * 64,
          "conv3x3/16-16@32x32/n32", 32L * 32 * 32 * 16 * 9 * 16,
          "conv1x1/64-128@28x28/n1", 28L * 28 * 128 * 64,
          "depthwise3x3/32@112x112/n1", 112L * 112 * 32 * 9,
          "depthwise5x5/128@14x14/n1", 14L * 14 * 128 * 25,
          "conv7x7s2/3-64@224x224/n1", 112L * 112 * 64 * 49 * 3);

  private static Prepared prepare(Backend backend, String name) {
    return Cases.named(name, null).prepare(backend);
  }

  private static Backend scalar() {
    return Backends.open("scalar", new BackendProvider.Options(1), line -> {});
  }

  @Test
  void namesAreUniqueAndWithoutBlanks() {
    Set<String> seen = new HashSet<>();
    for (Case each : Cases.all()) {
      assertTrue(each.name().matches("\\S+/\\S+") && seen.add(each.name()), each.name());
    }
  }

  @Test
  void theQuickOnesAreAllThere() {
    assertEquals(42, Cases.quick().size());
  }

  @Test
  void seventeenConvolutionsAreCompared() {
    assertEquals(17, Set.copyOf(ConvShapes.compared()).size());
    Set<String> names = new HashSet<>();
    ConvShapes.compared().forEach(shape -> names.add(shape.name()));
    assertTrue(names.containsAll(MACS.keySet()), names.toString());
  }

  @Test
  void everyPassOfAConvolutionHasItsMultiplyAccumulates() {
    try (Backend backend = scalar()) {
      MACS.forEach(
          (name, macs) -> {
            for (Pass pass : Pass.values()) {
              if (pass != Pass.DATA || !name.contains("/3-")) {
                String full = name + "/" + pass.label();
                assertEquals(2 * macs, prepare(backend, full).flops(), full);
              }
            }
          });
    }
  }

  @Test
  void bytesAreTheInputsAndTheResultOnce() {
    try (Backend backend = scalar()) {
      // dense on this backend, and without borders
      assertEquals(4 * 3L * 32 * 16 * 16 * 32, prepare(backend, "add/32@16x16/n32").bytes());
      assertEquals(4 * (3 * 384L * 384), prepare(backend, "gemm/384/forward").bytes());
      // parameter, gradient, velocity and two settings read, parameter and velocity written
      assertEquals(4 * (5 * 272_282L + 2), prepare(backend, "sgd/272282").bytes());
      assertEquals(4 * (3 * 272_282L + 2), prepare(backend, "sgd/272282").footprint());
    }
  }

  @Test
  void aTrainingStepHasTheOperationsOfItsGraph() {
    try (Backend backend = scalar();
        Prepared step = prepare(backend, "resnet20@32x32/training/n1")) {
      // forward, and both gradients but that of the images
      long stem = 32 * 32 * 16 * 27;
      assertEquals(2 * (3 * 40_813_184L - stem), step.flops());
    }
  }

  @Test
  void thePassesOfAMatrixProductAreGradientsOfOneAnother() {
    try (Backend backend = scalar()) {
      for (String pass : List.of("forward", "data", "weights")) {
        assertEquals(2L * 384 * 384 * 384, prepare(backend, "gemm/384/" + pass).flops());
      }
    }
  }
}
