package dev.linnet.core.exec;

import org.junit.jupiter.api.Tag;

/** Padded channels and borders change no result. */
@Tag("once")
final class PaddedBackendTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    return new PaddedBackend(threads);
  }
}
