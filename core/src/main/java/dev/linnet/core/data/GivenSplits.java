package dev.linnet.core.data;

import java.util.Optional;

/**
 * The splits that a source brings along; those that it lacks are carved out of train.
 *
 * @param train always there
 * @param validation if the source has one
 * @param test if the source has one
 */
public record GivenSplits(ImageSet train, Optional<ImageSet> validation, Optional<ImageSet> test) {

  /** A source with a train split alone. */
  public static GivenSplits ofTrain(ImageSet train) {
    return new GivenSplits(train, Optional.empty(), Optional.empty());
  }

  /** A source with a train and a test split. */
  public static GivenSplits ofTrainAndTest(ImageSet train, ImageSet test) {
    return new GivenSplits(train, Optional.empty(), Optional.of(test));
  }

  /**
   * All three splits.
   *
   * @param validationShare of train, in (0, 1), where no validation split is given
   * @param testShare of train, in (0, 1), where no test split is given
   * @throws DataException if a class has too few images to be divided
   * @throws IllegalArgumentException if the given splits differ in kind
   */
  public Splits complete(double validationShare, double testShare) {
    if (validation.isPresent() && test.isPresent()) {
      return Splits.of(train, validation.get(), test.get());
    }
    if (test.isPresent()) {
      return Splits.withTest(train, test.get(), validationShare);
    }
    if (validation.isPresent()) {
      return Splits.withValidation(train, validation.get(), testShare);
    }
    return Splits.stratified(train, validationShare, testShare);
  }
}
