/** CPU SIMD kernels of Linnet, written with the incubating Vector API. */
module dev.linnet.kernels.vector {
  requires dev.linnet.core;
  requires jdk.incubator.vector;
}
