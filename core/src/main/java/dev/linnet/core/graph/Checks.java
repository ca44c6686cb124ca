package dev.linnet.core.graph;

import dev.linnet.core.tensor.Shape;
import java.util.List;

/** The argument checks of all operations: one place, one form of message. */
final class Checks {
  private Checks() {}

  static void inputs(Op op, List<Shape> inputs, int expected) {
    if (inputs.size() != expected) {
      throw new IllegalArgumentException(
          op.label() + ": expects " + expected + " inputs, got " + inputs.size());
    }
  }

  static void rank(Op op, String what, Shape shape, int rank) {
    if (shape.rank() != rank) {
      throw new IllegalArgumentException(
          op.label() + ": " + what + " must have rank " + rank + ", has " + shape);
    }
  }

  static void extent(Op op, String what, int expected, int actual, Shape in) {
    if (expected != actual) {
      throw new IllegalArgumentException(
          op.label()
              + ": expects "
              + expected
              + " "
              + what
              + ", x has "
              + actual
              + " ("
              + in
              + ")");
    }
  }

  static void sameShape(Op op, String what, Shape shape, String as, Shape other) {
    if (!shape.equals(other)) {
      throw new IllegalArgumentException(
          op.label() + ": " + what + " " + shape + " must have the shape of " + as + ", " + other);
    }
  }

  static void that(Op op, boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(op.label() + ": " + message);
    }
  }
}
