package dev.linnet.core.graph;

import java.util.List;

/**
 * {@code average += rate · (value − average)}: running statistics of batch norm, moving average of
 * weights. Inputs: average (modified), value, rate {@code [1]}.
 */
public record MovingAverage() implements Update {
  @Override
  public List<Integer> modified() {
    return List.of(0);
  }

  @Override
  public int tensors() {
    return 2;
  }

  @Override
  public List<Integer> settings() {
    return List.of(1);
  }
}
