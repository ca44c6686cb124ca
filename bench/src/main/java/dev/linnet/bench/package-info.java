/** Runs the benchmarks: JMH, its results, and how they are printed. */
package dev.linnet.bench;
