package dev.linnet.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The gradient of every operation, for every input that has one, against finite differences. */
final class DifferentiableTest {
  private static final Window ODD = new Window(3, 2, 2, 1, 1, 0, 0, 1, 1, 1);

  /** Adds an operation with its parameters to a graph. */
  private interface Case {
    Node build(GradientCheck check);
  }

  @TestFactory
  Stream<DynamicTest> gradientsAgreeWithFiniteDifferences() {
    return cases().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      GradientCheck check = new GradientCheck();
                      check.check(entry.getValue().build(check));
                    }));
  }

  @Test
  void everyDifferentiableOperationIsCovered() {
    Set<Class<?>> covered = new HashSet<>();
    for (Case test : cases().values()) {
      GradientCheck check = new GradientCheck();
      test.build(check);
      check.graph().nodes().forEach(node -> covered.add(node.op().getClass()));
    }
    covered.removeIf(type -> !Differentiable.class.isAssignableFrom(type));
    assertEquals(Set.of(Differentiable.class.getPermittedSubclasses()), covered);
  }

  private static Map<String, Case> cases() {
    Map<String, Case> cases = new LinkedHashMap<>();
    convolutions(cases);
    pools(cases);
    activations(cases);
    norms(cases);
    others(cases);
    return cases;
  }

  private static void convolutions(Map<String, Case> cases) {
    List<Window> windows = new ArrayList<>();
    windows.add(Window.same(1, 1));
    windows.add(Window.same(3, 1));
    windows.add(Window.same(3, 2));
    windows.add(Window.square(3, 3, 0, 1));
    windows.add(Window.square(3, 1, 2, 2));
    windows.add(Window.square(2, 2, 1, 2));
    windows.add(ODD);
    windows.add(new Window(1, 5, 1, 2, 0, 3, 2, 1, 1, 1));
    for (Window window : windows) {
      int[][] channels = {{3, 5, 1}, {4, 6, 2}, {3, 3, 3}, {2, 4, 2}}; // inputs, outputs, groups
      for (int[] c : channels) {
        cases.put(
            "Conv2d of " + c[0] + " in " + c[2] + " groups to " + c[1] + ", " + window,
            check -> {
              Node x = check.parameter("x", 2, 5, 7, c[0]);
              Node w =
                  check.parameter(
                      "w", c[1], c[0] / c[2], window.kernelHeight(), window.kernelWidth());
              return check.graph().add(new Conv2d(window, c[2]), x, w);
            });
      }
    }
  }

  private static void pools(Map<String, Case> cases) {
    List<Window> windows =
        List.of(
            Window.square(2, 2, 0, 1),
            Window.same(3, 1),
            Window.same(3, 2),
            Window.square(3, 3, 2, 1),
            ODD);
    for (Window window : windows) {
      cases.put(
          "MaxPool2d " + window,
          check -> {
            Node x = check.parameter("x", GradientCheck.distinct(2, 5, 7, 3));
            return check.graph().add(new MaxPool2d(window), x);
          });
      for (boolean countPadding : new boolean[] {false, true}) {
        AvgPool2d pool = new AvgPool2d(window, countPadding);
        cases.put(
            pool.toString(), check -> check.graph().add(pool, check.parameter("x", 2, 5, 7, 3)));
      }
    }
    Window dilated = Window.square(2, 1, 1, 2);
    cases.put(
        "MaxPool2d " + dilated,
        check -> {
          Node x = check.parameter("x", GradientCheck.distinct(1, 5, 5, 2));
          return check.graph().add(new MaxPool2d(dilated), x);
        });
    cases.put(
        "GlobalAvgPool",
        check -> check.graph().add(new GlobalAvgPool(), check.parameter("x", 3, 3, 5, 7)));
  }

  private static void activations(Map<String, Case> cases) {
    for (Function function : Function.values()) {
      float[] kinks =
          switch (function) {
            case RELU -> new float[] {0};
            case RELU6 -> new float[] {0, 6};
            case HARD_SIGMOID, HARD_SWISH -> new float[] {-3, 3};
            case SILU, SIGMOID -> new float[0];
          };
      for (int[] shape : new int[][] {{2, 3, 3, 5}, {3, 17}}) {
        cases.put(
            function + " of " + Shape.of(shape),
            check -> {
              Node x = check.parameter("x", GradientCheck.away(7, kinks, shape));
              return check.graph().add(new Activation(function), x);
            });
      }
    }
  }

  private static void norms(Map<String, Case> cases) {
    for (int[] shape : new int[][] {{3, 2, 5, 3}, {7, 5}}) {
      int channels = shape[shape.length - 1];
      cases.put(
          "BatchNorm by the moments of the batch, of " + Shape.of(shape),
          check -> {
            Node x = check.parameter("x", shape);
            Node affine = check.parameter("affine", 2, channels);
            Node moments = check.graph().add(new BatchMoments(), x);
            return check.graph().add(new BatchNorm(1e-2f), x, moments, affine);
          });
      cases.put(
          "BatchNorm by running statistics, of " + Shape.of(shape),
          check -> {
            Node x = check.parameter("x", shape);
            Node affine = check.parameter("affine", 2, channels);
            Tensor statistics = GradientCheck.random("moments", 0.5f, 2, channels);
            for (int c = channels; c < 2 * channels; c++) {
              statistics.values()[c] += 1;
            }
            Node moments = check.constant("moments", statistics);
            return check.graph().add(new BatchNorm(1e-2f), x, moments, affine);
          });
      cases.put(
          "BiasAdd to " + Shape.of(shape),
          check ->
              check
                  .graph()
                  .add(new BiasAdd(), check.parameter("x", shape), check.parameter("b", channels)));
    }
  }

  private static void others(Map<String, Case> cases) {
    cases.put(
        "Dense",
        check ->
            check.graph().add(new Dense(), check.parameter("x", 5, 7), check.parameter("w", 3, 7)));
    cases.put(
        "Flatten", check -> check.graph().add(new Flatten(), check.parameter("x", 2, 3, 5, 1)));
    cases.put(
        "Add",
        check ->
            check.graph().add(new Add(), check.parameter("a", 2, 9), check.parameter("b", 2, 9)));
    cases.put(
        "Add of a value to itself",
        check -> {
          Node x = check.parameter("x", 2, 3, 3, 2);
          return check.graph().add(new Add(), x, x);
        });
    cases.put(
        "Multiply by a gate per image and channel",
        check ->
            check
                .graph()
                .add(
                    new Multiply(),
                    check.parameter("x", 2, 3, 5, 3),
                    check.parameter("gate", 2, 1, 1, 3)));
    cases.put(
        "Multiply by a gate of the same shape",
        check ->
            check
                .graph()
                .add(new Multiply(), check.parameter("x", 2, 9), check.parameter("gate", 2, 9)));
    cases.put(
        "Multiply of a value by itself",
        check -> {
          Node x = check.parameter("x", 2, 9);
          return check.graph().add(new Multiply(), x, x);
        });
    cases.put(
        "Concat of three, one of them twice",
        check -> {
          Node a = check.parameter("a", 2, 3, 2, 3);
          Node b = check.parameter("b", 2, 3, 2, 1);
          return check.graph().add(new Concat(), a, b, a);
        });
    cases.put(
        "Zero beside a value",
        check -> {
          Node x = check.parameter("x", 2, 7);
          return check.graph().add(new Add(), x, check.graph().add(new Zero(), x));
        });
    cases.put(
        "Dropout",
        check -> {
          float[] values = {12_345, 678};
          Node key = check.constant("key", new Tensor(Shape.of(2), values));
          return check.graph().add(new Dropout(0.3f, 7), check.parameter("x", 2, 3, 3, 5), key);
        });
    cases.put(
        "LeadingSlice of convolution weights",
        check -> {
          Node w = check.parameter("w", 5, 4, 3, 3);
          Node slice = check.graph().add(new LeadingSlice(Shape.of(3, 2, 3, 3)), w);
          Node x = check.parameter("x", 1, 4, 5, 2);
          return check.graph().add(new Conv2d(Window.same(3, 1), 1), x, slice);
        });
    for (float smoothing : new float[] {0, 0.2f}) {
      cases.put(
          "SoftmaxCrossEntropy with smoothing " + smoothing,
          check -> {
            Node logits = check.parameter("logits", GradientCheck.random("logits", 3, 5, 4));
            float[] classes = {3, 0, -1, 2, 1}; // the third row does not count
            Node labels = check.constant("labels", new Tensor(Shape.of(5), classes));
            return check.graph().add(new SoftmaxCrossEntropy(smoothing), logits, labels);
          });
    }
    cases.put(
        "Parameters used in several places",
        check -> {
          Tensor start = GradientCheck.random("w", 0.5f, 3, 3, 1, 1);
          Node w = check.parameter("w", start);
          Node x = check.parameter("x", 2, 3, 3, 3);
          Conv2d conv = new Conv2d(Window.same(1, 1), 1);
          Node y = check.graph().add(conv, check.graph().add(conv, x, w), w);
          return check.graph().add(new Concat(), y, x);
        });
  }
}
