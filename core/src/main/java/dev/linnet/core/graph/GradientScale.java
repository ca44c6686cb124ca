package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/**
 * The factor that clips gradients by their common norm (Pascanu et al. 2013, arXiv:1211.5063):
 * {@code min(1, maxNorm / ‖g‖)} as {@code [1]}, over all inputs together; 0 where the norm is not
 * finite, so that such a step changes nothing.
 *
 * @param maxNorm positive; infinity clips nothing and still stops steps that are not finite
 */
public record GradientScale(float maxNorm) implements Derivative {
  @Override
  public Shape shape(List<Shape> inputs) {
    Checks.that(this, maxNorm > 0, "the largest norm must be positive, is " + maxNorm);
    return Shape.of(1);
  }

  @Override
  public boolean featureMap(List<Boolean> inputs) {
    return false;
  }
}
