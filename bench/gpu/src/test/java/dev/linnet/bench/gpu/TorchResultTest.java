package dev.linnet.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TorchResultTest {
  private static final String ABOUT = "{\"about\": \"PyTorch 2.7.1 on a GPU\"}";
  private static final String RUN =
      "{\"network\": \"resnet20@32x32\", \"training\": true, \"batch\": 64, \"variant\": \"eager\","
          + " \"parameters\": 272282, \"runs\": 2, \"seconds\": [0.4, 0.2, 0.6]}";

  @Test
  void runsAreReadBetweenOtherLines() {
    TorchResult result =
        TorchResult.parse(
            Stream.of("a warning", ABOUT, RUN, RUN.replace("eager", "graph/tf32"), ""));
    assertTrue(result.measured());
    assertEquals("PyTorch 2.7.1 on a GPU", result.about());
    assertEquals(List.of("eager", "graph/tf32"), result.variants());
    TorchResult.Run run = result.runs().get(0);
    assertEquals(new Samples(0.2, 0.1, 0.3, 3, 2), run.samples());
    assertEquals(272_282, run.parameters());
  }

  @Test
  void aRowFindsTheRunOfItsNetworkModeAndBatch() {
    TorchResult result = TorchResult.parse(Stream.of(ABOUT, RUN));
    Samples samples = Samples.of(1, 1);
    for (boolean training : new boolean[] {false, true}) {
      for (int batch : new int[] {32, 64}) {
        for (String name : List.of("resnet20@32x32", "mobilenetv3small@32x32")) {
          NetworkRow row = new NetworkRow(name, training, batch, 1, samples, 1, 1);
          boolean there = training && batch == 64 && name.startsWith("resnet");
          assertEquals(there, result.find(row, "eager").isPresent());
          assertFalse(result.find(row, "graph").isPresent());
        }
      }
    }
  }

  @Test
  void aPythonWithoutTorchIsOneLine() {
    TorchResult result = TorchResult.parse(Stream.of("{\"missing\": \"no PyTorch\"}"));
    assertFalse(result.measured());
    assertEquals("no PyTorch", result.about());
  }

  @Test
  void aScriptThatPrintsNothingIsSaidToDoSo() {
    assertEquals("the PyTorch script printed nothing", TorchResult.parse(Stream.of("x")).about());
  }

  @Test
  void failuresOfSingleNetworksAreKept() {
    TorchResult result =
        TorchResult.parse(Stream.of(ABOUT, "{\"failed\": \"n64: out of memory\"}", RUN));
    assertEquals(List.of("n64: out of memory"), result.failures());
    assertEquals(1, result.runs().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"network\": \"a\"}", "{\"network\": \"a\", \"seconds\": []}", "{bad"})
  void anythingElseIsRefusedWithTheLine(String line) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> TorchResult.parse(Stream.of(ABOUT, line)))
            .getMessage();
    assertEquals("the PyTorch script printed " + line, message);
  }
}
