package dev.linnet.core.graph;

import java.util.List;

/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980) with decoupled weight decay (AdamW: Loshchilov and
 * Hutter 2019, arXiv:1711.05101): {@code g = scale · gradient; m = β₁m + (1 − β₁)g; v = β₂v + (1 −
 * β₂)g²; p −= rate · (m/c₁ / (√(v/c₂) + ε) + decay · p)}, with corrections {@code c₁ = 1 − β₁ᵗ, c₂
 * = 1 − β₂ᵗ}. Where the scale is 0 nothing is modified. Inputs: parameter p (modified), gradient, m
 * (modified), v (modified), scale {@code [1]}, rate {@code [1]}, corrections {@code [2]}.
 *
 * @param beta1 β₁
 * @param beta2 β₂
 * @param epsilon ε
 * @param decay decoupled weight decay; 0 is plain Adam
 */
public record Adam(float beta1, float beta2, float epsilon, float decay) implements Update {
  @Override
  public List<Integer> modified() {
    return List.of(0, 2, 3);
  }

  @Override
  public int tensors() {
    return 4;
  }

  @Override
  public List<Integer> settings() {
    return List.of(1, 1, 2);
  }
}
