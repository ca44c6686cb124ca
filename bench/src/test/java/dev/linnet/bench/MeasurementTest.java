package dev.linnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class MeasurementTest {
  /** 100 µs, below a peak of 200 GFLOP/s and a triad of 50 GB/s. */
  private static Measurement measured(String name, long flops, long bytes) {
    double nanos = 1e5;
    return new Measurement(
        name,
        nanos,
        nanos,
        nanos,
        flops,
        bytes,
        200,
        bytes == 0 ? 0 : 50,
        flops / nanos / 200,
        bytes == 0 ? 0 : bytes / nanos / 50,
        0,
        512);
  }

  @Test
  void theLowerRoofIsWhatBinds() {
    assertEquals(Measurement.Bound.COMPUTE, measured("a", 10_000_000, 1_000_000).bound());
    assertEquals(Measurement.Bound.MEMORY, measured("a", 1_000_000, 1_000_000).bound());
    assertEquals(Measurement.Bound.MEMORY, measured("a", 0, 1_000_000).bound());
    assertEquals(Measurement.Bound.COMPUTE, measured("a", 10_000_000, 0).bound());
  }

  @Test
  void whatIsComparedIsTheFractionOfThePeakOrWithoutOperationsOfTheMemory() {
    assertEquals(0.5, measured("a", 10_000_000, 1_000_000).fraction(), 1e-9);
    assertEquals(0.2, measured("a", 0, 1_000_000).fraction(), 1e-9);
  }

  @Test
  void theTableShowsWhatThereIs() {
    Table table = new Table(List.of());
    assertEquals(
        "a        100 us     100.0   50 %      10.0         compute  0",
        table.row(measured("a", 10_000_000, 1_000_000)).replaceFirst("a +", "a        "));
    String row = table.row(measured("b", 0, 1_000_000));
    assertTrue(row.contains("10.0   20 %  memory"), row);
    assertEquals("1.50 ms", Table.time(1.5e6));
    assertEquals("23.4 us", Table.time(23_400));
  }

  @Test
  void theRooflineIsWellFormedAndNamesEveryKernelWithOperations() throws Exception {
    String svg =
        Roofline.draw(
            "CPU <1>",
            List.of(
                measured("conv3x3/a", 10_000_000, 1_000_000),
                measured("depthwise3x3/b", 1_000_000, 40_000_000),
                measured("relu/c", 0, 1_000_000)));
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    String text = document.getDocumentElement().getTextContent();
    assertTrue(text.contains("conv3x3/a") && text.contains("depthwise3x3/b"), text);
    assertTrue(text.contains("Roofline: CPU <1>") && !text.contains("relu/c"), text);
  }

  @Test
  void aRooflineOfNothingIsRefused() {
    List<Measurement> none = List.of(measured("relu/c", 0, 1_000_000));
    assertThrows(IllegalArgumentException.class, () -> Roofline.draw("", none));
  }
}
