package dev.linnet.study;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.DocumentedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The study that docs/tables.md shows in Java; what studies do is tested elsewhere. */
@Tag("once")
class DocumentedStudyTest {
  private static final String CLASS =
      """
      import dev.linnet.estimate.table.*;
      import dev.linnet.study.*;
      import java.nio.file.*;
      import java.util.*;

      final class Example {
        public static void main(String[] args) throws Exception {
      %s
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void itCompiles() throws IOException {
    DocumentedCode.compile("docs/tables.md", CLASS, folder);
    assertTrue(Files.exists(folder.resolve("Example.class")));
  }
}
