package dev.linnet.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RandomStreamTest {

  @Test
  void theGeneratorIsXoshiro256PlusPlus() {
    // First outputs of the authors' C code for the state 1, 2, 3, 4.
    RandomStream stream = new RandomStream(1, 2, 3, 4);
    long[] expected = {
      41943041L,
      58720359L,
      3588806011781223L,
      3591011842654386L,
      Long.parseUnsignedLong("9228616714210784205"),
      Long.parseUnsignedLong("9973669472204895162"),
    };
    assertArrayEquals(expected, draw(stream, expected.length));
  }

  @Test
  void thePathNamesTheStreamAndNothingElseDoes() {
    assertArrayEquals(draw(RandomStream.of(7, 1, 2), 8), draw(RandomStream.of(7, 1, 2), 8));
    assertArrayEquals(
        draw(RandomStream.of(7, "init", 3), 8), draw(RandomStream.of(7, "init", 3), 8));
    RandomStream drained = RandomStream.of(7, 1);
    draw(drained, 100);
    assertArrayEquals(draw(RandomStream.of(7, 1, 2), 8), draw(drained.child(2), 8));
    assertArrayEquals(
        draw(RandomStream.of(7, "init"), 8), draw(RandomStream.of(7).child("init"), 8));
  }

  @Test
  void differentPathsGiveDifferentStreams() {
    Set<Long> firsts = new HashSet<>();
    int paths = 0;
    for (long seed = 0; seed < 20; seed++) {
      firsts.add(RandomStream.of(seed).nextLong());
      firsts.add(RandomStream.of(seed, "a").nextLong());
      firsts.add(RandomStream.of(seed, "b").nextLong());
      paths += 3;
      for (long first = 0; first < 20; first++) {
        firsts.add(RandomStream.of(seed, first).nextLong());
        paths++;
        for (long second = 0; second < 20; second++) {
          firsts.add(RandomStream.of(seed, first, second).nextLong());
          paths++;
        }
      }
    }
    assertEquals(paths, firsts.size());
  }

  @Test
  void restartGivesTheStreamOfTheKeyFromItsStart() {
    RandomStream stream = RandomStream.of(1);
    stream.nextGaussian(); // leaves a spare value that must not survive
    stream.restart(RandomStream.key(RandomStream.key(9L, 4), 5));
    RandomStream expected = RandomStream.of(9, 4, 5);
    assertEquals(expected.nextGaussian(), stream.nextGaussian());
    assertEquals(expected.nextLong(), stream.nextLong());
  }

  @Test
  void boundedNumbersAreUniform() {
    RandomStream stream = RandomStream.of(42);
    int bound = 7;
    int draws = 70_000;
    int[] counts = new int[bound];
    for (int i = 0; i < draws; i++) {
      counts[stream.nextInt(bound)]++;
    }
    double expected = draws / (double) bound;
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    assertTrue(chiSquare < 22.5, "chi-square " + chiSquare + ", 6 degrees of freedom, p = 0.001");
  }

  @Test
  void aLargeBoundHasNoBias() {
    // Without rejection, one third of the values would come up twice as often.
    RandomStream stream = RandomStream.of(43);
    int bound = 3 << 29;
    int lowThird = 0;
    for (int i = 0; i < 30_000; i++) {
      int value = stream.nextInt(bound);
      assertTrue(value >= 0 && value < bound);
      if (value < 1 << 29) {
        lowThird++;
      }
    }
    assertEquals(10_000, lowThird, 300);
  }

  @Test
  void aBoundThatIsNotPositiveIsRefused() {
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> RandomStream.of(1).nextInt(0));
    assertEquals("RandomStream: bound must be positive, not 0", error.getMessage());
  }

  @Test
  void fractionsFillTheUnitIntervalAndNeverReachOne() {
    RandomStream stream = RandomStream.of(3);
    double sum = 0;
    for (int i = 0; i < 20_000; i++) {
      float single = stream.nextFloat();
      double twice = stream.nextDouble();
      assertTrue(single >= 0 && single < 1 && twice >= 0 && twice < 1);
      sum += single + twice;
    }
    assertEquals(0.5, sum / 40_000, 0.01);
  }

  @Test
  void gaussiansHaveTheMomentsOfTheNormalDistribution() {
    RandomStream stream = RandomStream.of(5);
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    for (int i = 0; i < n; i++) {
      double x = stream.nextGaussian();
      sum += x;
      squares += x * x;
      fourths += x * x * x * x;
    }
    assertEquals(0, sum / n, 0.015);
    assertEquals(1, squares / n, 0.02);
    assertEquals(3, fourths / n, 0.15);
  }

  @Test
  void booleansAreFair() {
    RandomStream stream = RandomStream.of(6);
    long trues = LongStream.range(0, 10_000).filter(i -> stream.nextBoolean()).count();
    assertEquals(5_000.0, (double) trues, 200.0);
  }

  @Test
  void aPermutationHoldsEveryNumberOnceAndEveryOrderComesUp() {
    int[] sorted = RandomStream.of(8).permutation(1_000);
    assertNotEquals(0, sorted[0] + sorted[1] + sorted[2]);
    Arrays.sort(sorted);
    assertArrayEquals(java.util.stream.IntStream.range(0, 1_000).toArray(), sorted);
    Set<String> orders = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      orders.add(Arrays.toString(RandomStream.of(8, i).permutation(4)));
    }
    assertEquals(24, orders.size());
  }

  @Test
  void theNumbersAreTheSameOnEveryMachine() {
    RandomStream stream = RandomStream.of(2026, "golden", 1);
    assertEquals(GOLDEN_LONG, stream.nextLong());
    assertEquals(GOLDEN_GAUSSIAN, stream.nextGaussian());
  }

  private static final long GOLDEN_LONG = 5515157863027722935L;
  private static final double GOLDEN_GAUSSIAN = -0.7663157695426631;

  private static long[] draw(RandomStream stream, int n) {
    return LongStream.generate(stream::nextLong).limit(n).toArray();
  }
}
