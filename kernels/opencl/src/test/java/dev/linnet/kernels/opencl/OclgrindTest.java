package dev.linnet.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All kernels under oclgrind, which finds races and accesses outside the memory. */
final class OclgrindTest {
  @TempDir private Path folder;

  @Test
  void noKernelRacesOrLeavesItsMemory() throws Exception {
    Run run = run("1");
    assertEquals("", run.log, run.out);
    assertTrue(run.out.contains("launches of operations on opencl (Oclgrind Simulator"), run.out);
  }

  @Test
  void aPlantedRaceIsFound() throws Exception {
    Run run = run("race");
    assertTrue(run.log.contains("data race at global memory"), run.log + run.out);
  }

  @Test
  void aPlantedWriteOutsideTheMemoryIsFound() throws Exception {
    Run run = run("overrun");
    assertTrue(run.log.contains("Invalid write of size 4 at global memory"), run.log + run.out);
  }

  private record Run(String log, String out) {}

  /** Runs {@link CheckedKernels} under oclgrind, as kernels/opencl/oclgrind does. */
  private Run run(String argument) throws IOException, InterruptedException {
    String path = System.getenv().getOrDefault("PATH", "");
    assumeTrue(
        Stream.of(path.split(File.pathSeparator))
            .anyMatch(p -> Files.exists(Path.of(p, "oclgrind"))),
        "oclgrind is not installed");
    Path log = folder.resolve("log");
    List<String> command =
        List.of(
            "oclgrind",
            "--data-races",
            "--log",
            log.toString(),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseG1GC",
            "-Xmx1g",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            CheckedKernels.class.getName(),
            argument);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return new Run(Files.exists(log) ? Files.readString(log) : "", out);
  }
}
