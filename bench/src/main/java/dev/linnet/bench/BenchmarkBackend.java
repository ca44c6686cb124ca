package dev.linnet.bench;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;

/** Opens the backend of a benchmark, and prints which it is: every fork says so. */
final class BenchmarkBackend {
  /** The system property with the number of threads. */
  static final String THREADS = "linnet.bench.threads";

  private BenchmarkBackend() {}

  static Backend open(String name) {
    int threads = Integer.getInteger(THREADS, 1);
    Backend backend =
        Backends.open(name, new BackendProvider.Options(threads), System.out::println);
    System.out.println("# backend: " + backend.description());
    return backend;
  }
}
