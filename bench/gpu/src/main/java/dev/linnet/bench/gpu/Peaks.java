package dev.linnet.bench.gpu;

import java.util.Map;
import java.util.TreeMap;

/** What a device reached in the loops of its {@link Ceilings}. */
final class Peaks {
  private static final double GIGA = 1e9;
  private static final long LEAST = 1 << 16;

  private final Ceilings ceilings;
  private final Sampler sampler;
  private final double gflops;
  private final Map<Long, Double> copies = new TreeMap<>();

  /** Measures the multiply-adds and the largest copy. */
  Peaks(Ceilings ceilings, Sampler sampler) {
    this.ceilings = ceilings;
    this.sampler = sampler;
    this.gflops = rate(ceilings.multiplyAdds());
    copy(ceilings.most());
  }

  private double rate(Load load) {
    return sampler.runs(ceilings.clock(), load.launch()).rate(load.amount()) / GIGA;
  }

  /** GFLOP/s of multiply-adds in registers. */
  double gflops() {
    return gflops;
  }

  /** GB/s of the largest copy. */
  double copy() {
    return copy(ceilings.most());
  }

  /** GB/s of a copy that touches as many bytes as something else, and no fewer. */
  double copy(long footprint) {
    return copies.computeIfAbsent(size(footprint), bytes -> rate(ceilings.copy(bytes)));
  }

  /** The power of two, from 64 KB on, that has room for that many bytes. */
  long size(long footprint) {
    long size = LEAST;
    while (size < footprint) {
      size *= 2;
    }
    return Math.min(size, ceilings.most());
  }

  /** All copies measured so far, by their bytes. */
  Map<Long, Double> copies() {
    return Map.copyOf(copies);
  }
}
