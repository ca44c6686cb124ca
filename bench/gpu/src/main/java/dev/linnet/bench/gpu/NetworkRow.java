package dev.linnet.bench.gpu;

import dev.linnet.bench.cases.NetworkCase;
import dev.linnet.bench.cases.Prepared;
import dev.linnet.core.graph.Graph;

/**
 * What one network reached.
 *
 * @param network its name in the zoo
 * @param training whether steps were trained
 * @param batch images
 * @param parameters of the network
 * @param samples the times of a batch
 * @param flops of a batch: two for each multiply-accumulate
 * @param ofPeak GFLOP/s as a fraction of the multiply-adds' peak
 */
record NetworkRow(
    String network,
    boolean training,
    int batch,
    long parameters,
    Samples samples,
    long flops,
    double ofPeak) {
  private static final double GIGA = 1e9;

  /** Measures a network. */
  static NetworkRow of(MeasuredDevice device, NetworkCase of, Peaks peaks, Sampler sampler) {
    try (Prepared prepared = of.prepare(device.backend())) {
      Samples samples = sampler.runs(device.networkClock(), prepared::enqueue);
      long parameters = of.network().inference(1).parameters();
      double ofPeak = samples.rate(prepared.flops()) / GIGA / peaks.gflops();
      return new NetworkRow(
          of.network().name(),
          of.training(),
          of.batch(),
          parameters,
          samples,
          prepared.flops(),
          ofPeak);
    }
  }

  /** Such as {@code resnet20@32x32/training/n64}. */
  String name() {
    return network + "/" + mode() + "/n" + batch;
  }

  String mode() {
    return training ? "training" : "inference";
  }

  double imagesPerSecond() {
    return samples.rate(batch);
  }

  double gflops() {
    return samples.rate(flops) / GIGA;
  }

  /** Multiply-accumulates of a case, before it is made ready. */
  static long macs(NetworkCase of) {
    Graph graph =
        of.training() ? of.network().training(of.batch()) : of.network().inference(of.batch());
    return graph.macs();
  }
}
