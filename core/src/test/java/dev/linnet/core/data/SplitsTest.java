package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SplitsTest {

  private static final ImageShape SHAPE = new ImageShape(1, 2, 1);

  /** Every image is different: its two pixels are its number. */
  private static ImageSet distinct(int n, int... labels) {
    byte[] pixels = new byte[2 * n];
    int[] all = new int[n];
    for (int i = 0; i < n; i++) {
      pixels[2 * i] = (byte) (i >> 8);
      pixels[2 * i + 1] = (byte) i;
      all[i] = labels[i % labels.length];
    }
    return ImageSet.of("distinct", SHAPE, List.of("a", "b", "c"), pixels, all);
  }

  private static Set<Integer> numbers(ImageSet set) {
    Set<Integer> numbers = new HashSet<>();
    for (int i = 0; i < set.size(); i++) {
      byte[] image = set.image(i);
      numbers.add((image[0] & 0xFF) << 8 | image[1] & 0xFF);
    }
    return numbers;
  }

  @Test
  void theThreeSplitsAreDisjointAndCoverEverything() {
    Splits splits = Splits.stratified(distinct(997, 0, 1, 1, 2), 0.2, 0.2);
    Set<Integer> train = numbers(splits.searchData().train());
    Set<Integer> validation = numbers(splits.searchData().validation());
    Set<Integer> test = numbers(splits.test().open("test of disjointness"));
    assertEquals(997, train.size() + validation.size() + test.size());
    Set<Integer> union = new HashSet<>(train);
    union.addAll(validation);
    union.addAll(test);
    assertEquals(997, union.size());
  }

  @Test
  void everyClassHasItsShareOfEachSplit() {
    ImageSet all = distinct(1_000, 0, 1, 1, 2);
    Splits splits = Splits.stratified(all, 0.2, 0.1);
    int[] counts = all.classCounts();
    for (int label = 0; label < 3; label++) {
      assertEquals(0.2 * counts[label], splits.searchData().validation().classCounts()[label], 0.5);
      assertEquals(0.1 * counts[label], splits.test().open("test").classCounts()[label], 0.5);
    }
  }

  @Test
  void aRareClassHasAtLeastOneImageInEachSplit() {
    byte[] pixels = new byte[2 * 103];
    int[] labels = new int[103];
    Arrays.fill(labels, 100, 103, 1);
    Splits splits =
        Splits.stratified(ImageSet.of("rare", SHAPE, List.of("a", "b"), pixels, labels), 0.2, 0.2);
    assertEquals(1, splits.searchData().train().classCounts()[1]);
    assertEquals(1, splits.searchData().validation().classCounts()[1]);
    assertEquals(1, splits.test().open("test").classCounts()[1]);
  }

  @Test
  void aClassTooSmallToBeDividedIsRefused() {
    ImageSet set =
        ImageSet.of("few", SHAPE, List.of("a", "b"), new byte[12], new int[] {0, 0, 0, 0, 1, 1});
    Exception error = assertThrows(DataException.class, () -> Splits.stratified(set, 0.2, 0.2));
    assertEquals(
        "few: class b has 2 images; dividing into 3 splits takes at least 3 per class",
        error.getMessage());
  }

  @Test
  void theSameDataIsAlwaysDividedTheSameWayAndNotJustCutInPieces() {
    Splits first = Splits.stratified(distinct(300, 0, 1), 0.2, 0.2);
    Splits second = Splits.stratified(distinct(300, 0, 1), 0.2, 0.2);
    assertEquals(first.sha256(), second.sha256());
    assertEquals(first.searchData().train().sha256(), second.searchData().train().sha256());
    int lastOfTrain = numbers(first.searchData().train()).stream().mapToInt(i -> i).max().orElse(0);
    assertTrue(lastOfTrain > 290, "train is spread over the set, its last image is " + lastOfTrain);
  }

  @Test
  void aGivenTestSplitStaysWhole() {
    ImageSet test = distinct(50, 2, 1, 0);
    Splits splits = Splits.withTest(distinct(300, 0, 1, 2), test, 0.1);
    assertEquals(test.sha256(), splits.test().sha256());
    assertEquals(270, splits.searchData().train().size());
    assertEquals(30, splits.searchData().validation().size());
    assertEquals("train 270, validation 30, test 50", splits.toString());
  }

  @Test
  void aGivenValidationSplitStaysWhole() {
    ImageSet validation = distinct(50, 2, 1, 0);
    Splits splits = Splits.withValidation(distinct(300, 0, 1, 2), validation, 0.2);
    assertEquals(validation.sha256(), splits.searchData().validation().sha256());
    assertEquals(60, splits.test().size());
  }

  @Test
  void askingForSizeAndChecksumDoesNotOpenTheTestSplit() {
    Splits splits = Splits.stratified(distinct(300, 0, 1), 0.2, 0.2);
    splits.searchData();
    splits.sha256();
    assertEquals(60, splits.test().size());
    assertNotEquals("", splits.test().sha256() + splits);
    assertEquals(List.of(), splits.test().openings());
  }

  @Test
  void splitsOfDifferentKindsAreRefused() {
    ImageSet small = distinct(30, 0, 1);
    ImageSet large = Fixtures.counting(30, new ImageShape(2, 2, 1), 3);
    Exception shapes =
        assertThrows(IllegalArgumentException.class, () -> Splits.of(small, small, large));
    assertEquals(
        "Splits: distinct has images of 1×2×1, counting of 2×2×1; all splits need one size",
        shapes.getMessage());
    ImageSet other = Fixtures.counting(30, SHAPE, 2);
    assertThrows(IllegalArgumentException.class, () -> Splits.withTest(small, other, 0.1));
    assertThrows(
        IllegalArgumentException.class, () -> Splits.of(small, small, small.subset(new int[0])));
  }

  @Test
  void sharesThatLeaveNothingAreRefused() {
    ImageSet set = distinct(30, 0, 1);
    for (double[] shares : new double[][] {{0, 0.2}, {0.2, 1}, {0.5, 0.5}, {Double.NaN, 0.1}}) {
      assertThrows(
          IllegalArgumentException.class, () -> Splits.stratified(set, shares[0], shares[1]));
    }
  }
}
