/** Linnet beside ONNX Runtime, PyTorch and OpenBLAS, in one process and in turns. */
package dev.linnet.bench.peers;
