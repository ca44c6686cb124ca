package dev.linnet.core.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads images and labels in the IDX format of MNIST and Fashion-MNIST, plain or gzip.
 *
 * <p>IDX: two zero bytes, the type (8: unsigned byte), the number of dimensions, each dimension as
 * a big-endian int, then the values. Images have the dimensions N, height, width; labels N.
 */
public final class IdxReader {

  private static final int UNSIGNED_BYTE = 8;

  private IdxReader() {}

  /**
   * Reads a train split; its classes are called {@code 0}, {@code 1}, … up to the largest label.
   *
   * @param name what messages call the set
   * @throws DataException if a file is not as it should be, or there is only one class
   */
  public static ImageSet read(String name, Path images, Path labels) {
    long[] raw = labels(labels);
    return join(name, Labels.numberedClasses(labels.toString(), raw), images, labels, raw);
  }

  /**
   * Reads a split whose classes are known.
   *
   * @param name what messages call the set
   * @param classes the class names, in the order of the labels
   * @throws DataException if a file is not as it should be, or a label is out of range
   */
  public static ImageSet read(String name, Path images, Path labels, List<String> classes) {
    return join(name, classes, images, labels, labels(labels));
  }

  private static ImageSet join(
      String name, List<String> classes, Path images, Path labels, long[] raw) {
    int[] checked = Labels.toInts(labels.toString(), raw, classes.size());
    try (BoundedInput in = BoundedInput.open(images)) {
      int[] dimensions = header(in, 3, "images [N, height, width]");
      int count = dimensions[0];
      ImageShape shape = shape(in, dimensions[1], dimensions[2]);
      if (count != checked.length) {
        throw in.error(
            "has " + count + " images, but " + labels + " has " + checked.length + " labels");
      }
      byte[] pixels = in.read((long) count * shape.values(), count + " images of " + shape);
      in.requireEnd("the last image");
      return ImageSet.adopt(name, shape, classes, pixels, checked);
    }
  }

  private static ImageShape shape(BoundedInput in, int height, int width) {
    try {
      return new ImageShape(height, width, 1);
    } catch (IllegalArgumentException e) {
      throw in.error(e.getMessage());
    }
  }

  private static long[] labels(Path file) {
    try (BoundedInput in = BoundedInput.open(file)) {
      int count = header(in, 1, "labels [N]")[0];
      byte[] bytes = in.read(count, count + " labels");
      in.requireEnd("the last label");
      long[] labels = new long[count];
      for (int i = 0; i < count; i++) {
        labels[i] = bytes[i] & 0xFF;
      }
      return labels;
    }
  }

  private static int[] header(BoundedInput in, int rank, String expected) {
    int magic = ByteBuffer.wrap(in.read(4, "the IDX magic number")).getInt();
    if (magic != (UNSIGNED_BYTE << 8 | rank)) {
      throw in.error(
          String.format(
              "begins with 0x%08X; IDX %s of unsigned bytes begin with 0x%08X",
              magic, expected, UNSIGNED_BYTE << 8 | rank));
    }
    ByteBuffer numbers = ByteBuffer.wrap(in.read(4L * rank, "the IDX dimensions"));
    int[] dimensions = new int[rank];
    for (int i = 0; i < rank; i++) {
      dimensions[i] = numbers.getInt();
      if (dimensions[i] < 1) {
        throw in.error(
            "dimension "
                + i
                + " of "
                + expected
                + " is "
                + Integer.toUnsignedString(dimensions[i])
                + "; it must lie between 1 and "
                + Integer.MAX_VALUE);
      }
    }
    return dimensions;
  }
}
