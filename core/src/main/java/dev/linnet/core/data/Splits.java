package dev.linnet.core.data;

import dev.linnet.core.tensor.RandomStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A data set divided into train, validation and test, the same way every time.
 *
 * <p>A division depends on the data alone, never on the seed of a search: runs with different seeds
 * are judged by the same images. It is stratified: every class has the same share of each split, up
 * to rounding, and at least one image in each. The search gets {@link #searchData()} and nothing
 * else; the test split stays behind the seal of {@link HeldOut}.
 */
public final class Splits {

  private static final long SPLIT_SEED = 1998L;

  private final SearchData searchData;
  private final HeldOut test;

  private Splits(ImageSet train, ImageSet validation, ImageSet test) {
    requireSameKind(train, validation);
    requireSameKind(train, test);
    this.searchData = new SearchData(train.named("train"), validation.named("validation"));
    this.test = new HeldOut(test.named("test"));
  }

  /**
   * Carves validation and test out of {@code all}.
   *
   * @param all what there is
   * @param validation the share of the validation split, in (0, 1)
   * @param test the share of the test split, in (0, 1); with {@code validation} less than 1
   * @throws DataException if a class has 1 or 2 images, which cannot be in three splits
   * @throws IllegalArgumentException if a share is not as said
   */
  public static Splits stratified(ImageSet all, double validation, double test) {
    requireShare("validation", validation);
    requireShare("test", test);
    if (validation + test >= 1) {
      throw new IllegalArgumentException(
          "Splits: validation " + validation + " and test " + test + " leave nothing to train on");
    }
    ImageSet[] parts = divide(all, validation, test);
    return new Splits(parts[0], parts[1], parts[2]);
  }

  /**
   * Keeps a given test split and carves validation out of the rest.
   *
   * @param trainAndMore what there is besides the test split
   * @param test the given test split
   * @param validation the share of the validation split in {@code trainAndMore}, in (0, 1)
   * @throws DataException if a class has 1 image, which cannot be in two splits
   * @throws IllegalArgumentException if the share is not as said, or the sets differ in kind
   */
  public static Splits withTest(ImageSet trainAndMore, ImageSet test, double validation) {
    requireShare("validation", validation);
    requireSameKind(trainAndMore, test);
    ImageSet[] parts = divide(trainAndMore, validation);
    return new Splits(parts[0], parts[1], test);
  }

  /**
   * Keeps a given validation split and carves test out of the rest.
   *
   * @param trainAndMore what there is besides the validation split
   * @param validation the given validation split
   * @param test the share of the test split in {@code trainAndMore}, in (0, 1)
   * @throws DataException if a class has 1 image, which cannot be in two splits
   * @throws IllegalArgumentException if the share is not as said, or the sets differ in kind
   */
  public static Splits withValidation(ImageSet trainAndMore, ImageSet validation, double test) {
    requireShare("test", test);
    requireSameKind(trainAndMore, validation);
    ImageSet[] parts = divide(trainAndMore, test);
    return new Splits(parts[0], validation, parts[1]);
  }

  /**
   * Keeps the three given splits.
   *
   * @throws IllegalArgumentException if they differ in image size or classes, or one is empty
   */
  public static Splits of(ImageSet train, ImageSet validation, ImageSet test) {
    return new Splits(train, validation, test);
  }

  /** Train and validation: the only images that a search may see. */
  public SearchData searchData() {
    return searchData;
  }

  /** The sealed test split. */
  public HeldOut test() {
    return test;
  }

  /**
   * The SHA-256 checksum of the whole division, in lower-case hexadecimal: of the three splits'
   * checksums. Opens nothing.
   */
  public String sha256() {
    MessageDigest digest = ImageSet.sha256Digest();
    for (String part :
        new String[] {
          searchData.train().sha256(), searchData.validation().sha256(), test.sha256()
        }) {
      digest.update(part.getBytes(StandardCharsets.US_ASCII));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** {@code train 1078, validation 359, test 360}. */
  @Override
  public String toString() {
    return "train "
        + searchData.train().size()
        + ", validation "
        + searchData.validation().size()
        + ", test "
        + test.size();
  }

  /** The rest first, then one part for each share; each part in the order of {@code all}. */
  private static ImageSet[] divide(ImageSet all, double... shares) {
    int[] counts = all.classCounts();
    int parts = shares.length + 1;
    int[][] byClass = indicesByClass(all, counts);
    int[][] chosen = new int[parts][all.size()];
    int[] sizes = new int[parts];
    for (int label = 0; label < counts.length; label++) {
      int count = counts[label];
      if (count == 0) {
        continue; // a class that is named but has no image
      }
      if (count < parts) {
        throw new DataException(
            all.name(),
            "class "
                + all.classes().get(label)
                + " has "
                + count
                + (count == 1 ? " image" : " images")
                + "; dividing into "
                + parts
                + " splits takes at least "
                + parts
                + " per class");
      }
      RandomStream.of(SPLIT_SEED, "splits", label).shuffle(byClass[label]);
      int next = 0;
      for (int part = 1; part < parts; part++) {
        int left = count - next - (parts - part); // each later part and the rest keep one
        int take = Math.max(1, Math.min(left, (int) Math.round(count * shares[part - 1])));
        System.arraycopy(byClass[label], next, chosen[part], sizes[part], take);
        sizes[part] += take;
        next += take;
      }
      System.arraycopy(byClass[label], next, chosen[0], sizes[0], count - next);
      sizes[0] += count - next;
    }
    ImageSet[] sets = new ImageSet[parts];
    for (int part = 0; part < parts; part++) {
      int[] indices = Arrays.copyOf(chosen[part], sizes[part]);
      Arrays.sort(indices);
      sets[part] = all.subset(indices);
    }
    return sets;
  }

  private static int[][] indicesByClass(ImageSet all, int[] counts) {
    int[][] byClass = new int[counts.length][];
    for (int label = 0; label < counts.length; label++) {
      byClass[label] = new int[counts[label]];
    }
    int[] filled = new int[counts.length];
    for (int i = 0; i < all.size(); i++) {
      int label = all.label(i);
      byClass[label][filled[label]++] = i;
    }
    return byClass;
  }

  private static void requireShare(String what, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "Splits: the share of " + what + " must lie between 0 and 1, not at " + share);
    }
  }

  private static void requireSameKind(ImageSet first, ImageSet second) {
    if (first.size() == 0 || second.size() == 0) {
      throw new IllegalArgumentException("Splits: a split needs at least one image");
    }
    if (!first.shape().equals(second.shape())) {
      throw new IllegalArgumentException(
          "Splits: "
              + first.name()
              + " has images of "
              + first.shape()
              + ", "
              + second.name()
              + " of "
              + second.shape()
              + "; all splits need one size");
    }
    if (!first.classes().equals(second.classes())) {
      throw new IllegalArgumentException(
          "Splits: "
              + first.name()
              + " has the classes "
              + first.classes()
              + ", "
              + second.name()
              + " has "
              + second.classes());
    }
  }
}
