package dev.linnet.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The stand-in for the CUDA driver, as {@code bench/gpu/stand-in} builds it. */
public final class StandInDriver {
  private StandInDriver() {}

  /** The folder that it lies in; skips the test where it cannot be built. */
  public static Path built() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the stand-in for the CUDA driver is for Linux on x86-64");
    assumeTrue(run("sh", "-c", "command -v ${CXX:-c++}") == 0, "there is no C++ compiler");
    assertEquals(0, run("./stand-in"), "bench/gpu/stand-in failed");
    return Path.of("target", "stand-in");
  }

  /** Takes it in this JVM. */
  public static void load() throws IOException {
    GpuDevices.loadDriver(built());
  }

  private static int run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int status = process.waitFor();
      return said.contains("error") ? 1 : status;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
