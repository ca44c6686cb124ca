package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.DocumentedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's example of library use, as it stands there, in a thread that is interrupted after
 * six seconds: a search ends then with the best so far.
 */
class ReadmeExampleTest {
  private static final String CLASS =
      """
      import static dev.linnet.space.Choice.*;

      import dev.linnet.core.graph.Activation.Function;
      import dev.linnet.core.model.*;
      import dev.linnet.data.*;
      import dev.linnet.search.*;
      import dev.linnet.space.*;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;

      final class Example {
        public static void main(String[] args) throws Exception {
          Thread main = Thread.currentThread();
          new Timer(true).schedule(new TimerTask() {
            @Override public void run() {
              main.interrupt();
            }
          }, 6000);
      %s
        }
      }
      """;

  @TempDir Path folder;

  @Test
  @Tag("once")
  void theExampleCompilesAndPrintsTheClassOfAnImage() throws Exception {
    DocumentedCode.compile("README.md", CLASS, folder);
    String path = System.getProperty("java.class.path");
    List<String> lines = run(folder + System.getProperty("path.separator") + path);
    assertEquals(2, lines.size(), "" + lines);
    assertTrue(lines.get(0).matches("tiny:\\S+ 0\\.[0-9]+"), "" + lines);
    assertTrue(lines.get(1).matches("a [0-9], probability [01]\\.[0-9]+"), "" + lines);
  }

  private List<String> run(String path) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      command.add("--add-modules=jdk.incubator.vector");
    }
    command.addAll(List.of("-cp", path, "Example"));
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "still running after two minutes");
      assertEquals(0, process.exitValue(), Files.readString(errors));
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output);
  }
}
