package dev.linnet.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class PeaksTest {
  private static final Sampler SAMPLER = new Sampler(3, 1e-3, 1);

  @Test
  void ratesAreAmountsASecond() {
    Peaks peaks = new Peaks(new SteppingCeilings(1e-3), SAMPLER);
    assertEquals(SteppingCeilings.FLOPS / 1e-3 / 1e9, peaks.gflops(), 1e-9);
    assertEquals(SteppingCeilings.MOST / 1e-3 / 1e9, peaks.copy(), 1e-9);
    assertEquals((1 << 17) / 1e-3 / 1e9, peaks.copy(100_000), 1e-9);
  }

  @Test
  void aCopyHasTheNextPowerOfTwoAsFarAsThereIsMemory() {
    Peaks peaks = new Peaks(new SteppingCeilings(1e-3), SAMPLER);
    assertEquals(1 << 16, peaks.size(0));
    assertEquals(1 << 16, peaks.size(1 << 16));
    assertEquals(1 << 17, peaks.size((1 << 16) + 1));
    assertEquals(SteppingCeilings.MOST, peaks.size(1L << 40));
  }

  @Test
  void copiesOfOneSizeAreMeasuredOnce() {
    SteppingCeilings ceilings = new SteppingCeilings(1e-3);
    Peaks peaks = new Peaks(ceilings, SAMPLER);
    peaks.copy(100_000);
    int measured = ceilings.measured();
    peaks.copy(100_001);
    assertEquals(measured, ceilings.measured());
    assertEquals(Set.of(1L << 17, SteppingCeilings.MOST), peaks.copies().keySet());
  }
}
