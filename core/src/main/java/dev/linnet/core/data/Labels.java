package dev.linnet.core.data;

import java.util.ArrayList;
import java.util.List;

/** Checks labels as files give them. */
final class Labels {

  private static final int MOST_CLASSES = 10_000;

  private Labels() {}

  /**
   * The names {@code 0}, {@code 1}, … of the classes of a train split.
   *
   * @throws DataException if a label is negative or beyond 9,999, or there is only one class
   */
  static List<String> numberedClasses(String source, long[] labels) {
    long largest = 0;
    boolean several = false;
    for (int i = 0; i < labels.length; i++) {
      requireInRange(source, labels, i, MOST_CLASSES);
      largest = Math.max(largest, labels[i]);
      several |= labels[i] != labels[0];
    }
    if (!several) {
      throw new DataException(
          source,
          "all "
              + labels.length
              + " images have one class (label "
              + labels[0]
              + "); at least 2 classes are needed");
    }
    List<String> names = new ArrayList<>();
    for (int label = 0; label <= largest; label++) {
      names.add(Integer.toString(label));
    }
    return names;
  }

  /**
   * The labels as ints.
   *
   * @throws DataException if one is not in [0, classes)
   */
  static int[] toInts(String source, long[] labels, int classes) {
    int[] checked = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      requireInRange(source, labels, i, classes);
      checked[i] = (int) labels[i];
    }
    return checked;
  }

  private static void requireInRange(String source, long[] labels, int i, int classes) {
    if (labels[i] < 0 || labels[i] >= classes) {
      throw new DataException(
          source,
          "label "
              + labels[i]
              + " of image "
              + i
              + " is out of range; labels are 0 to "
              + (classes - 1));
    }
  }
}
