// The kernels' own text, compiled for the host.
#define LINNET_HOST
#include "kernels.cu"
#include "planted.cu"
