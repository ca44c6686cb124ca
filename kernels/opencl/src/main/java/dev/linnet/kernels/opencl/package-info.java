/** The OpenCL backend: its memory, its launches, and how operations become kernels. */
package dev.linnet.kernels.opencl;
