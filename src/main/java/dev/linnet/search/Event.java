package dev.linnet.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * Something that happened in a run: one line of its {@link EventLog}.
 *
 * <p>Fractions are rounded to six significant digits, by decimal arithmetic, so that every JVM
 * writes the same text; what is not a finite number becomes null. The nodes belong to the event and
 * must not be modified.
 *
 * @param type the kind of event, such as {@code trial}
 * @param fields what two runs with one seed have in common, in a fixed order
 * @param stamp what may differ between two runs with one seed: times, threads, machines
 */
public record Event(String type, ObjectNode fields, ObjectNode stamp) {
  static final String SEQUENCE = "seq";
  static final String TYPE = "event";
  static final String STAMP = "stamp";
  static final String SECONDS = "seconds";
  static final String CHECKSUM = "crc";

  private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

  /**
   * Copies and rounds the nodes.
   *
   * @throws IllegalArgumentException if a field has a name that the log uses itself
   */
  public Event {
    fields = rounded(fields);
    stamp = rounded(stamp);
    requireFree(type, fields, List.of(SEQUENCE, TYPE, STAMP));
    requireFree(type, stamp, List.of(CHECKSUM));
  }

  /** An event that only the log stamps. */
  public Event(String type, ObjectNode fields) {
    this(type, fields, object());
  }

  /** An empty object to put fields into. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Seconds since the start of the run, where the event was read from a log; else 0. */
  public double seconds() {
    return stamp.path(SECONDS).asDouble();
  }

  private static void requireFree(String type, ObjectNode fields, List<String> reserved) {
    for (String name : reserved) {
      if (fields.has(name)) {
        throw new IllegalArgumentException(
            "event " + type + ": the name " + name + " belongs to the log");
      }
    }
  }

  /** A copy of the object with rounded numbers. */
  static ObjectNode rounded(ObjectNode node) {
    ObjectNode copy = object();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      copy.set(field.getKey(), rounded(field.getValue()));
    }
    return copy;
  }

  private static JsonNode rounded(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return rounded(object);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> copy.add(rounded(element)));
      return copy;
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.canConvertToInt()
          ? IntNode.valueOf(node.intValue())
          : LongNode.valueOf(node.longValue());
    }
    return node.isFloatingPointNumber() ? roundedNumber(node) : node;
  }

  private static JsonNode roundedNumber(JsonNode node) {
    if (!node.isBigDecimal() && !Double.isFinite(node.doubleValue())) {
      return NullNode.instance;
    }
    BigDecimal exact =
        node.isBigDecimal() ? node.decimalValue() : new BigDecimal(node.doubleValue());
    BigDecimal short6 = exact.round(DIGITS).stripTrailingZeros();
    return DecimalNode.valueOf(short6.scale() < 0 ? short6.setScale(0) : short6);
  }
}
