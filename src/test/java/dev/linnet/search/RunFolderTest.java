package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir private Path temp;

  @Test
  void aMissingFolderIsMadeWithItsParents() {
    Path out = temp.resolve("runs/first");
    try (RunFolder run = RunFolder.create(out, false)) {
      assertTrue(Files.isDirectory(out));
      assertEquals(out, run.path());
      assertEquals(out.resolve("events.jsonl"), run.events());
      assertEquals(out.resolve("result.json"), run.result());
      assertEquals(out.resolve("report.html"), run.report());
      assertEquals(out.resolve("model.linnet"), run.model());
    }
  }

  @Test
  void aFolderWithFilesIsRefusedAndLeftAlone() throws IOException {
    Files.writeString(temp.resolve("notes.txt"), "mine");
    assertRefused(
        temp + ": the folder is not empty; name another one, or --overwrite its run",
        () -> RunFolder.create(temp, false));
    assertEquals(List.of("notes.txt"), names());
  }

  @Test
  void overwritingDeletesTheRunAndNothingElse() throws IOException {
    for (String name : List.of("events.jsonl", "result.json", "report.html", "model.linnet")) {
      Files.writeString(temp.resolve(name), "old");
    }
    Files.writeString(
        Files.createDirectory(temp.resolve("checkpoints")).resolve("supernet"), "old");
    Files.writeString(temp.resolve("notes.txt"), "mine");
    RunFolder.create(temp, true).close();
    assertEquals(List.of(".lock", "notes.txt"), names());
  }

  @Test
  void aFolderThatARunLeftWithoutFilesIsTaken() {
    RunFolder.create(temp, false).close();
    RunFolder.create(temp, false).close();
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    assertRefused(file + ": is a file, a folder is needed", () -> RunFolder.create(file, true));
  }

  @Test
  void aFolderThatCannotBeMadeIsRefusedWithOneClearLine() throws IOException {
    Path inside = Files.createFile(temp.resolve("file")).resolve("out");
    String message =
        assertThrows(RunException.class, () -> RunFolder.create(inside, false)).getMessage();
    assertTrue(message.startsWith(inside + ": the folder cannot be made ("), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void aFolderThatARunOfThisProcessUsesIsRefused() {
    try (RunFolder run = RunFolder.create(temp, false)) {
      assertRefused(
          run.path() + ": another run is going on in this folder",
          () -> RunFolder.create(temp, true));
    }
    RunFolder.create(temp, true).close();
  }

  @Test
  void aFolderThatARunOfAnotherProcessUsesIsRefused() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                temp.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals('+', other.getInputStream().read());
      assertRefused(
          temp + ": another run (process " + other.pid() + ") is going on in this folder",
          () -> RunFolder.create(temp, true));
      Files.writeString(temp.resolve("events.jsonl"), "old");
      assertRefused(
          temp + ": another run (process " + other.pid() + ") is going on in this folder",
          () -> RunFolder.resume(temp));
    } finally {
      other.getOutputStream().close();
      assertTrue(other.waitFor(30, TimeUnit.SECONDS));
    }
    RunFolder.create(temp, true).close();
  }

  /** Holds a run folder until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      try (RunFolder run = RunFolder.create(Path.of(arguments[0]), false)) {
        System.out.print(Files.isDirectory(run.path()) ? '+' : '-');
        System.out.flush();
        while (System.in.read() >= 0) {
          // until the parent closes it
        }
      }
    }
  }

  @Test
  void anEarlierRunIsTakenAsItIsToGoOn() throws IOException {
    assertRefused(temp + ": there is no run here (no events.jsonl)", () -> RunFolder.resume(temp));
    Files.writeString(temp.resolve("events.jsonl"), "old");
    try (RunFolder run = RunFolder.resume(temp)) {
      assertEquals("old", Files.readString(run.events()));
      assertThrows(RunException.class, () -> RunFolder.resume(temp));
    }
  }

  @Test
  void aFileIsWrittenWholeOrNotAtAll() throws IOException {
    try (RunFolder run = RunFolder.create(temp, false)) {
      run.write(run.result(), out -> out.write(new byte[] {1, 2, 3}));
      assertRefused(
          run.result() + ": cannot be written (No space left on device)",
          () ->
              run.write(
                  run.result(),
                  out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                  }));
      assertEquals(3, Files.size(run.result()));
      Thread.currentThread().interrupt();
      run.write(run.result(), out -> out.write(new byte[5]));
      assertTrue(Thread.interrupted());
      assertEquals(5, Files.size(run.result()));
    }
    assertEquals(List.of(".lock", "result.json"), names());
    assertFalse(Files.exists(temp.resolve(".result.json.tmp")));
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(temp)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertRefused(String message, Executable use) {
    assertEquals(message, assertThrows(RunException.class, use).getMessage());
  }
}
