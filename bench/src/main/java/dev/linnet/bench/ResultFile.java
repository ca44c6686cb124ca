package dev.linnet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.core.exec.Backends;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measurements as JSON. */
final class ResultFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResultFile() {}

  /** The content of the file. */
  static String json(
      Options options, Machine machine, String backend, List<Measurement> measurements) {
    ObjectNode all = JSON.createObjectNode();
    all.put(
        "linnet",
        Optional.ofNullable(Backends.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)"));
    all.put("java", Runtime.version().toString());
    all.put("cpu", machine.model());
    all.put("cpuFamily", machine.family());
    all.put("backend", backend);
    all.put("threads", options.threads());
    all.put("quick", options.quick());
    for (Measurement m : measurements) {
      ObjectNode row = all.withArray("cases").addObject();
      row.put("name", m.name());
      row.put("nanos", m.nanos());
      row.put("lowNanos", m.lowNanos());
      row.put("highNanos", m.highNanos());
      row.put("flops", m.flops());
      row.put("bytes", m.bytes());
      row.put("gflops", m.gflops());
      row.put("peakGflops", m.peak());
      row.put("fractionOfPeak", m.peakFraction());
      row.put("gigabytesPerSecond", m.gigabytes());
      row.put("triadGigabytesPerSecond", m.triad());
      row.put("fractionOfMemory", m.memoryFraction());
      row.put("bound", m.bound().name().toLowerCase(Locale.ROOT));
      row.put("allocatedBytes", m.allocated());
      row.put("vectorBits", m.bits());
    }
    return all.toPrettyString() + "\n";
  }
}
