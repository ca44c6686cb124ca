package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.DocumentedCode;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The space that docs/spaces.md shows in Java. */
@Tag("once")
class DocumentedSpaceTest {
  private static final String CLASS =
      """
      import static dev.linnet.space.Choice.*;

      import dev.linnet.core.graph.Activation.Function;
      import dev.linnet.space.*;
      import java.util.*;
      import java.util.function.Supplier;

      public final class Example implements Supplier<SearchSpace> {
        @Override public SearchSpace get() {
      %s
          return space;
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void itCompilesAndItsGenotypesAreNetworks() throws Exception {
    DocumentedCode.compile("docs/spaces.md", CLASS, folder);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      Supplier<?> example =
          (Supplier<?>) loader.loadClass("Example").getDeclaredConstructor().newInstance();
      SearchSpace space = (SearchSpace) example.get();
      assertEquals("mine", space.name());
      Set<String> networks = new HashSet<>();
      space
          .all()
          .filter(genotype -> genotype.equals(space.canonical(genotype)))
          .forEach(
              genotype ->
                  networks.add(
                      Graphs.structure(Graphs.inference(space, genotype, Graphs.DIGITS))
                          .toString()));
      assertTrue(networks.size() > 100, networks.size() + " networks");
    }
  }
}
