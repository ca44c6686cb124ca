package dev.linnet.core.exec;

/** The reference backend keeps the contract in all layouts, with any number of threads. */
final class ScalarBackendTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    return new ScalarBackend(threads);
  }
}
