package dev.linnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.bench.cases.Cases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void everyOptionIsRead() {
    Options options =
        Options.parse(
            "--backend scalar --threads 2 --quick --filter a --verbose --model b --json c"
                .concat(" --roofline d --check e --accept f --record g")
                .split(" "));
    assertEquals(
        new Options(
            "scalar",
            2,
            true,
            "a",
            true,
            Path.of("b"),
            Path.of("c"),
            Path.of("d"),
            Path.of("e"),
            Path.of("f"),
            Path.of("g")),
        options);
  }

  @Test
  void aWrongOptionIsNamed() {
    refused("unknown option --quik; there are --backend", "--quik");
    refused("--json needs a value", "--json");
    refused("--threads needs a positive number, got 0", "--threads", "0");
  }

  private static void refused(String message, String... args) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> Options.parse(args)).getMessage();
    assertTrue(said.startsWith(message), said);
  }

  @Test
  void aFilterChoosesAmongAllCasesAndQuickAloneAFew() {
    assertEquals(Cases.all().size(), Main.cases(Options.parse()).size());
    assertEquals(Cases.quick().size(), Main.cases(Options.parse("--quick")).size());
    assertEquals(
        15, Main.cases(Options.parse("--quick", "--filter", "gemm/")).size()); // five of three
    assertEquals(
        2, Main.cases(Options.parse("--model", "a.linnet", "--filter", "inference")).size());
  }

  @Test
  void aFilterThatLeavesNothingIsRefusedWithWhatThereIs() {
    Options none = Options.parse("--filter", "conv9x9");
    String said = assertThrows(IllegalArgumentException.class, () -> Main.cases(none)).getMessage();
    assertTrue(said.startsWith("--filter: no case has 'conv9x9' in its name;"), said);
    assertTrue(said.contains(" depthwise5x5s2, "), said);
  }

  @Test
  void theQuickSetTakesLessThanSixMinutes() {
    assertTrue(Plan.seconds(Cases.quick(), true) < 360);
  }
}
