package dev.linnet.space;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.Window;
import dev.linnet.core.nn.NetworkBuilder;
import java.util.Arrays;
import java.util.List;

/**
 * How the five stages of {@code mobile} and {@code efficient} fit a size of images. The published
 * networks halve images of 224 pixels five times, in the stem and at the start of four stages; here
 * an image is halved only while 4 pixels are left, 28 pixels for example three times.
 *
 * @param stem the stride of the stem
 * @param strides of the stages
 * @param widths channels of the stem, then of the stages, before a width multiplier
 */
record MobilePlan(int stem, List<Integer> strides, List<Integer> widths) {
  static final int STAGES = 5;

  private static final int LEAST_WIDTH = 8;
  private static final int MOST_HALVINGS = 5;
  private static final int SMALLEST = 4;

  /** Where an image is halved, by how often: 0 is the stem. */
  private static final List<List<Integer>> HALVINGS =
      List.of(
          List.of(),
          List.of(2),
          List.of(1, 3),
          List.of(1, 2, 4),
          List.of(1, 2, 3, 5),
          List.of(0, 1, 2, 3, 5));

  private static final int TINY = 16;
  private static final int SMALL = 96;
  private static final List<Integer> TINY_WIDTHS = List.of(16, 16, 24, 32, 40, 48);
  private static final List<Integer> SMALL_WIDTHS = List.of(16, 16, 24, 40, 56, 80);

  /** Those of Once-for-all's MobileNetV3 (arXiv:1908.09791). */
  private static final List<Integer> LARGE_WIDTHS = List.of(16, 24, 40, 80, 112, 160);

  static MobilePlan of(ImageShape input) {
    int size = Math.min(input.height(), input.width());
    int halvings = 0;
    for (int left = size; halvings < MOST_HALVINGS; halvings++) {
      left = (left + 1) / 2;
      if (left < SMALLEST) {
        break;
      }
    }
    List<Integer> where = HALVINGS.get(halvings);
    Integer[] strides = new Integer[STAGES];
    Arrays.setAll(strides, stage -> where.contains(stage + 1) ? 2 : 1);
    return new MobilePlan(
        where.contains(0) ? 2 : 1,
        List.of(strides),
        size < TINY ? TINY_WIDTHS : size < SMALL ? SMALL_WIDTHS : LARGE_WIDTHS);
  }

  /**
   * The channels of the stem (0) or of a stage times a multiplier, as the nearest multiple of 8
   * that is at least 8.
   */
  int width(int stage, double multiplier) {
    return Math.max(
        LEAST_WIDTH, (int) Math.round(widths.get(stage) * multiplier / LEAST_WIDTH) * LEAST_WIDTH);
  }

  /**
   * The images at a part of their resolution: means of {@code divisor × divisor} pixels, at the
   * border of those that there are.
   */
  static Node read(NetworkBuilder n, Node images, int divisor) {
    if (divisor == 1) {
      return images;
    }
    int bottom = Math.floorMod(-images.shape().dim(1), divisor);
    int right = Math.floorMod(-images.shape().dim(2), divisor);
    Window window = new Window(divisor, divisor, divisor, divisor, 0, 0, bottom, right, 1, 1);
    return n.graph().add(new AvgPool2d(window, false), images);
  }
}
