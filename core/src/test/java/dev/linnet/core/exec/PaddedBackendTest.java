package dev.linnet.core.exec;

/** Padded channels and borders change no result. */
final class PaddedBackendTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    return new PaddedBackend(threads);
  }
}
