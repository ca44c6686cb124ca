package dev.linnet.bench.gpu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code torch_peer.py} found out.
 *
 * @param about one line: version, device, libraries; or why nothing was measured
 * @param measured whether anything could be
 * @param runs what was
 * @param failures lines about what was not
 */
record TorchResult(String about, boolean measured, List<Run> runs, List<String> failures) {
  /**
   * A network through PyTorch.
   *
   * @param variant {@code eager}, {@code graph} for launches that are recorded and replayed, with
   *     {@code /tf32} behind it
   * @param parameters of the network as PyTorch counts them
   */
  record Run(
      String network,
      boolean training,
      int batch,
      String variant,
      long parameters,
      Samples samples) {}

  /** Nothing was measured. */
  static TorchResult missing(String why) {
    return new TorchResult(why, false, List.of(), List.of());
  }

  /**
   * Reads the script's output: an object a line. Other lines, which a library may print, are passed
   * over.
   *
   * @throws IllegalArgumentException if an object lacks what it should have
   */
  static TorchResult parse(Stream<String> lines) {
    ObjectMapper mapper = new ObjectMapper();
    List<Run> runs = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    String about = "";
    String missing = "";
    for (String line : (Iterable<String>) lines.filter(each -> each.startsWith("{"))::iterator) {
      JsonNode node;
      try {
        node = mapper.readTree(line);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("the PyTorch script printed " + line, e);
      }
      if (node.has("missing")) {
        missing = node.get("missing").asText();
      } else if (node.has("about")) {
        about = node.get("about").asText();
      } else if (node.has("failed")) {
        failures.add(node.get("failed").asText());
      } else {
        runs.add(run(node, line));
      }
    }
    if (about.isEmpty()) {
      return missing(missing.isEmpty() ? "the PyTorch script printed nothing" : missing);
    }
    return new TorchResult(about, true, List.copyOf(runs), List.copyOf(failures));
  }

  private static Run run(JsonNode node, String line) {
    JsonNode seconds = node.path("seconds");
    if (!node.path("network").isTextual() || !seconds.isArray() || seconds.isEmpty()) {
      throw new IllegalArgumentException("the PyTorch script printed " + line);
    }
    double[] samples = new double[seconds.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = seconds.get(i).asDouble();
    }
    return new Run(
        node.get("network").asText(),
        node.path("training").asBoolean(),
        node.path("batch").asInt(),
        node.path("variant").asText(),
        node.path("parameters").asLong(),
        Samples.of(node.path("runs").asInt(1), samples));
  }

  /** The run of the same network, mode and batch. */
  Optional<Run> find(NetworkRow row, String variant) {
    return runs.stream()
        .filter(run -> run.network().equals(row.network()) && run.training() == row.training())
        .filter(run -> run.batch() == row.batch() && run.variant().equals(variant))
        .findFirst();
  }

  /** The variants that were measured, in their order. */
  List<String> variants() {
    return runs.stream().map(Run::variant).distinct().toList();
  }
}
