package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Genotype;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
final class LatencyProcessTest {
  private static final List<Genotype> TWO =
      List.of(
          Landscape.SPACE.sample(RandomStream.of(1, "a")),
          Landscape.SPACE.sample(RandomStream.of(2, "a")));

  private static Optional<double[]> ask(String script, boolean stop) {
    return LatencyProcess.milliseconds(List.of("sh", "-c", script), TWO, () -> stop);
  }

  @Test
  void itsLinesAreTheLatenciesOfTheGenotypesThatItReads() {
    String lengths = "while read -r line; do echo ${#line}.5; done";
    assertArrayEquals(
        TWO.stream().mapToDouble(g -> g.toString().length() + 0.5).toArray(),
        ask(lengths, false).orElseThrow());
  }

  @Test
  void aProcessThatEndsEarlySaysSo() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> ask("cat > /dev/null; echo 1; exit 3", false));
    assertEquals(
        "the process that measures latencies ended with exit code 3 after 1 of 2 answers",
        e.getMessage());
    assertThrows(
        IllegalStateException.class,
        () -> LatencyProcess.milliseconds(List.of("/no/such/program"), TWO, () -> false));
  }

  @Test
  void anInterruptedSearchDoesNotWaitForIt() {
    assertEquals(Optional.empty(), ask("cat > /dev/null; sleep 60", true));
  }
}
