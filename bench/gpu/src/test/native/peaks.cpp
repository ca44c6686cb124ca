// The benchmark's own loops, compiled for the stand-in driver.
#define LINNET_HOST
#include "peaks.cu"
