/** What is measured: kernels on given shapes, and whole networks. */
package dev.linnet.bench.cases;
