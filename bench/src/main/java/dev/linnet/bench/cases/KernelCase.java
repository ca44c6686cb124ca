package dev.linnet.bench.cases;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.Shape;
import java.util.List;

/**
 * One kernel.
 *
 * @param name unique
 * @param op what it computes
 * @param maps the shapes of the inputs that are feature maps
 * @param dense the shapes of the inputs behind them
 */
public record KernelCase(String name, Op op, List<Shape> maps, List<Shape> dense) implements Case {
  /** Copies the lists. */
  public KernelCase {
    maps = List.copyOf(maps);
    dense = List.copyOf(dense);
  }

  @Override
  public Prepared prepare(Backend backend) {
    return new KernelRun(backend, this);
  }
}
