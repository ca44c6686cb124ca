package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GivenSplitsTest {

  private static final ImageSet TRAIN = Fixtures.counting(100, new ImageShape(2, 2, 1), 2);
  private static final ImageSet OTHER = Fixtures.counting(10, new ImageShape(2, 2, 1), 2);

  @Test
  void missingSplitsAreCarvedOutOfTrain() {
    assertEquals(
        "train 70, validation 20, test 10",
        GivenSplits.ofTrain(TRAIN).complete(0.2, 0.1).toString());
    assertEquals(
        "train 80, validation 20, test 10",
        GivenSplits.ofTrainAndTest(TRAIN, OTHER).complete(0.2, 0.1).toString());
    assertEquals(
        "train 90, validation 10, test 10",
        new GivenSplits(TRAIN, Optional.of(OTHER), Optional.empty()).complete(0.2, 0.1).toString());
  }

  @Test
  void givenSplitsAreKept() {
    Splits splits =
        new GivenSplits(TRAIN, Optional.of(OTHER), Optional.of(OTHER)).complete(0.2, 0.1);
    assertEquals("train 100, validation 10, test 10", splits.toString());
    assertEquals(OTHER.sha256(), splits.test().sha256());
  }
}
