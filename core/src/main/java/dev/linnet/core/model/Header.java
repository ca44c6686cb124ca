package dev.linnet.core.model;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON header of a model file.
 *
 * @param graph the network
 * @param metadata all that is known besides
 * @param table the tensors in the order in which they follow: exactly the graph's parameters and
 *     states
 */
record Header(Graph graph, Metadata metadata, List<Entry> table) {
  private static final String PARAMETER = "parameter";
  private static final String STATE = "state";

  /**
   * One tensor of the table.
   *
   * @param name of the parameter or state
   * @param shape as in the graph
   * @param kind {@value #PARAMETER} or {@value #STATE}
   * @param crc the CRC-32C of its bytes
   */
  record Entry(String name, Shape shape, String kind, int crc) {
    /** The entry of a node that is stored. */
    static Entry of(Node node, int crc) {
      String kind = node.op() instanceof Leaf.Parameter ? PARAMETER : STATE;
      return new Entry(InferenceGraph.storedName(node), node.shape(), kind, crc);
    }

    long bytes() {
      return 4L * shape.size();
    }
  }

  /** UTF-8, one line. */
  byte[] write() {
    Map<String, Object> images = new LinkedHashMap<>();
    Preprocessing preprocessing = metadata.preprocessing();
    images.put("height", preprocessing.height());
    images.put("width", preprocessing.width());
    images.put("channels", preprocessing.channels());
    images.put("mean", list(preprocessing.mean()));
    images.put("std", list(preprocessing.std()));
    List<Object> tensors = new ArrayList<>();
    for (Entry entry : table) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", entry.name());
      row.put("shape", OpTable.shape(entry.shape()));
      row.put("kind", entry.kind());
      row.put("crc32c", FileFormat.hex(entry.crc()));
      tensors.add(row);
    }
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("graph", InferenceGraph.write(graph));
    header.put("genotype", metadata.genotype());
    header.put("space", metadata.space());
    header.put("labels", metadata.labels());
    header.put("preprocessing", images);
    header.put("provenance", metadata.provenance().entries());
    header.put("tensors", tensors);
    return JsonWriter.write(header).getBytes(StandardCharsets.UTF_8);
  }

  private static List<Object> list(float[] values) {
    List<Object> result = new ArrayList<>();
    for (float value : values) {
      result.add(value);
    }
    return result;
  }

  /**
   * Reads and checks a header.
   *
   * @throws IllegalArgumentException naming the place and what would be right
   */
  static Header read(byte[] bytes) {
    Map<String, Json> header =
        Json.parse(decode(bytes))
            .members(
                Set.of(
                    "graph",
                    "genotype",
                    "space",
                    "labels",
                    "preprocessing",
                    "provenance",
                    "tensors"));
    Metadata metadata =
        new Metadata(
            header.get("labels").elements().stream().map(Json::text).toList(),
            preprocessing(header.get("preprocessing")),
            header.get("genotype").text(),
            header.get("space").text(),
            provenance(header.get("provenance")));
    Graph graph = InferenceGraph.read(header.get("graph"));
    InferenceGraph.check(graph, metadata);
    return new Header(graph, metadata, table(header.get("tensors"), graph));
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the header is not UTF-8", e);
    }
  }

  private static Preprocessing preprocessing(Json json) {
    Map<String, Json> fields = json.members(Set.of("height", "width", "channels", "mean", "std"));
    return new Preprocessing(
        fields.get("height").integer(1, Integer.MAX_VALUE),
        fields.get("width").integer(1, Integer.MAX_VALUE),
        fields.get("channels").integer(1, Integer.MAX_VALUE),
        fields.get("mean").reals(),
        fields.get("std").reals());
  }

  private static Provenance provenance(Json json) {
    Map<String, Object> entries = new LinkedHashMap<>();
    json.members().forEach((name, entry) -> entries.put(name, fact(entry)));
    return new Provenance(entries);
  }

  private static Object fact(Json entry) {
    if (entry.value() instanceof Json.Numeral number) {
      String text = number.text();
      if (!number.whole()) {
        return Double.valueOf(text);
      }
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw entry.wrong("a whole number of 64 bits");
      }
    }
    if (entry.value() instanceof String text) {
      return text;
    }
    throw entry.wrong("a string or a number");
  }

  private static List<Entry> table(Json json, Graph graph) {
    Map<String, Node> missing = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (InferenceGraph.storedName(node) != null) {
        missing.put(InferenceGraph.storedName(node), node);
      }
    }
    List<Entry> result = new ArrayList<>();
    for (Json row : json.elements()) {
      Entry entry = entry(row);
      Node node = missing.remove(entry.name());
      if (node == null) {
        throw new IllegalArgumentException(
            row.where()
                + ": the graph has no tensor "
                + Json.quote(entry.name())
                + ", or the table has it twice");
      }
      Entry expected = Entry.of(node, entry.crc());
      if (!entry.equals(expected)) {
        throw new IllegalArgumentException(
            "tensor "
                + entry.name()
                + " is declared as "
                + entry.kind()
                + " "
                + entry.shape()
                + ", the graph has "
                + expected.kind()
                + " "
                + expected.shape());
      }
      result.add(entry);
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "tensor " + missing.keySet().iterator().next() + " of the graph is missing in the table");
    }
    return result;
  }

  private static Entry entry(Json row) {
    Map<String, Json> fields = row.members(Set.of("name", "shape", "kind", "crc32c"));
    String kind = fields.get("kind").text();
    if (!kind.equals(PARAMETER) && !kind.equals(STATE)) {
      throw fields.get("kind").wrong(PARAMETER + " or " + STATE);
    }
    String crc = fields.get("crc32c").text();
    if (!crc.matches("[0-9a-f]{8}")) {
      throw fields.get("crc32c").wrong("eight hexadecimal digits");
    }
    return new Entry(
        fields.get("name").text(),
        OpTable.shape(fields.get("shape")),
        kind,
        Integer.parseUnsignedInt(crc, 16));
  }
}
