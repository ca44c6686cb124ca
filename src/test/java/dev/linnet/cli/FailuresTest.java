package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static String report(Throwable e, int code) {
    StringWriter err = new StringWriter();
    assertEquals(code, Failures.report(e, new PrintWriter(err), false));
    return err.toString();
  }

  private static final String END = System.lineSeparator();

  @Test
  void whatTheUserDidWrongIsSaidInItsOwnWords() {
    assertEquals("linnet: --x: 3" + END, report(new UsageException("--x: 3"), 2));
    assertEquals("linnet: x is gone" + END, report(new CommandException("x is gone"), 1));
    assertEquals("linnet: a.npz: no" + END, report(new DataException("a.npz", "no"), 1));
  }

  @Test
  void whatFilesAreShortOfIsSaidInWords() {
    assertEquals(
        "linnet: a/b: no such file or folder" + END, report(new NoSuchFileException("a/b"), 1));
    assertEquals(
        "linnet: a/b: permission denied" + END,
        report(new UncheckedIOException(new AccessDeniedException("a/b")), 1));
    assertEquals(
        "linnet: a/b: No space left on device" + END,
        report(new FileSystemException("a/b", null, "No space left on device"), 1));
    assertEquals("linnet: broken pipe" + END, report(new IOException("broken pipe"), 1));
  }

  @Test
  void aSurpriseIsOneLineThatNamesTheWayToMore() {
    String line = report(new IllegalStateException("first\n  second"), 1);
    assertEquals(1, line.lines().count());
    assertTrue(line.contains("first second"), line);
    assertTrue(line.contains("--verbose"), line);
  }

  @Test
  void memoryThatIsNotEnoughIsSaidWithItsLimit() {
    String line = report(new OutOfMemoryError("Java heap space"), 1);
    assertTrue(line.contains(" MB") && line.contains("-Xmx"), line);
  }

  @Test
  void verboseShowsTheStackTrace() {
    StringWriter err = new StringWriter();
    Failures.report(new CommandException("x is gone"), new PrintWriter(err), true);
    assertTrue(err.toString().contains("at dev.linnet.cli.FailuresTest"), err.toString());
  }
}
