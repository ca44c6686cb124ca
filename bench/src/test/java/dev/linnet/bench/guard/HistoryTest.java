package dev.linnet.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir Path folder;

  private static Sample sample(String commit, int java, double fraction) {
    return new Sample(
        commit, "2026-01-01T00:00:00Z", java, "cpu-512", "A CPU", Map.of("conv<1>", fraction));
  }

  @Test
  void everyChangeIsALineAndTheLastOfACommitCounts() throws IOException {
    History history = new History(folder);
    history.add(sample("a", 17, 0.5));
    history.add(sample("b", 17, 0.6));
    history.add(sample("b", 25, 0.65));
    history.add(sample("b", 17, 0.7));
    assertEquals(
        List.of(sample("a", 17, 0.5), sample("b", 25, 0.65), sample("b", 17, 0.7)),
        history.samples());
    assertEquals(3, Files.readAllLines(folder.resolve("history.jsonl")).size());
  }

  @Test
  void thePageShowsEveryCaseAndNeedsNothingElse() throws IOException {
    History history = new History(folder);
    history.add(sample("a", 17, 0.5));
    history.add(sample("b", 17, 0.625));
    history.add(sample("b", 25, 1.25));
    String page = Files.readString(history.page());
    assertTrue(page.contains("conv&lt;1&gt;"), page);
    assertTrue(page.contains("cpu-512, JDK 17") && page.contains("cpu-512, JDK 25"), page);
    assertTrue(page.contains("<title>63 %, b, 2026-01-01T00:00:00Z</title>"), page);
    assertFalse(page.contains("<script") || page.contains("src=") || page.contains("href="), page);
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    Files.writeString(folder.resolve("history.jsonl"), sample("a", 17, 1).line() + "\n{\"a\":1}\n");
    String message =
        assertThrows(IllegalArgumentException.class, () -> new History(folder).samples())
            .getMessage();
    assertTrue(message.endsWith("history.jsonl:2: \"commit\" is missing"), message);
  }

  @Test
  void aBaselineIsKeptByItsCpu() {
    Baselines baselines = new Baselines(folder);
    assertEquals(Optional.empty(), baselines.of("cpu-512"));
    baselines.accept(sample("a", 17, 0.12345));
    assertEquals(Optional.of(sample("a", 17, 0.123)), baselines.of("cpu-512"));
    assertEquals(Optional.empty(), baselines.of("cpu-256"));
  }

  @Test
  void theCommitOfAFolderOutsideOfGitIsUnknown() {
    assertEquals("unknown", Checkout.commit(folder));
  }
}
