package dev.linnet.core.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * An immutable set of labelled images of one size, uint8 {@code [N, H, W, C]}.
 *
 * <p>{@link #subset(int[])} gives views that share the pixels, so splits cost a few bytes per
 * image.
 */
public final class ImageSet {

  private static final int HASH_CHUNK = 1 << 16;

  private final String name;
  private final ImageShape shape;
  private final List<String> classes;
  private final byte[] pixels; // shared with all views, never modified
  private final int[] rows; // row i of this set is image rows[i] of the pixels
  private final int[] labels;
  private String sha256; // of an immutable value: computing it twice is harmless

  private ImageSet(
      String name,
      ImageShape shape,
      List<String> classes,
      byte[] pixels,
      int[] rows,
      int[] labels) {
    this.name = name;
    this.shape = shape;
    this.classes = classes;
    this.pixels = pixels;
    this.rows = rows;
    this.labels = labels;
  }

  /**
   * A set with its own copy of the given values.
   *
   * @param name what messages call the set
   * @param shape the size of each image
   * @param classes the class names, in the order of the labels
   * @param pixels uint8 {@code [N, H, W, C]}; not modified, copied
   * @param labels {@code [N]}, each in [0, classes); not modified, copied
   * @throws IllegalArgumentException if the sizes do not match or a label is out of range
   */
  public static ImageSet of(
      String name, ImageShape shape, List<String> classes, byte[] pixels, int[] labels) {
    return adopt(name, shape, classes, pixels.clone(), labels.clone());
  }

  /** As {@link #of}, but keeps the two arrays, which the caller must forget. */
  static ImageSet adopt(
      String name, ImageShape shape, List<String> classes, byte[] pixels, int[] labels) {
    Objects.requireNonNull(name, "name");
    List<String> names = List.copyOf(classes);
    if ((long) labels.length * shape.values() != pixels.length) {
      throw new IllegalArgumentException(
          "ImageSet "
              + name
              + ": "
              + labels.length
              + " labels and images of "
              + shape
              + " need "
              + (long) labels.length * shape.values()
              + " bytes, got "
              + pixels.length);
    }
    int[] rows = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= names.size()) {
        throw new IllegalArgumentException(
            "ImageSet "
                + name
                + ": label "
                + labels[i]
                + " of image "
                + i
                + " is not in 0…"
                + (names.size() - 1));
      }
      rows[i] = i;
    }
    return new ImageSet(name, shape, names, pixels, rows, labels);
  }

  /** What messages call this set. */
  public String name() {
    return name;
  }

  /** The size of each image. */
  public ImageShape shape() {
    return shape;
  }

  /** The class names, in the order of the labels; immutable. */
  public List<String> classes() {
    return classes;
  }

  /** The number of images. */
  public int size() {
    return rows.length;
  }

  /** The class of image {@code i}, an index into {@link #classes()}. */
  public int label(int i) {
    return labels[i];
  }

  /** How many images there are of each class; a new array, {@code [classes]}. */
  public int[] classCounts() {
    int[] counts = new int[classes.size()];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /**
   * Copies image {@code i}.
   *
   * @param into receives {@code shape().values()} bytes, uint8 {@code [H, W, C]}; modified
   * @param at where in {@code into} the first one goes
   */
  public void copyImage(int i, byte[] into, int at) {
    System.arraycopy(pixels, offset(i), into, at, shape.values());
  }

  /** A copy of image {@code i}, uint8 {@code [H, W, C]}. */
  public byte[] image(int i) {
    byte[] copy = new byte[shape.values()];
    copyImage(i, copy, 0);
    return copy;
  }

  /**
   * The images at the given places, in that order, as a view that shares the pixels.
   *
   * @param indices places in this set; not modified
   * @throws IndexOutOfBoundsException if one is not in [0, size)
   */
  public ImageSet subset(int[] indices) {
    int[] subsetRows = new int[indices.length];
    int[] subsetLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      int index = Objects.checkIndex(indices[i], rows.length);
      subsetRows[i] = rows[index];
      subsetLabels[i] = labels[index];
    }
    return new ImageSet(name, shape, classes, pixels, subsetRows, subsetLabels);
  }

  /** The same images under another name. */
  public ImageSet named(String newName) {
    return new ImageSet(
        Objects.requireNonNull(newName, "name"), shape, classes, pixels, rows, labels);
  }

  /**
   * The SHA-256 checksum, in lower-case hexadecimal, of shape, number of classes, labels and pixels
   * in the order of this set. Names do not count.
   */
  public String sha256() {
    String known = sha256;
    if (known == null) {
      known = computeSha256();
      sha256 = known;
    }
    return known;
  }

  /** {@code train: 1078 images of 8×8×1, 10 classes}. */
  @Override
  public String toString() {
    return name + ": " + size() + " images of " + shape + ", " + classes.size() + " classes";
  }

  /** The pixels of this set and of all that share them; never modified. */
  byte[] sharedPixels() {
    return pixels;
  }

  /** Where in {@link #sharedPixels()} image {@code i} begins. */
  int offset(int i) {
    return rows[i] * shape.values();
  }

  private String computeSha256() {
    MessageDigest digest = sha256Digest();
    digest.update("linnet images 1".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer numbers = ByteBuffer.allocate(HASH_CHUNK);
    numbers.putInt(size()).putInt(shape.height()).putInt(shape.width()).putInt(shape.channels());
    numbers.putInt(classes.size());
    for (int label : labels) {
      if (!numbers.hasRemaining()) {
        digest.update(numbers.array(), 0, numbers.position());
        numbers.clear();
      }
      numbers.putInt(label);
    }
    digest.update(numbers.array(), 0, numbers.position());
    for (int i = 0; i < size(); i++) {
      digest.update(pixels, offset(i), shape.values());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
