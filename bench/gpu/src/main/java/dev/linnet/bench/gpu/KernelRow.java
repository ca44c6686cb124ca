package dev.linnet.bench.gpu;

import dev.linnet.bench.cases.KernelCase;
import dev.linnet.bench.cases.Prepared;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What one kernel reached.
 *
 * @param name of the case
 * @param samples its times
 * @param flops of a run: two for each multiply-accumulate
 * @param bytes that a run has to read and write
 * @param ofPeak GFLOP/s as a fraction of the multiply-adds' peak
 * @param ofCopy GB/s as a fraction of a copy that touches as many bytes
 */
record KernelRow(
    String name, Samples samples, long flops, long bytes, double ofPeak, double ofCopy) {
  private static final double GIGA = 1e9;

  /** Measures a kernel. */
  static KernelRow of(MeasuredDevice device, KernelCase kernel, Peaks peaks, Sampler sampler) {
    try (Prepared prepared = kernel.prepare(device.backend())) {
      Samples samples = sampler.launches(device.backend(), device.clock(), prepared::enqueue);
      return of(
          kernel.name(),
          samples,
          prepared.flops(),
          prepared.bytes(),
          peaks.gflops(),
          peaks.copy(prepared.footprint()));
    }
  }

  /**
   * Of what was measured.
   *
   * @param peak GFLOP/s of multiply-adds
   * @param copy GB/s of a copy
   */
  static KernelRow of(
      String name, Samples samples, long flops, long bytes, double peak, double copy) {
    return new KernelRow(
        name,
        samples,
        flops,
        bytes,
        samples.rate(flops) / GIGA / peak,
        samples.rate(bytes) / GIGA / copy);
  }

  double gflops() {
    return samples.rate(flops) / GIGA;
  }

  double gigabytes() {
    return samples.rate(bytes) / GIGA;
  }

  /** Multiply-accumulates of a case, before it is made ready. */
  static long macs(KernelCase kernel) {
    List<Shape> shapes = new ArrayList<>(kernel.maps());
    shapes.addAll(kernel.dense());
    return kernel.op().macs(shapes, kernel.op().shape(shapes));
  }
}
