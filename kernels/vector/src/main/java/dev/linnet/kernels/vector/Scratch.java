package dev.linnet.kernels.vector;

/** Scratch memory of each thread that runs slices. Grows to what the largest kernel needs. */
final class Scratch {
  private final ThreadLocal<float[]> arrays = ThreadLocal.withInitial(() -> new float[0]);

  /** At least {@code floats} floats with unspecified contents. */
  float[] get(int floats) {
    float[] array = arrays.get();
    if (array.length < floats) {
      array = new float[floats];
      arrays.set(array);
    }
    return array;
  }
}
