package dev.linnet.estimate.table;

import dev.linnet.core.data.DataException;
import dev.linnet.space.Choice;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Spaces;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Makes a table of records by a schema. */
final class SchemaTable {
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private final String source;
  private final Schema schema;
  private final List<String> keyColumns;
  private final List<String> numberColumns;
  private final Map<String, Scale> ranges = new HashMap<>();

  /** Opens the file anew, for the given columns. */
  @FunctionalInterface
  interface Opener {
    Records open(List<String> columns) throws IOException;
  }

  private SchemaTable(String source, Schema schema) {
    this.source = source;
    this.schema = schema;
    this.keyColumns = schema.genotype().columns();
    this.numberColumns = schema.numbers();
    for (Schema.Quantity quantity : schema.quantities()) {
      quantity.search().forEach(l -> l.columns().forEach(c -> ranges.put(c, quantity.scale())));
      quantity.report().forEach(c -> ranges.put(c, quantity.scale()));
    }
  }

  /**
   * Reads a table.
   *
   * @param source what messages name
   * @throws DataException in one line: a column is not there, a value is no finite number or out of
   *     its range, a genotype is unknown or has two rows
   */
  static Table read(String source, Schema schema, Opener opener) throws IOException {
    return new SchemaTable(source, schema).read(opener);
  }

  private Table read(Opener opener) throws IOException {
    SearchSpace space = space(opener);
    if (space.size().compareTo(MOST) > 0) {
      throw new DataException(source, "the choices have 2^63 or more combinations");
    }
    TableBuilder rows = new TableBuilder(source, space, numberColumns.size());
    List<String> columns = new ArrayList<>(keyColumns);
    columns.addAll(numberColumns);
    double[] numbers = new double[numberColumns.size()];
    try (Records records = opener.open(columns)) {
      for (Optional<String[]> r = records.next(); r.isPresent(); r = records.next()) {
        String[] values = r.get();
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = number(records, numberColumns.get(i), values[keyColumns.size() + i]);
        }
        rows.add(records.place(), genotype(space, records, values), numbers);
      }
    }
    long[] keys = rows.keys();
    List<Measure> measures = new ArrayList<>();
    for (Schema.Quantity quantity : schema.quantities()) {
      measures.add(
          new Measure(
              quantity.name(),
              quantity.scale(),
              levels(rows, quantity.search()),
              rows.mean(indexes(quantity.report()))));
    }
    Schema.CostColumns costs = schema.costs();
    return new Table(
        schema.name(),
        space,
        keys,
        measures,
        new Table.Costs(
            costs.params().map(c -> rows.whole(index(c))).orElse(new long[0]),
            costs.macs().map(c -> rows.whole(index(c))).orElse(new long[0]),
            levels(rows, costs.seconds())));
  }

  private List<Measure.Level> levels(TableBuilder rows, List<Schema.Level> levels) {
    return levels.stream()
        .map(
            level ->
                new Measure.Level(
                    level.fidelity(),
                    level.columns().stream()
                        .map(c -> rows.column(index(c)))
                        .toArray(double[][]::new)))
        .toList();
  }

  private int index(String column) {
    return numberColumns.indexOf(column);
  }

  private int[] indexes(List<String> columns) {
    return columns.stream().mapToInt(this::index).toArray();
  }

  private SearchSpace space(Opener opener) throws IOException {
    if (schema.genotype() instanceof Schema.OfSpace named) {
      return Spaces.named(named.space());
    }
    List<Schema.ChoiceColumn> columns = ((Schema.OfColumns) schema.genotype()).choices();
    List<Collection<String>> options = new ArrayList<>();
    for (Schema.ChoiceColumn column : columns) {
      options.add(
          column.options().isEmpty() ? new TreeSet<>(BY_NUMBER_OR_ALPHABET) : column.options());
    }
    if (columns.stream().anyMatch(c -> c.options().isEmpty())) {
      try (Records records = opener.open(keyColumns)) {
        for (Optional<String[]> r = records.next(); r.isPresent(); r = records.next()) {
          for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).options().isEmpty()) {
              options.get(i).add(r.get()[i]);
            }
          }
        }
      }
    }
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      choices.add(choice(columns.get(i).column(), List.copyOf(options.get(i))));
    }
    return SearchSpace.of(
        schema.name(),
        choices,
        (chosen, task) -> {
          throw new IllegalArgumentException(
              "the space of table " + schema.name() + " has no networks, only rows");
        });
  }

  private Choice choice(String label, List<String> options) {
    if (options.isEmpty()) {
      throw new DataException(source, "there is no row in this table");
    }
    try {
      return new Choice.OneOf(label, options);
    } catch (IllegalArgumentException e) {
      throw new DataException(source, e.getMessage(), e);
    }
  }

  private Genotype genotype(SearchSpace space, Records records, String[] values) {
    String column = keyColumns.get(0);
    try {
      if (schema.genotype() instanceof Schema.OfSpace) {
        return space.parse(values[0]);
      }
      int[] genes = new int[keyColumns.size()];
      for (int i = 0; i < genes.length; i++) {
        column = keyColumns.get(i);
        genes[i] = space.genes().get(i).indexOf(values[i]);
      }
      return space.genotype(genes);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          source, "%s, column %s: %s".formatted(records.place(), column, e.getMessage()), e);
    }
  }

  private double number(Records records, String column, String text) {
    double value = Double.NaN;
    try {
      // parseDouble takes 1f and 0x1p3 for numbers too
      if (text.chars().allMatch(c -> "+-.0123456789eE".indexOf(c) >= 0)) {
        value = Double.parseDouble(text);
      }
    } catch (NumberFormatException e) {
      // refused below, with what is not finite
    }
    if (!Double.isFinite(value)) {
      throw new DataException(
          source,
          "%s, column %s: '%s' is no finite number".formatted(records.place(), column, text));
    }
    Scale scale = ranges.get(column);
    if (scale == null ? value < 0 : !scale.contains(value)) {
      throw new DataException(
          source,
          "%s, column %s: %s is %s"
              .formatted(
                  records.place(),
                  column,
                  text,
                  scale == null
                      ? "below 0"
                      : "outside of the range " + scale.low() + "…" + scale.high()));
    }
    return value;
  }

  private static final Comparator<String> BY_NUMBER_OR_ALPHABET =
      Comparator.comparingDouble(SchemaTable::orInfinity).thenComparing(Comparator.naturalOrder());

  private static double orInfinity(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
