package dev.linnet.core.tensor;

import java.util.Objects;

/**
 * A stream of pseudo-random numbers that is identical on every JVM and is derived, never shared.
 *
 * <p>A stream is named by a seed and a path of numbers or names: {@code of(seed, epoch, image)} is
 * always the same stream, whoever asks first and on whatever thread. Two different paths give
 * statistically independent streams. So work may be divided among any number of threads without
 * changing one number.
 *
 * <p>The generator is xoshiro256++ (Blackman and Vigna, <i>Scrambled linear pseudorandom number
 * generators</i>, 2021), its state filled by SplitMix64 (Steele, Lea and Flood, 2014) from a 64-bit
 * key; the key folds the path with SplitMix64's finalizer.
 *
 * <p>Instances are mutable and belong to one thread.
 */
public final class RandomStream {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long NAME_TAG = 0xD1B54A32D192ED03L;

  private long key;
  private long s0;
  private long s1;
  private long s2;
  private long s3;
  private double spareGaussian;
  private boolean hasSpareGaussian;

  private RandomStream(long key) {
    restart(key);
  }

  RandomStream(long s0, long s1, long s2, long s3) {
    this.s0 = s0;
    this.s1 = s1;
    this.s2 = s2;
    this.s3 = s3;
  }

  /** The stream at the given path of numbers under {@code seed}. */
  public static RandomStream of(long seed, long... path) {
    return new RandomStream(key(seed, path));
  }

  /** The stream called {@code name} under {@code seed}, and below it at the given path. */
  public static RandomStream of(long seed, String name, long... path) {
    return new RandomStream(key(key(seed, name), path));
  }

  /** The key of {@link #of(long, long...)}: folds the path into the seed, one number at a time. */
  public static long key(long seed, long... path) {
    long key = seed;
    for (long number : path) {
      key = key(key, number);
    }
    return key;
  }

  /** The key one step below {@code parent}; allocates nothing. */
  public static long key(long parent, long number) {
    return mix(mix(parent + GOLDEN_GAMMA) + number);
  }

  /** The key of the stream called {@code name} below {@code parent}. */
  public static long key(long parent, String name) {
    Objects.requireNonNull(name, "name");
    long hash = 0xCBF29CE484222325L; // FNV-1a over UTF-16 units
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return key(key(parent, NAME_TAG), hash);
  }

  /**
   * Becomes the stream of {@code key} from its start, without allocating: for loops that need
   * another stream for every image.
   */
  public void restart(long key) {
    this.key = key;
    long z = key;
    s0 = mix(z += GOLDEN_GAMMA);
    s1 = mix(z += GOLDEN_GAMMA);
    s2 = mix(z += GOLDEN_GAMMA);
    s3 = mix(z + GOLDEN_GAMMA);
    hasSpareGaussian = false;
  }

  /** The stream below this one; it does not depend on how many numbers were drawn here. */
  public RandomStream child(long number) {
    return new RandomStream(key(key, number));
  }

  /** The named stream below this one; it does not depend on how many numbers were drawn here. */
  public RandomStream child(String name) {
    return new RandomStream(key(key, name));
  }

  /** 64 uniformly distributed bits. */
  public long nextLong() {
    long result = Long.rotateLeft(s0 + s3, 23) + s0;
    long t = s1 << 17;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = Long.rotateLeft(s3, 45);
    return result;
  }

  /**
   * A whole number in [0, bound), without bias (Lemire, <i>Fast random integer generation in an
   * interval</i>, 2019).
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("RandomStream: bound must be positive, not " + bound);
    }
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xFFFFFFFFL;
    if (low < bound) {
      long threshold = (1L << 32) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xFFFFFFFFL;
      }
    }
    return (int) (product >>> 32);
  }

  /** True or false, each with probability one half. */
  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /** A multiple of 2<sup>-24</sup> in [0, 1). */
  public float nextFloat() {
    return (nextLong() >>> 40) * 0x1.0p-24f;
  }

  /** A multiple of 2<sup>-53</sup> in [0, 1). */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /**
   * A number from the normal distribution with mean 0 and variance 1 (Marsaglia's polar method, on
   * {@link StrictMath} so that every JVM gives the same bits).
   */
  public double nextGaussian() {
    if (hasSpareGaussian) {
      hasSpareGaussian = false;
      return spareGaussian;
    }
    double u;
    double v;
    double square;
    do {
      u = 2 * nextDouble() - 1;
      v = 2 * nextDouble() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spareGaussian = v * factor;
    hasSpareGaussian = true;
    return u * factor;
  }

  /** Puts {@code values} (modified) into a uniformly random order (Fisher and Yates). */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
  }

  /** The numbers 0 … n-1 in a uniformly random order. */
  public int[] permutation(int n) {
    int[] values = new int[n];
    for (int i = 0; i < n; i++) {
      values[i] = i;
    }
    shuffle(values);
    return values;
  }

  /** SplitMix64's finalizer: a bijection of 64-bit numbers (Stafford's variant 13). */
  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
