package dev.linnet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The CPU that measurements are compared on.
 *
 * @param model as it calls itself
 * @param family vendor and family, such as {@code AuthenticAMD-26}; elsewhere the architecture
 */
record Machine(String model, String family) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** This machine. */
  static Machine current() {
    String architecture = System.getProperty("os.arch");
    try {
      return of(Files.readAllLines(CPUINFO, StandardCharsets.UTF_8), architecture);
    } catch (IOException e) {
      return new Machine(architecture, architecture);
    }
  }

  /** Of the lines of {@code /proc/cpuinfo}, whose first processor counts. */
  static Machine of(List<String> cpuinfo, String architecture) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : cpuinfo) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.putIfAbsent(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
      }
    }
    String vendor = values.getOrDefault("vendor_id", values.get("CPU implementer"));
    String family = values.getOrDefault("cpu family", values.get("CPU part"));
    return new Machine(
        values.getOrDefault("model name", architecture),
        vendor == null || family == null ? architecture : vendor + "-" + family);
  }

  /** What a baseline is kept by: the family and the bits of a vector register. */
  String key(int bits) {
    return (family + "-" + bits).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
  }
}
