/** Keeps kernels fast: baselines, the comparison with them, and the history of all changes. */
package dev.linnet.bench.guard;
