package dev.linnet.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import org.junit.jupiter.api.Test;

final class SamplerTest {
  private static final Sampler SAMPLER = new Sampler(21, 2e-3, 3);

  @Test
  void aSampleHasSoManyRunsThatItLastsLongEnough() {
    SteppingClock clock = new SteppingClock(1e-4);
    Samples samples = SAMPLER.runs(clock, clock::run);
    assertEquals(20, samples.runs());
    assertEquals(21, samples.count());
    assertEquals(1e-4, samples.median(), 1e-12);
    assertEquals(3 + 20 * 21, clock.runs());
  }

  @Test
  void theNumberOfRunsIsBounded() {
    assertEquals(1000, SAMPLER.runs(1e-9));
    assertEquals(1000, SAMPLER.runs(0));
    assertEquals(1, SAMPLER.runs(1));
  }

  @Test
  void theBudgetBoundsTheSamples() {
    SteppingClock clock = new SteppingClock(0.15);
    assertEquals(20, SAMPLER.runs(clock, clock::run).count());
  }

  @Test
  void somethingSlowIsTimedOnceBehindOneWarmUp() {
    SteppingClock clock = new SteppingClock(10);
    Samples samples = SAMPLER.runs(clock, clock::run);
    assertEquals(new Samples(10, 10, 10, 1, 1), samples);
    assertEquals(2, clock.runs());
  }

  @Test
  void launchesAreRecordedBeforeTheyAreTimed() {
    try (Backend backend = Backends.open("scalar", new BackendProvider.Options(1), line -> {})) {
      SteppingClock clock = new SteppingClock(1e-3);
      Samples samples = SAMPLER.launches(backend, clock, clock::run);
      assertEquals(2, samples.runs());
      assertEquals(3 + 2 * 2 + 2 * 21, clock.runs()); // warm-up, making and recording, samples
      assertEquals(3 + 2 + 21, clock.measured());
      assertEquals(1e-3, samples.median(), 1e-12);
    }
  }
}
