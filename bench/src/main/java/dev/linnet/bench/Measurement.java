package dev.linnet.bench;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;

/**
 * What one fork found out about one case. Fractions are taken iteration by iteration against the
 * ceilings beside it, and all figures are medians over the iterations.
 *
 * @param name the case
 * @param nanos of one run
 * @param lowNanos the fastest iteration
 * @param highNanos the slowest one
 * @param flops floating-point operations of a run; 0 where it has no multiply-accumulates
 * @param bytes that a run has to move; 0 where that says nothing
 * @param peak GFLOP/s of the register-only loop
 * @param triad GB/s of a triad over as many bytes; 0 without bytes
 * @param peakFraction of the peak that is reached; 0 without flops
 * @param memoryFraction of the triad that is reached; 0 without bytes
 * @param allocated bytes that a run allocates on the heap
 * @param bits of a vector register
 */
record Measurement(
    String name,
    double nanos,
    double lowNanos,
    double highNanos,
    long flops,
    long bytes,
    double peak,
    double triad,
    double peakFraction,
    double memoryFraction,
    long allocated,
    int bits) {

  /** What the time follows from. */
  enum Bound {
    /** The multiply-adds. */
    COMPUTE,
    /** The memory. */
    MEMORY
  }

  /** Of the iterations of one fork. */
  static Measurement of(String name, Collection<IterationResult> iterations) {
    List<IterationResult> all = List.copyOf(iterations);
    double[] nanos = sorted(all, Measurement::score);
    IterationResult any = all.get(0);
    long flops = (long) side(any, "flops");
    long bytes = (long) side(any, "bytes");
    return new Measurement(
        name,
        median(nanos),
        nanos[0],
        nanos[nanos.length - 1],
        flops,
        bytes,
        median(sorted(all, i -> side(i, "peak"))),
        median(sorted(all, i -> side(i, "triad"))),
        median(sorted(all, i -> flops / score(i) / side(i, "peak"))),
        bytes == 0 ? 0 : median(sorted(all, i -> bytes / score(i) / side(i, "triad"))),
        (long) median(sorted(all, i -> side(i, "allocated"))),
        (int) side(any, "bits"));
  }

  private static double score(IterationResult iteration) {
    return iteration.getPrimaryResult().getScore();
  }

  private static double side(IterationResult iteration, String counter) {
    return iteration.getSecondaryResults().get(counter).getScore();
  }

  private static double[] sorted(
      List<IterationResult> iterations, ToDoubleFunction<IterationResult> figure) {
    return iterations.stream().mapToDouble(figure).sorted().toArray();
  }

  /** Of sorted values. */
  static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** GFLOP/s. */
  double gflops() {
    return flops / nanos;
  }

  /** GB/s. */
  double gigabytes() {
    return bytes / nanos;
  }

  /** Which of the two ceilings is the lower one for this case. */
  Bound bound() {
    return bytes > 0 && bytes / triad >= flops / peak ? Bound.MEMORY : Bound.COMPUTE;
  }

  /** The fraction that is held against a baseline: of the peak, or of the memory without flops. */
  double fraction() {
    return flops > 0 ? peakFraction : memoryFraction;
  }
}
