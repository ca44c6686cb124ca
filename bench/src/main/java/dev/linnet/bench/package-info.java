/** JMH benchmarks of the kernels and of training steps. */
package dev.linnet.bench;
