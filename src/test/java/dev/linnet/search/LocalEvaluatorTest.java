package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.DeviceMemoryException;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.data.LoadedData;
import dev.linnet.estimate.Estimator;
import dev.linnet.space.Genotype;
import dev.linnet.supernet.Tiny;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class LocalEvaluatorTest {
  private static final String FULL = "the device has no room for 12 bytes";

  /** An estimator on a device that others have filled. */
  private record OnFullDevice() implements Estimator {
    @Override
    public String name() {
      return "full";
    }

    @Override
    public double accuracy(Genotype genotype, double fidelity, BooleanSupplier stop) {
      throw new DeviceMemoryException(FULL);
    }

    @Override
    public Estimator on(Backend backend) {
      return this;
    }
  }

  @Test
  void aCandidateThatFindsItsDeviceFullIsRejected() {
    LoadedData loaded = Tiny.data(96, 32, 32);
    SearchOptions options =
        SearchOptions.of(loaded, Tiny.space()).with(o -> o.threads(1).backend("scalar"));
    SearchData data = loaded.splits().searchData();
    try (Backend backend = new ScalarBackend(1)) {
      Journal journal = new Journal(List.of(), event -> {}, () -> false);
      RunContext run =
          new RunContext(
              options,
              data,
              Normalization.of(data.train()),
              backend,
              journal,
              new Events(journal),
              Checkpoints.none(),
              Progress.none(),
              new Budget(Optional.empty(), Duration.ZERO),
              () -> false);
      LocalEvaluator evaluator =
          new LocalEvaluator(run, new OnFullDevice(), backend, new ReentrantReadWriteLock());
      Genotype first = options.space().genotype(0, 0, 1);
      assertEquals(new Outcome.Rejected(FULL), evaluator.evaluate(first, 1));
    }
  }
}
