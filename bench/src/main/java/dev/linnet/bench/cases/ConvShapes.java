package dev.linnet.bench.cases;

import static dev.linnet.bench.cases.ConvShape.dense;
import static dev.linnet.bench.cases.ConvShape.depthwise;

import java.util.List;

/** The convolutions that are measured. */
public final class ConvShapes {
  private ConvShapes() {}

  /**
   * The seventeen that are compared with other engines: 3×3 of one image, 1×1, depthwise, batches
   * of 32, and the stem of a large network.
   */
  public static List<ConvShape> compared() {
    return List.of(
        dense(1, 28, 64, 64, 3, 1),
        dense(1, 56, 64, 64, 3, 1),
        dense(1, 8, 64, 64, 3, 1),
        dense(1, 16, 32, 32, 3, 1),
        dense(1, 32, 16, 16, 3, 1),
        dense(1, 28, 64, 128, 1, 1),
        dense(1, 112, 32, 64, 1, 1),
        dense(1, 14, 256, 256, 1, 1),
        depthwise(1, 28, 64, 3, 1),
        depthwise(1, 112, 32, 3, 1),
        depthwise(1, 14, 128, 5, 1),
        dense(32, 28, 32, 32, 3, 1),
        dense(32, 32, 16, 16, 3, 1),
        dense(32, 14, 64, 64, 1, 1),
        depthwise(32, 14, 64, 3, 1),
        dense(1, 224, 3, 64, 7, 2),
        dense(1, 28, 128, 128, 3, 1));
  }

  /** What else search spaces have: strides, stems, small images, odd channels, groups, dilation. */
  public static List<ConvShape> others() {
    return List.of(
        dense(32, 32, 3, 16, 3, 1),
        dense(1, 224, 3, 16, 3, 2),
        dense(32, 28, 1, 16, 3, 1),
        dense(32, 32, 16, 32, 3, 2),
        dense(32, 16, 32, 64, 3, 2),
        dense(1, 28, 64, 128, 3, 2),
        dense(32, 32, 16, 32, 1, 2),
        dense(1, 14, 64, 64, 3, 1),
        dense(1, 7, 64, 64, 3, 1),
        dense(32, 4, 64, 64, 3, 1),
        dense(32, 8, 64, 64, 5, 1),
        dense(1, 14, 64, 64, 7, 1),
        dense(32, 14, 24, 24, 3, 1),
        dense(32, 14, 20, 40, 3, 1),
        dense(32, 14, 12, 8, 1, 1),
        dense(1, 14, 40, 240, 1, 1),
        dense(1, 14, 240, 40, 1, 1),
        dense(1, 7, 96, 576, 1, 1),
        dense(32, 16, 32, 128, 1, 1),
        new ConvShape(1, 28, 64, 64, 3, 1, 4, 1),
        new ConvShape(1, 28, 64, 64, 3, 1, 1, 2),
        depthwise(32, 16, 128, 3, 1),
        depthwise(32, 32, 64, 3, 2),
        depthwise(1, 112, 16, 3, 2),
        depthwise(32, 14, 128, 5, 2),
        depthwise(1, 14, 240, 5, 1),
        depthwise(1, 7, 576, 5, 1),
        depthwise(32, 14, 64, 7, 1),
        depthwise(1, 28, 64, 7, 2));
  }

  /** Whether x is an image as it comes in, which nothing needs a gradient of. */
  static boolean stem(ConvShape shape) {
    return shape.in() <= 3;
  }
}
