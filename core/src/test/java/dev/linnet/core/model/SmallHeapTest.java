package dev.linnet.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in a JVM with a heap of 16 MB, no other option, and core's classes alone. */
final class SmallHeapTest {
  @TempDir Path folder;
  private Path classes;

  @BeforeEach
  void putTheMainClassApart() throws IOException {
    String name = SmallHeapMain.class.getName().replace('.', '/') + ".class";
    classes = folder.resolve("classes");
    Path copy = classes.resolve(name);
    Files.createDirectories(copy.getParent());
    try (var in = SmallHeapMain.class.getClassLoader().getResourceAsStream(name)) {
      Files.copy(in, copy);
    }
  }

  private List<String> run(Path... files) throws Exception {
    Stream<String> command =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx16m",
            "-cp",
            core() + System.getProperty("path.separator") + classes,
            SmallHeapMain.class.getName());
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(command, Arrays.stream(files).map(Path::toString)).toList());
    builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the JVM does not end");
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
    long heap = Long.parseLong(lines.get(0).replace("heap ", ""));
    assertTrue(heap <= 16 << 20, lines.get(0));
    return lines.subList(1, lines.size());
  }

  private static Path core() throws URISyntaxException {
    return Path.of(Model.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void aModelOfOneMegabytePredicts() throws Exception {
    Path small = folder.resolve("small.linnet");
    Path large = folder.resolve("large.linnet");
    Model hundredThousand = Networks.model(Networks.digits(29));
    Model megabyte = Networks.model(Networks.digits(46));
    assertTrue(hundredThousand.graph().parameters() > 100_000, hundredThousand.toString());
    hundredThousand.write(small);
    megabyte.write(large);
    assertTrue(Files.size(large) > 1 << 20, Files.size(large) + " bytes");
    assertEquals(List.of(line(hundredThousand), line(megabyte)), run(small, large));
  }

  private static String line(Model model) {
    Prediction prediction = model.predictor().predict(new byte[64]);
    return prediction.index() + " " + prediction.probability();
  }

  @Test
  void filesThatDeclareMoreThanTheyHoldAreRefusedInOneLineEach() throws Exception {
    Path header = folder.resolve("header.linnet");
    Path fits = folder.resolve("fits.linnet");
    Path huge = folder.resolve("huge.linnet");
    Path deep = folder.resolve("deep.linnet");
    Files.write(header, Crafted.prelude(1, 4 << 20, 0));
    Files.write(fits, Crafted.file(Crafted.wide(900_000), new byte[2_000_000])); // 14.4 MB
    Files.write(huge, Crafted.file(Crafted.wide(500_000_000), new byte[2_000_000]));
    Files.write(deep, Crafted.file("[".repeat(2_000_000), new byte[0]));
    List<String> lines = run(header, fits, huge, deep);
    assertEquals(
        header + ": is truncated: it ends after 24 bytes, within the header", lines.get(0));
    String truncated =
        ": is truncated: it ends after " + Files.size(fits) + " bytes, within tensor w";
    assertEquals(fits + truncated, lines.get(1));
    assertTrue(lines.get(2).contains("its tensors take 8000000000 bytes"), lines.get(2));
    assertTrue(lines.get(3).contains("more than 16 levels"), lines.get(3));
    assertEquals(4, lines.size());
  }
}
