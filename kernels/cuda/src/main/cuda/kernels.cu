// All kernels: one module.
#include "conv.cu"
#include "depthwise.cu"
#include "elementwise.cu"
#include "norm.cu"
#include "pool.cu"
#include "train.cu"
#include "weights.cu"
#if defined(LINNET_HOST) || __CUDA_ARCH__ >= 800
#include "tensor.cu"
#endif
