package dev.linnet.bench.ceiling;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Takes care that the vector loop is one: now and then C2 compiles it while parts of the Vector API
 * have not run often enough, keeps calls in it that box every vector, and never compiles it again.
 * Such a loop is a hundred times slower; a copy of its class is then compiled anew.
 */
final class CompiledLoops {
  private static final int COPIES = 5;
  private static final double WORTH = 1.5; // the narrowest vectors are four times as fast
  private static final double SCALAR_SECONDS = 0.1;
  private static final double SECONDS = 0.3;
  private static final int ROUNDS = 400; // few: it is compiled after so many calls
  private static final int TIMED = 20;
  private static final float FACTOR = 0.5f;

  private CompiledLoops() {}

  /** The vector loop; of copies that all failed, the last. */
  static Loops vector() {
    double worth = WORTH * rate(new ScalarLoops(), SCALAR_SECONDS, Double.MAX_VALUE);
    Loops loops = new VectorLoops();
    for (int i = 0; i < COPIES && rate(loops, SECONDS, worth) < worth; i++) {
      loops = copy();
    }
    return loops;
  }

  /** Multiply-adds a nanosecond, after so many seconds or as soon as they are enough. */
  private static double rate(Loops loops, double seconds, double enough) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    double rate;
    do {
      rate = rate(loops);
    } while (rate < enough && System.nanoTime() < end);
    return rate;
  }

  private static double rate(Loops loops) {
    float sum = 0;
    long start = System.nanoTime();
    for (int i = 0; i < TIMED; i++) {
      sum += loops.multiplyAdd(ROUNDS, FACTOR);
    }
    double nanos = System.nanoTime() - start;
    return sum == 0 ? 0 : (double) TIMED * ROUNDS * loops.macsPerRound() / nanos;
  }

  /** Another class with the same code, which is profiled and compiled by itself. */
  static Loops copy() {
    String file = VectorLoops.class.getSimpleName() + ".class";
    try (InputStream in = VectorLoops.class.getResourceAsStream(file)) {
      MethodHandles.Lookup hidden =
          MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), true);
      return (Loops)
          hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Throwable e) { // MethodHandle.invoke declares it
      throw new IllegalStateException("cannot copy " + file, e);
    }
  }
}
