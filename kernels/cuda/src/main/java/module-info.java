/** Linnet on NVIDIA GPUs, through JCuda and kernels of its own. */
module dev.linnet.kernels.cuda {
  requires transitive dev.linnet.core;
  requires java.logging; // JCuda is an automatic module and cannot say so
  requires jcuda;

  exports dev.linnet.kernels.cuda;

  provides dev.linnet.core.exec.BackendProvider with
      dev.linnet.kernels.cuda.CudaBackendProvider;
}
