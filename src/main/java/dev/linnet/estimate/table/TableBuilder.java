package dev.linnet.estimate.table;

import dev.linnet.core.data.DataException;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Collects the rows of a table, column by column, in arrays that grow. */
final class TableBuilder {
  private final String source;
  private final SearchSpace space;
  private final double[][] columns;
  private final Map<Long, String> places = new HashMap<>();
  private long[] keys = new long[1024];
  private int rows;

  /**
   * @param source what messages name, a file
   * @param columns how many numbers a row has
   */
  TableBuilder(String source, SearchSpace space, int columns) {
    this.source = source;
    this.space = space;
    this.columns = new double[columns][keys.length];
  }

  /**
   * Adds a row.
   *
   * @param place where it stands, such as {@code line 7}
   * @param values one for each column; copied
   * @throws DataException if there is a row of this genotype already
   */
  void add(String place, Genotype genotype, double[] values) {
    long key = Table.key(space, genotype);
    String before = places.putIfAbsent(key, place);
    if (before != null) {
      throw new DataException(
          source, place + ": the genotype " + genotype + " has a row already, at " + before);
    }
    if (rows == keys.length) {
      keys = Arrays.copyOf(keys, 2 * rows);
      Arrays.setAll(columns, c -> Arrays.copyOf(columns[c], 2 * rows));
    }
    keys[rows] = key;
    for (int c = 0; c < columns.length; c++) {
      columns[c][rows] = values[c];
    }
    rows++;
  }

  /**
   * The genotypes as numbers.
   *
   * @throws DataException if there is no row
   */
  long[] keys() {
    if (rows == 0) {
      throw new DataException(source, "there is no row in this table");
    }
    return Arrays.copyOf(keys, rows);
  }

  /** A column as it is now. */
  double[] column(int index) {
    return Arrays.copyOf(columns[index], rows);
  }

  /** A column of whole numbers. */
  long[] whole(int index) {
    return Arrays.stream(columns[index], 0, rows).mapToLong(Math::round).toArray();
  }

  /** The mean of several columns, row by row. */
  double[] mean(int... indexes) {
    double[] mean = new double[rows];
    for (int row = 0; row < rows; row++) {
      for (int index : indexes) {
        mean[row] += columns[index][row] / indexes.length;
      }
    }
    return mean;
  }
}
