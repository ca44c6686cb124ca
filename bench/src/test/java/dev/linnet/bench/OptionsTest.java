package dev.linnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.bench.cases.Cases;
import java.nio.file.Path;
import java.util.List;
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
            false,
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

  @Test
  void tilesGoWithFewOtherOptions() {
    Options options = Options.parse("--tiles", "--quick", "--json", "a", "--backend", "vector");
    assertTrue(options.tiles());
    assertEquals(Path.of("a"), options.json());
    String only = "--tiles goes with --json and --quick only, got ";
    for (String option :
        List.of("--filter", "--model", "--roofline", "--check", "--accept", "--record")) {
      refused(only + option + " a", "--tiles", option, "a");
    }
    refused(
        "--tiles measures --backend vector only, got scalar",
        "--tiles --backend scalar".split(" "));
    refused("--tiles measures --threads 1 only, got 2", "--tiles --threads 2".split(" "));
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
