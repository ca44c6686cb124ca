package dev.linnet.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenClTest {
  /** With the heap of this JVM. */
  @Test
  void arraysThatMustNotMoveFillMoreThanHalfARegion() {
    OpenClTests.assumeUsable();
    String region =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("G1HeapRegionSize")
            .getValue();
    assertTrue(4L * OpenCl.unmovedFloats() > Long.parseLong(region) / 2, region);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx600m", "-Xmx3g", "-Xmx6028m", "-Xms5g -Xmx5g"})
  void theyDoSoInHeapsOfOtherSizes(String heap) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseG1GC",
            "-cp",
            System.getProperty("java.class.path"),
            PrintRegion.class.getName());
    builder.command().addAll(1, List.of(heap.split(" ")));
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("true", out.strip());
  }

  /** Prints whether it holds in the JVM that runs it. */
  static final class PrintRegion {
    private PrintRegion() {}

    /** Prints true or false. */
    public static void main(String[] args) {
      String region =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
              .getVMOption("G1HeapRegionSize")
              .getValue();
      System.out.println(4L * OpenCl.unmovedFloats() > Long.parseLong(region) / 2);
    }
  }
}
