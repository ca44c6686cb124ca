package dev.linnet.bench.peers;

import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_full;

/** OpenBLAS's side: one SGEMM between matrices outside the Java heap. */
final class OpenBlasRun implements Contender {
  private final Gemm gemm;
  private final FloatPointer a;
  private final FloatPointer b;
  private final FloatPointer c;
  private final int threads;

  /**
   * Copies the operands.
   *
   * @param network a graph of one dense layer or of one of its gradients
   */
  OpenBlasRun(Network network, Gemm gemm, int threads) {
    this.gemm = gemm;
    this.threads = threads;
    this.a = pointer(network, gemm.first());
    this.b = pointer(network, gemm.second());
    this.c = new FloatPointer((long) gemm.n() * gemm.n());
  }

  private static FloatPointer pointer(Network network, String name) {
    float[] values = network.inputs().get(name);
    return new FloatPointer(values == null ? network.stored().get(name).values() : values);
  }

  /** Which of its kernels it has chosen. */
  static String core() {
    return openblas_full.openblas_get_corename().getString();
  }

  @Override
  public void run() {
    int n = gemm.n();
    openblas_full.openblas_set_num_threads(threads);
    openblas_full.cblas_sgemm(
        openblas_full.CblasRowMajor,
        gemm.transposeFirst() ? openblas_full.CblasTrans : openblas_full.CblasNoTrans,
        gemm.transposeSecond() ? openblas_full.CblasTrans : openblas_full.CblasNoTrans,
        n,
        n,
        n,
        1f,
        a,
        n,
        b,
        n,
        0f,
        c,
        n);
  }

  @Override
  public Map<String, float[]> results() {
    float[] values = new float[gemm.n() * gemm.n()];
    c.get(values);
    return Map.of(Gemm.RESULT, values);
  }

  @Override
  public void close() {
    a.close();
    b.close();
    c.close();
  }
}
