package dev.linnet.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.graph.Window;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TapsTest {
  private static final int EXTENT = 13;
  private static final int PADDING = 2;

  private static List<Integer> met(Taps taps, int pixel) {
    return IntStream.range(0, taps.kernel())
        .filter(i -> (pixel * taps.mul() + i * taps.step() + taps.off()) % taps.phases() == 0)
        .boxed()
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1", "3, 1, 1", "3, 2, 1", "1, 2, 1", "5, 3, 1", "3, 2, 2", "5, 4, 2", "4, 6, 4",
    "7, 2, 3"
  })
  void pixelsOfOnePhaseMeetTheSameTapsAndTheseAreEvenlySpaced(
      int kernel, int stride, int dilation) {
    Window window = new Window(kernel, 1, stride, 1, PADDING, 0, PADDING, 0, dilation, 1);
    Taps taps = Taps.high(window, true);
    int most = 0;
    for (int pixel = 0; pixel < EXTENT; pixel++) {
      List<Integer> met = met(taps, pixel);
      assertEquals(met, met(taps, pixel + taps.phases()));
      for (int u = 1; u < met.size(); u++) {
        assertEquals(taps.every(), met.get(u) - met.get(u - 1));
      }
      most = Math.max(most, met.size());
    }
    assertEquals(most, taps.most());
    assertEquals((EXTENT + stride - 1) / stride, taps.pixels(EXTENT), "pixels of the first phase");
    assertEquals(new Taps(kernel, stride, dilation, -PADDING, 1, 1), Taps.high(window, false));
  }
}
