package dev.linnet.bench.peers;

import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Node;
import dev.linnet.core.tensor.Shape;
import java.util.Map;

/**
 * A product of two square matrices as Linnet meets it: in a dense layer or its gradients. All are
 * row-major.
 *
 * @param kind which of the three
 * @param n the extent of all matrices
 */
record Gemm(Kind kind, int n) {
  /** The name of the product. */
  static final String RESULT = "product";

  private static final String X = "x";
  private static final String WEIGHTS = "weights";
  private static final String GRADIENT = "gradient";

  /** Where the product stands; each has another operand transposed. */
  enum Kind {
    /** {@code y = x · wᵀ}. */
    FORWARD,
    /** {@code dx = dy · w}. */
    INPUT_GRADIENT,
    /** {@code dw = dyᵀ · x}: both operands change from run to run. */
    WEIGHT_GRADIENT
  }

  /** Linnet's graph of it. */
  Graph graph() {
    GraphBuilder graph = new GraphBuilder();
    Shape shape = Shape.of(n, n);
    Node result =
        switch (kind) {
          case FORWARD -> graph.add(new Dense(), graph.input(X, shape), weights(graph, shape));
          case INPUT_GRADIENT ->
              graph.add(
                  new Dense.InputGradient(), graph.input(GRADIENT, shape), weights(graph, shape));
          case WEIGHT_GRADIENT ->
              graph.add(
                  new Dense.WeightGradient(), graph.input(GRADIENT, shape), graph.input(X, shape));
        };
    return graph.build(Map.of(RESULT, result));
  }

  private static Node weights(GraphBuilder graph, Shape shape) {
    return graph.parameter(WEIGHTS, shape, new Initializer.Normal(1));
  }

  /** The left operand. */
  String first() {
    return kind == Kind.FORWARD ? X : GRADIENT;
  }

  /** The right operand. */
  String second() {
    return kind == Kind.WEIGHT_GRADIENT ? X : WEIGHTS;
  }

  /** Whether the left operand is transposed. */
  boolean transposeFirst() {
    return kind == Kind.WEIGHT_GRADIENT;
  }

  /** Whether the right operand is transposed. */
  boolean transposeSecond() {
    return kind == Kind.FORWARD;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case FORWARD -> "x·wᵀ " + n;
      case INPUT_GRADIENT -> "dy·w " + n;
      case WEIGHT_GRADIENT -> "dyᵀ·x " + n;
    };
  }
}
