package dev.linnet.estimate.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Which columns of a file are choices, objectives, budgets and costs.
 *
 * @param name of the table
 * @param genotype the genotypes, in one of two ways
 * @param quantities what was measured, at least one
 * @param costs what an architecture and its evaluation cost
 */
record Schema(String name, Genotypes genotype, List<Quantity> quantities, CostColumns costs) {

  /** How a row says its genotype. */
  sealed interface Genotypes permits OfSpace, OfColumns {
    /** The columns that are read. */
    List<String> columns();
  }

  /**
   * By the text form of a built-in space.
   *
   * @param space its name, such as {@code cell-5}
   * @param column where the text stands
   */
  record OfSpace(String space, String column) implements Genotypes {
    @Override
    public List<String> columns() {
      return List.of(column);
    }
  }

  /**
   * By a column for every choice.
   *
   * @param choices at least one
   */
  record OfColumns(List<ChoiceColumn> choices) implements Genotypes {
    @Override
    public List<String> columns() {
      return choices.stream().map(ChoiceColumn::column).toList();
    }
  }

  /**
   * A choice.
   *
   * @param column its name, also the label of the choice
   * @param options in order; empty for those that occur in the file, numbers by value and texts by
   *     alphabet
   */
  record ChoiceColumn(String column, List<String> options) {}

  /**
   * A measured quantity.
   *
   * @param name as the user names it
   * @param scale its unit and range
   * @param search what a search is told, by fidelity from low to high; the last one is 1
   * @param report the columns of which the mean is reported
   */
  record Quantity(String name, Scale scale, List<Level> search, List<String> report) {}

  /**
   * The columns of one budget.
   *
   * @param fidelity the part of the largest budget, in (0, 1]
   * @param columns one for each run
   */
  record Level(double fidelity, List<String> columns) {}

  /**
   * The columns of costs.
   *
   * @param params trainable values, if known
   * @param macs multiply-accumulates, if known
   * @param seconds of an evaluation, by fidelity; empty if not known
   */
  record CostColumns(Optional<String> params, Optional<String> macs, List<Level> seconds) {
    static final CostColumns NONE = new CostColumns(Optional.empty(), Optional.empty(), List.of());
  }

  /** The columns that hold numbers, each once. */
  List<String> numbers() {
    LinkedHashSet<String> columns = new LinkedHashSet<>();
    for (Quantity quantity : quantities) {
      quantity.search().forEach(level -> columns.addAll(level.columns()));
      columns.addAll(quantity.report());
    }
    costs.params().ifPresent(columns::add);
    costs.macs().ifPresent(columns::add);
    costs.seconds().forEach(level -> columns.addAll(level.columns()));
    return new ArrayList<>(columns);
  }
}
