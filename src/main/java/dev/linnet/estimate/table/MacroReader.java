package dev.linnet.estimate.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.linnet.core.data.DataException;
import dev.linnet.space.Genotype;
import dev.linnet.space.MacroSpace;
import dev.linnet.space.SearchSpace;
import dev.linnet.text.JsonProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads NAS-Bench-Macro's own file (arXiv:2103.11922): a JSON object with a member for each of
 * 6,561 networks, such as {@code "02012100": {"test_acc": [89.47, 88.95, 89.17], "mean_acc": …,
 * "params": 890666, "flops": 47327744}}.
 *
 * <p>The file has no validation accuracy. A search is told the test accuracy of single runs; what
 * is reported is the mean of all runs. Its FLOPs are multiply-accumulates.
 */
final class MacroReader {
  static final String NAME = "nas-bench-macro";
  private static final List<String> MEMBERS = List.of("test_acc", "mean_acc", "params", "flops");

  private final String source;
  private final SearchSpace space = MacroSpace.space();
  private int runs;
  private TableBuilder rows;

  private MacroReader(String source) {
    this.source = source;
  }

  /**
   * Reads a table.
   *
   * @param source what messages name
   * @throws DataException if the file is not as said
   */
  static Table read(String source, InputStream in) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(in)) {
      return new MacroReader(source).table(json);
    } catch (JsonProcessingException e) {
      throw new DataException(
          source,
          "line %d, column %d: %s"
              .formatted(
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  JsonProblem.reason(e)),
          e);
    }
  }

  private Table table(JsonParser json) throws IOException {
    expect(json, json.nextToken() == JsonToken.START_OBJECT, "an object was expected");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      network(json, json.currentName());
    }
    if (rows == null) {
      throw new DataException(source, "there is no network in this table");
    }
    double[][] single = new double[runs][];
    Arrays.setAll(single, rows::column);
    Measure accuracy =
        new Measure(
            "accuracy", Scale.PERCENT, List.of(new Measure.Level(1, single)), rows.column(runs));
    Table.Costs costs = new Table.Costs(rows.whole(runs + 1), rows.whole(runs + 2), List.of());
    return new Table(NAME, space, rows.keys(), List.of(accuracy), costs);
  }

  private void network(JsonParser json, String text) throws IOException {
    Genotype genotype;
    try {
      genotype = space.parse(text);
    } catch (IllegalArgumentException e) {
      throw new DataException(source, at(json) + ": " + e.getMessage(), e);
    }
    String place = at(json) + ", network " + text;
    expect(json, json.nextToken() == JsonToken.START_OBJECT, text + ": an object was expected");
    double[][] found = new double[MEMBERS.size()][];
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      int member = MEMBERS.indexOf(json.currentName());
      json.nextToken();
      if (member < 0) {
        json.skipChildren();
      } else {
        found[member] = numbers(json, text + "/" + MEMBERS.get(member), member == 0);
      }
    }
    for (int i = 0; i < found.length; i++) {
      expect(json, found[i] != null, text + " has no " + MEMBERS.get(i));
    }
    if (rows == null) {
      runs = found[0].length;
      rows = new TableBuilder(source, space, runs + MEMBERS.size() - 1);
    }
    expect(
        json,
        found[0].length == runs && runs > 0,
        text + " has " + found[0].length + " runs in test_acc, the network before it " + runs);
    double[] row = Arrays.copyOf(found[0], runs + MEMBERS.size() - 1);
    for (int i = 1; i < found.length; i++) {
      row[runs + i - 1] = found[i][0];
    }
    rows.add(place, genotype, row);
  }

  private double[] numbers(JsonParser json, String name, boolean several) throws IOException {
    if (!several) {
      return new double[] {number(json, name)};
    }
    expect(json, json.currentToken() == JsonToken.START_ARRAY, name + ": a list was expected");
    List<Double> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      numbers.add(number(json, name));
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private double number(JsonParser json, String name) throws IOException {
    expect(json, json.currentToken().isNumeric(), name + " is no number: " + json.getText());
    double value = json.getDoubleValue();
    expect(json, !name.endsWith("_acc") || Scale.PERCENT.contains(value), name + " is " + value);
    return value;
  }

  private void expect(JsonParser json, boolean condition, String otherwise) {
    if (!condition) {
      throw new DataException(source, at(json) + ": " + otherwise);
    }
  }

  private static String at(JsonParser json) {
    return "line %d, column %d"
        .formatted(json.currentLocation().getLineNr(), json.currentLocation().getColumnNr());
  }
}
