package dev.linnet.core.exec;

import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Update;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.util.List;

/**
 * One operation on concrete values, to be run on a backend and on the reference.
 *
 * @param op the operation
 * @param operands its inputs
 * @param reduction how many terms one element of the result sums; the tolerance grows with its root
 */
record OpCase(Op op, List<Operand> operands, int reduction) {
  /** The error that one rounding and a platform's own exponential may cause. */
  private static final double ROUNDING = 1e-6;

  /** Errors of a sum in float walk at random: they grow with the root of its length. */
  private static final double ROUNDING_OF_SUMS = 1e-7;

  /**
   * The values of one input.
   *
   * @param shape the extents
   * @param map whether it is a feature map rather than a dense array
   * @param values dense, in row-major order
   */
  record Operand(Shape shape, boolean map, float[] values) {}

  static OpCase of(Op op, int reduction, Operand... operands) {
    return new OpCase(op, List.of(operands), reduction);
  }

  /** A feature map with values between −1 and 1 that depend on the shape and the salt alone. */
  static Operand map(long salt, int... dims) {
    return operand(true, 1, salt, dims);
  }

  /** A dense array with values between −1 and 1 that depend on the shape and the salt alone. */
  static Operand dense(long salt, int... dims) {
    return operand(false, 1, salt, dims);
  }

  static Operand operand(boolean map, float range, long salt, int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    RandomStream random = RandomStream.of(salt, shape.toString());
    for (int i = 0; i < values.length; i++) {
      values[i] = (2 * random.nextFloat() - 1) * range;
    }
    return new Operand(shape, map, values);
  }

  /** Given values as a dense array of rank 1. */
  static Operand vector(float... values) {
    return new Operand(Shape.of(values.length), false, values);
  }

  /** {@code [2, C]}: a mean between −1 and 1, a variance between 0.25 and 2.25. */
  static Operand moments(long salt, int channels) {
    Operand moments = dense(salt, 2, channels);
    for (int c = channels; c < 2 * channels; c++) {
      moments.values()[c] = 1.25f + moments.values()[c];
    }
    return moments;
  }

  List<Shape> shapes() {
    return operands.stream().map(Operand::shape).toList();
  }

  Shape output() {
    return op.shape(shapes());
  }

  boolean outputIsMap() {
    return op.featureMap(operands.stream().map(Operand::map).toList());
  }

  /** The indices of the inputs that are modified; none but for updates. */
  List<Integer> modified() {
    return op instanceof Update update ? update.modified() : List.of();
  }

  /**
   * The largest error that an element may have, {@code largest} being the largest magnitude. A sum
   * that is alone may be what is left of terms that cancel: it is measured by the standard
   * deviation of a sum of so many products of values between −1 and 1.
   */
  double tolerance(float expected, float largest) {
    double root = Math.sqrt(reduction);
    double size = output().size() == 1 ? Math.max(largest, root / 3) : largest;
    return reduction == 1
        ? 2 * ROUNDING * Math.max(1, Math.abs(expected))
        : (ROUNDING + ROUNDING_OF_SUMS * root) * Math.max(size, 1e-3);
  }

  @Override
  public String toString() {
    return op.label() + " " + shapes() + " " + op;
  }
}
