package dev.linnet.bench.gpu;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.core.exec.ContractReport;

/** What was found out about one device, as JSON. */
final class DeviceReport {
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();

  DeviceReport(MeasuredDevice device) {
    root.put("backend", device.name());
    root.put("gpu", device.kind() == MeasuredDevice.Kind.GPU);
    ArrayNode facts = root.putArray("facts");
    device.facts().forEach(facts::add);
    root.put("kernelClock", device.clock().name());
    root.put("networkClock", device.networkClock().name());
  }

  ObjectNode json() {
    return root;
  }

  void add(ContractReport.Line line) {
    ObjectNode node = root.withArray("correctness").addObject();
    node.put("name", line.name()).put("cases", line.cases()).put("failed", line.failed());
    node.put("error", line.error()).put("ofTolerance", line.ofTolerance());
    if (!line.passed()) {
      node.put("reason", line.reason());
    }
  }

  void add(Peaks peaks) {
    ObjectNode node = root.putObject("peaks");
    node.put("gflops", peaks.gflops()).put("copy", peaks.copy());
    ObjectNode copies = node.putObject("copies");
    peaks.copies().forEach((bytes, rate) -> copies.put(Long.toString(bytes), rate));
  }

  void add(KernelRow row) {
    ObjectNode node = root.withArray("kernels").addObject();
    node.put("name", row.name()).put("flops", row.flops()).put("bytes", row.bytes());
    add(node, row.samples());
    node.put("gflops", row.gflops()).put("ofPeak", row.ofPeak());
    node.put("gigabytes", row.gigabytes()).put("ofCopy", row.ofCopy());
  }

  void add(NetworkRow row) {
    ObjectNode node = root.withArray("networks").addObject();
    node.put("network", row.network()).put("mode", row.mode()).put("batch", row.batch());
    node.put("parameters", row.parameters()).put("flops", row.flops());
    add(node, row.samples());
    node.put("imagesPerSecond", row.imagesPerSecond());
    node.put("gflops", row.gflops()).put("ofPeak", row.ofPeak());
  }

  void add(TorchResult torch) {
    ObjectNode node = root.putObject("pytorch");
    node.put("about", torch.about());
    for (TorchResult.Run run : torch.runs()) {
      ObjectNode each = node.withArray("runs").addObject();
      each.put("network", run.network()).put("mode", run.training() ? "training" : "inference");
      each.put("batch", run.batch()).put("variant", run.variant());
      each.put("parameters", run.parameters());
      add(each, run.samples());
      each.put("imagesPerSecond", run.samples().rate(run.batch()));
    }
  }

  void addRatio(NetworkRow row, TorchResult.Run run) {
    ObjectNode node = root.withArray("ratios").addObject();
    node.put("name", row.name()).put("variant", run.variant());
    node.put("ratio", Table.ratio(row, run));
  }

  private static void add(ObjectNode node, Samples samples) {
    node.put("seconds", samples.median());
    node.put("fastest", samples.low()).put("slowest", samples.high());
    node.put("samples", samples.count()).put("runsOfASample", samples.runs());
  }
}
