/** CPU SIMD kernels of Linnet, written with the incubating Vector API. */
module dev.linnet.kernels.vector {
  requires transitive dev.linnet.core;
  requires jdk.incubator.vector;

  exports dev.linnet.kernels.vector;

  provides dev.linnet.core.exec.BackendProvider with
      dev.linnet.kernels.vector.VectorBackendProvider;
}
