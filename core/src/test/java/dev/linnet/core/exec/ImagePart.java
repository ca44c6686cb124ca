package dev.linnet.core.exec;

import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A case for some of the images of another one.
 *
 * @param test the smaller case
 * @param first the first of its images
 */
record ImagePart(OpCase test, int first) {
  /** Whether a case's operation works image by image, on more than one. */
  static boolean divisible(OpCase test) {
    return IntStream.range(0, test.operands().size()).anyMatch(test.op()::imagewise)
        && test.output().dim(0) > 1;
  }

  /** The first image, the last one, and those from the middle on. */
  static List<ImagePart> of(OpCase test) {
    int images = test.output().dim(0);
    return List.of(
        part(test, 0, 1), part(test, images - 1, 1), part(test, images / 2, images - images / 2));
  }

  private static ImagePart part(OpCase test, int first, int count) {
    List<OpCase.Operand> operands = new ArrayList<>();
    for (OpCase.Operand operand : test.operands()) {
      boolean divided = test.op().imagewise(operands.size());
      Shape shape = divided ? operand.shape().with(0, count) : operand.shape();
      float[] values = divided ? slice(operand.values(), first, shape) : operand.values();
      operands.add(new OpCase.Operand(shape, operand.map(), values));
    }
    return new ImagePart(new OpCase(test.op(), operands, test.reduction()), first);
  }

  /** What the whole case's values are for these images. */
  float[] of(float[] whole) {
    return slice(whole, first, test.output());
  }

  private static float[] slice(float[] values, int first, Shape shape) {
    int from = first * (shape.size() / shape.dim(0));
    return Arrays.copyOfRange(values, from, from + shape.size());
  }
}
