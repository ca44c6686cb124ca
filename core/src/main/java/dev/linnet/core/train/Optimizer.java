package dev.linnet.core.train;

import dev.linnet.core.graph.Adam;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Sgd;
import dev.linnet.core.tensor.Shape;

/** How parameters follow their gradients. Decay applies to multiplicative weights only. */
public sealed interface Optimizer {
  /**
   * Adds the update of one parameter.
   *
   * @param parameter a {@link Leaf.Parameter}
   * @param gradient of its shape
   * @param scale what the gradient is multiplied by, {@code [1]}
   * @param rate the learning rate, {@code [1]}
   */
  void update(GraphBuilder graph, Node parameter, Node gradient, Node scale, Node rate);

  /**
   * SGD with Nesterov momentum; see {@link Sgd}.
   *
   * @param momentum in [0, 1)
   * @param decay weight decay
   */
  record NesterovSgd(float momentum, float decay) implements Optimizer {
    @Override
    public void update(GraphBuilder graph, Node parameter, Node gradient, Node scale, Node rate) {
      Sgd sgd = new Sgd(momentum, decays(parameter) ? decay : 0, true);
      graph.add(sgd, parameter, gradient, slot(graph, parameter, "velocity"), scale, rate);
    }
  }

  /**
   * Adam with decoupled weight decay; see {@link Adam}.
   *
   * @param beta1 β₁
   * @param beta2 β₂
   * @param decay decoupled weight decay; 0 is plain Adam
   */
  record AdamW(float beta1, float beta2, float decay) implements Optimizer {
    /** The setting that holds {@code 1 − β₁ᵗ} and {@code 1 − β₂ᵗ}. */
    static final String CORRECTIONS = "corrections";

    @Override
    public void update(GraphBuilder graph, Node parameter, Node gradient, Node scale, Node rate) {
      graph.add(
          new Adam(beta1, beta2, 1e-8f, decays(parameter) ? decay : 0),
          parameter,
          gradient,
          slot(graph, parameter, "first"),
          slot(graph, parameter, "second"),
          scale,
          rate,
          graph.setting(CORRECTIONS, Shape.of(2)));
    }
  }

  /** Marks the names of an optimizer's own states, as against those of the network. */
  String SLOT = "optimizer:";

  private static Node slot(GraphBuilder graph, Node parameter, String kind) {
    String name = ((Leaf.Parameter) parameter.op()).name();
    return graph.state(SLOT + kind + "/" + name, parameter.shape(), new Initializer.Fill(0));
  }

  /** Biases and affines, which start at constants, do not decay. */
  private static boolean decays(Node parameter) {
    return ((Leaf.Parameter) parameter.op()).initializer() instanceof Initializer.Normal;
  }
}
