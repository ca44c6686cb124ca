package dev.linnet.estimate.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.linnet.core.data.DataException;
import dev.linnet.text.JsonProblem;
import dev.linnet.text.Nearest;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records of which each is a JSON object on a line of its own. Blank lines are skipped. */
final class JsonLinesRecords implements Records {
  private static final ObjectReader READER =
      new ObjectMapper()
          .reader()
          .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final String source;
  private final BufferedReader in;
  private final List<String> wanted;
  private int line;

  /**
   * Reads lines.
   *
   * @param source what messages name
   * @param wanted names of members
   */
  JsonLinesRecords(String source, BufferedReader in, List<String> wanted) {
    this.source = source;
    this.in = in;
    this.wanted = List.copyOf(wanted);
  }

  @Override
  public Optional<String[]> next() throws IOException {
    String text;
    do {
      text = in.readLine();
      line++;
    } while (text != null && text.isBlank());
    if (text == null) {
      return Optional.empty();
    }
    JsonNode record = parse(text);
    String[] values = new String[wanted.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(record, wanted.get(i));
    }
    return Optional.of(values);
  }

  private JsonNode parse(String text) throws IOException {
    JsonNode record;
    try {
      record = READER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new DataException(
          source,
          "%s, column %d: %s"
              .formatted(place(), e.getLocation().getColumnNr(), JsonProblem.reason(e)),
          e);
    }
    if (!record.isObject()) {
      throw new DataException(source, place() + ": a JSON object was expected");
    }
    return record;
  }

  private String value(JsonNode record, String column) {
    JsonNode value = record.get(column);
    if (value == null) {
      List<String> names = new ArrayList<>();
      record.fieldNames().forEachRemaining(names::add);
      throw new DataException(source, place() + ": " + Nearest.unknown("column", column, names));
    }
    if (!value.isValueNode() || value.isNull()) {
      throw new DataException(
          source, "%s, column %s: a number or a text was expected".formatted(place(), column));
    }
    return value.asText();
  }

  @Override
  public String place() {
    return "line " + line;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
