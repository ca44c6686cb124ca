package dev.linnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The first Java block of a document, compiled as it stands there. */
public final class DocumentedCode {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

  private DocumentedCode() {}

  /**
   * Compiles the block into a class {@code Example}.
   *
   * @param document such as {@code docs/spaces.md}
   * @param template the source of the class, with {@code %s} where the block goes
   * @param folder for the class file
   */
  public static void compile(String document, String template, Path folder) throws IOException {
    Path file =
        Stream.of("..", ".")
            .map(root -> Path.of(root, document))
            .filter(Files::exists)
            .findFirst()
            .orElse(Path.of(document));
    assumeTrue(Files.exists(file), "no " + document);
    Matcher block = BLOCK.matcher(Files.readString(file));
    assertTrue(block.find(), document + " has no java block");
    Path source = folder.resolve("Example.java");
    Files.writeString(source, template.replace("%s", block.group(1)));
    String path = System.getProperty("java.class.path");
    String[] arguments = {
      "-proc:none", "-cp", path, "-d", folder.toString(), source.toString(),
    };
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments),
        "the compiler's messages are on standard error");
  }
}
