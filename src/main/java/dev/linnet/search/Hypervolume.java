package dev.linnet.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The volume that a set of points dominates, up to a reference point: the one number that says how
 * good a Pareto front is (Zitzler and Thiele 1999, <i>Multiobjective evolutionary algorithms</i>).
 * Every coordinate is a loss, to be low; a point that is not below the reference in all of them
 * adds nothing.
 *
 * <p>It is exact: the space is cut into slices along the last loss, in each of which one loss less
 * is left. For n points that takes O(n log n) steps for two losses and O(n² log n) for three.
 */
public final class Hypervolume {

  private Hypervolume() {}

  /**
   * The hypervolume.
   *
   * @param losses one array for each point, all as long as the reference
   * @param reference what is just not good enough, such as {@link #worst} of all that is known
   * @throws IllegalArgumentException if the lengths differ or a number is not finite
   */
  public static double of(double[][] losses, double... reference) {
    requireFinite(reference, reference.length);
    List<double[]> inside = new ArrayList<>();
    for (double[] point : losses) {
      requireFinite(point, reference.length);
      if (isBelow(point, reference)) {
        inside.add(point);
      }
    }
    return volume(inside, reference, reference.length);
  }

  /**
   * The hypervolume as a part of that of a single ideal point, in [0, 1].
   *
   * @param ideal the least value of every loss, below the reference
   * @throws IllegalArgumentException if the lengths differ or a number is not finite
   */
  public static double share(double[][] losses, double[] ideal, double[] reference) {
    return of(losses, reference) / of(new double[][] {ideal}, reference);
  }

  /**
   * The greatest value of every loss: the usual reference point, the same for all fronts that are
   * compared with each other.
   *
   * @param losses at least one point
   */
  public static double[] worst(double[][] losses) {
    double[] worst = losses[0].clone();
    for (double[] point : losses) {
      Arrays.setAll(worst, k -> Math.max(worst[k], point[k]));
    }
    return worst;
  }

  /**
   * The least value of every loss.
   *
   * @param losses at least one point
   */
  public static double[] ideal(double[][] losses) {
    double[] ideal = losses[0].clone();
    for (double[] point : losses) {
      Arrays.setAll(ideal, k -> Math.min(ideal[k], point[k]));
    }
    return ideal;
  }

  private static boolean isBelow(double[] point, double[] reference) {
    for (int k = 0; k < reference.length; k++) {
      if (point[k] >= reference[k]) {
        return false;
      }
    }
    return true;
  }

  /** The volume in the first {@code losses} coordinates of points below the reference. */
  private static double volume(List<double[]> points, double[] reference, int losses) {
    if (points.isEmpty()) {
      return 0;
    }
    int last = losses - 1;
    if (losses == 1) {
      return reference[0] - points.stream().mapToDouble(p -> p[0]).min().getAsDouble();
    }
    List<double[]> order = new ArrayList<>(points);
    order.sort(Comparator.comparingDouble(p -> p[last]));
    return losses == 2 ? area(order, reference) : slices(order, reference, losses);
  }

  /** The area below points that are ordered by their second loss. */
  private static double area(List<double[]> order, double[] reference) {
    double area = 0;
    double least = reference[0];
    for (double[] point : order) {
      if (point[0] < least) {
        area += (least - point[0]) * (reference[1] - point[1]);
        least = point[0];
      }
    }
    return area;
  }

  private static double slices(List<double[]> order, double[] reference, int losses) {
    int last = losses - 1;
    double volume = 0;
    for (int i = 0; i < order.size(); i++) {
      double end = i + 1 < order.size() ? order.get(i + 1)[last] : reference[last];
      double height = end - order.get(i)[last];
      if (height > 0) {
        volume += height * volume(order.subList(0, i + 1), reference, last);
      }
    }
    return volume;
  }

  private static void requireFinite(double[] point, int length) {
    if (point.length != length || length == 0 || !Arrays.stream(point).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "hypervolume: %d finite losses are needed for each point and the reference, not %s"
              .formatted(Math.max(1, length), Arrays.toString(point)));
    }
  }
}
