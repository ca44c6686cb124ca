/** Measures the GPU backends: correctness, peaks, kernels, networks, and PyTorch beside them. */
package dev.linnet.bench.gpu;
