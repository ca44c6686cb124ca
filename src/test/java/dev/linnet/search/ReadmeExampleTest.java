package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's example of library use, as it stands there, in a thread that is interrupted after
 * six seconds: a search ends then with the best so far.
 */
class ReadmeExampleTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
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

  private static Path readme() {
    return Stream.of("..", ".")
        .map(Path::of)
        .filter(root -> Files.exists(root.resolve("CONTRIBUTING.md")))
        .findFirst()
        .orElseThrow()
        .resolve("README.md");
  }

  @Test
  @Tag("once")
  void theExampleCompilesAndPrintsTheClassOfAnImage() throws Exception {
    assumeTrue(Files.exists(readme()), "no README.md");
    Matcher block = BLOCK.matcher(Files.readString(readme()));
    assertTrue(block.find(), "README.md has no java block");
    Path source = folder.resolve("Example.java");
    Files.writeString(source, CLASS.replace("%s", block.group(1)));
    String path = System.getProperty("java.class.path");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                path,
                "-d",
                folder.toString(),
                source.toString());
    assertEquals(0, failed, "the compiler's messages are on standard error");
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
