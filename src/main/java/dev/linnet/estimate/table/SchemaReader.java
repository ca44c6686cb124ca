package dev.linnet.estimate.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.core.data.DataException;
import dev.linnet.space.Spaces;
import dev.linnet.text.JsonProblem;
import dev.linnet.text.Nearest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a {@link Schema} from JSON, strictly; {@code docs/tables.md} describes the form. */
final class SchemaReader {
  private static final List<String> MEMBERS =
      List.of("name", "space", "genotype", "choices", "objectives", "cost");

  private final String source;

  private SchemaReader(String source) {
    this.source = source;
  }

  /**
   * Reads a schema.
   *
   * @param source what messages name
   * @throws DataException in one line that names the member that is wrong
   */
  static Schema read(String source, String text) throws IOException {
    try {
      JsonNode root =
          new ObjectMapper()
              .reader()
              .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
              .readTree(text);
      return new SchemaReader(source).schema(root);
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

  private Schema schema(JsonNode root) {
    members("schema", root, MEMBERS);
    String name = text("name", root.path("name"));
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw wrong("name", "letters, digits, - and _ were expected, not \"" + name + "\"");
    }
    List<Schema.Quantity> quantities = new ArrayList<>();
    for (JsonNode node : list("objectives", root.path("objectives"))) {
      Schema.Quantity quantity = quantity("objectives[" + quantities.size() + "]", node);
      if (quantities.stream().anyMatch(q -> q.name().equals(quantity.name()))) {
        throw wrong("objectives", "two are called " + quantity.name());
      }
      quantities.add(quantity);
    }
    return new Schema(name, genotype(root), quantities, costs(root.path("cost")));
  }

  private Schema.Genotypes genotype(JsonNode root) {
    if (root.has("choices") == (root.has("space") || root.has("genotype"))) {
      throw wrong("schema", "either choices, or space and genotype were expected");
    }
    if (!root.has("choices")) {
      String space = text("space", root.path("space"));
      try {
        Spaces.named(space);
      } catch (IllegalArgumentException e) {
        throw new DataException(source, "space: " + e.getMessage(), e);
      }
      return new Schema.OfSpace(space, text("genotype", root.path("genotype")));
    }
    List<Schema.ChoiceColumn> choices = new ArrayList<>();
    for (JsonNode node : list("choices", root.path("choices"))) {
      String path = "choices[" + choices.size() + "]";
      if (node.isTextual()) {
        choices.add(new Schema.ChoiceColumn(text(path, node), List.of()));
      } else {
        members(path, node, List.of("column", "options"));
        choices.add(
            new Schema.ChoiceColumn(
                text(path + "/column", node.path("column")),
                texts(path + "/options", node.path("options"))));
      }
    }
    return new Schema.OfColumns(choices);
  }

  private Schema.Quantity quantity(String path, JsonNode node) {
    members(path, node, List.of("name", "search", "report", "unit", "goal", "range"));
    List<Schema.Level> search = levels(path + "/search", node.path("search"));
    List<String> report =
        node.has("report")
            ? columns(path + "/report", node.path("report"))
            : search.get(search.size() - 1).columns();
    String name = text(path + "/name", node.path("name"));
    if (!name.matches("[^\\s,]+")) {
      throw wrong(path + "/name", "a name without blanks and commas was expected, not " + name);
    }
    return new Schema.Quantity(name, scale(path, node), search, report);
  }

  private Scale scale(String path, JsonNode node) {
    String unit = node.has("unit") ? text(path + "/unit", node.path("unit")) : "percent";
    Scale usual =
        switch (unit) {
          case "percent" -> Scale.PERCENT;
          case "fraction" -> Scale.FRACTION;
          case "ms" -> Scale.MILLISECONDS;
          default -> new Scale(unit, false, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        };
    boolean known = List.of("percent", "fraction", "ms").contains(unit);
    boolean maximize = usual.maximize();
    if (node.has("goal")) {
      String goal = text(path + "/goal", node.path("goal"));
      if (!List.of("max", "min").contains(goal)) {
        throw wrong(path + "/goal", Nearest.unknown("goal", goal, List.of("max", "min")));
      }
      maximize = goal.equals("max");
    } else if (!known) {
      throw wrong(path, "a goal was expected, max or min, since the unit is " + unit);
    }
    double low = usual.low();
    double high = usual.high();
    if (node.has("range")) {
      List<JsonNode> ends = list(path + "/range", node.path("range"));
      if (ends.size() != 2 || !ends.stream().allMatch(JsonNode::isNumber)) {
        throw wrong(path + "/range", "two numbers were expected, the least and the greatest");
      }
      low = ends.get(0).asDouble();
      high = ends.get(1).asDouble();
      if (!(low < high)) {
        throw wrong(path + "/range", low + " is not below " + high);
      }
    }
    return new Scale(usual.unit(), maximize, low, high);
  }

  private Schema.CostColumns costs(JsonNode node) {
    if (node.isMissingNode()) {
      return Schema.CostColumns.NONE;
    }
    members("cost", node, List.of("params", "macs", "seconds"));
    List<Schema.Level> seconds =
        node.has("seconds") ? levels("cost/seconds", node.path("seconds")) : List.of();
    if (seconds.stream().anyMatch(level -> level.columns().size() > 1)) {
      throw wrong("cost/seconds", "one column for each budget was expected");
    }
    return new Schema.CostColumns(column(node, "params"), column(node, "macs"), seconds);
  }

  private Optional<String> column(JsonNode node, String name) {
    return node.has(name) ? Optional.of(text("cost/" + name, node.path(name))) : Optional.empty();
  }

  /** A column, a list of them (runs), or an object with one of these for each budget. */
  private List<Schema.Level> levels(String path, JsonNode node) {
    if (!node.isObject()) {
      return List.of(new Schema.Level(1, columns(path, node)));
    }
    TreeMap<Double, List<String>> budgets = new TreeMap<>();
    node.fieldNames()
        .forEachRemaining(
            name ->
                budgets.put(
                    budget(path + "/" + name, name), columns(path + "/" + name, node.path(name))));
    if (budgets.isEmpty()) {
      throw wrong(path, "at least one budget was expected");
    }
    double most = budgets.lastKey();
    List<Schema.Level> levels = new ArrayList<>();
    for (Map.Entry<Double, List<String>> budget : budgets.entrySet()) {
      levels.add(new Schema.Level(budget.getKey() / most, budget.getValue()));
    }
    return levels;
  }

  private double budget(String path, String text) {
    if (!text.matches("[0-9]+(\\.[0-9]+)?") || Double.parseDouble(text) <= 0) {
      throw wrong(path, "a budget above 0 was expected, such as 12");
    }
    return Double.parseDouble(text);
  }

  private List<String> columns(String path, JsonNode node) {
    return node.isTextual() ? List.of(text(path, node)) : texts(path, node);
  }

  private List<String> texts(String path, JsonNode node) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : list(path, node)) {
      texts.add(text(path + "[" + texts.size() + "]", each));
    }
    return texts;
  }

  private List<JsonNode> list(String path, JsonNode node) {
    if (!node.isArray() || node.isEmpty()) {
      throw wrong(path, "a list of at least one was expected");
    }
    List<JsonNode> nodes = new ArrayList<>();
    node.forEach(nodes::add);
    return nodes;
  }

  private String text(String path, JsonNode node) {
    boolean readable = node.isTextual() || node.isNumber();
    if (!readable || node.asText().isBlank()) {
      throw wrong(path, "a text was expected");
    }
    return node.asText();
  }

  private void members(String path, JsonNode node, List<String> known) {
    if (!node.isObject()) {
      throw wrong(path, "an object was expected");
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw wrong(path, Nearest.unknown("member", name, known));
              }
            });
  }

  private DataException wrong(String path, String reason) {
    return new DataException(source, path + ": " + reason);
  }
}
