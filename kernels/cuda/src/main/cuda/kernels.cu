// All kernels: one module.
#include "conv.cu"
#include "elementwise.cu"
#include "norm.cu"
#include "pool.cu"
#include "train.cu"
