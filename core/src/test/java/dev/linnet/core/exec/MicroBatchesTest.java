package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class MicroBatchesTest {
  @Test
  void everyImageIsInAPartAndNoPartIsTooLarge() {
    for (int images = 1; images <= 40; images++) {
      for (int most = 1; most <= 45; most++) {
        MicroBatches parts = MicroBatches.of(images, most);
        assertTrue(parts.size() <= most && 4 * parts.size() > 3 * Math.min(images, most));
        BitSet seen = new BitSet();
        for (int part = 0; part < parts.count(); part++) {
          seen.set(parts.first(part), parts.first(part) + parts.size());
        }
        assertEquals(images, seen.cardinality(), parts.toString());
        assertEquals(images, seen.length(), parts.toString());
      }
    }
  }

  @Test
  void theBatchIsOnePartWhereItFits() {
    assertEquals(new MicroBatches(32, 32), MicroBatches.of(32, Integer.MAX_VALUE));
    assertEquals(1, MicroBatches.of(32, 32).count());
    assertEquals(new MicroBatches(1, 1), MicroBatches.of(1, 4));
  }

  @Test
  void fewImagesAreComputedTwice() {
    assertEquals(new MicroBatches(32, 4), MicroBatches.of(32, 5));
    assertEquals(new MicroBatches(97, 7), MicroBatches.of(97, 8)); // 98 images rather than 104
    assertEquals(90, MicroBatches.of(97, 8).first(13));
  }
}
