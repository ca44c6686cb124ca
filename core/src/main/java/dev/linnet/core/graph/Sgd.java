package dev.linnet.core.graph;

import java.util.List;

/**
 * Stochastic gradient descent with Nesterov momentum (Sutskever et al. 2013): {@code g = scale ·
 * gradient + decay · p; v = momentum · v + g; p −= rate · (nesterov ? g + momentum · v : v)}. Where
 * the scale is 0 nothing is modified. Inputs: parameter p (modified), gradient, velocity v
 * (modified), scale {@code [1]}, rate {@code [1]}.
 *
 * @param momentum in [0, 1)
 * @param decay weight decay, coupled (L2) as in Nesterov SGD
 * @param nesterov whether to look ahead
 */
public record Sgd(float momentum, float decay, boolean nesterov) implements Update {
  @Override
  public List<Integer> modified() {
    return List.of(0, 2);
  }

  @Override
  public int tensors() {
    return 3;
  }

  @Override
  public List<Integer> settings() {
    return List.of(1, 1);
  }
}
