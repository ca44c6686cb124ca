package dev.linnet.estimate.table;

import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import dev.linnet.text.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * What is known of the architectures of a space: rows of numbers by genotype, in primitive arrays.
 * Immutable.
 *
 * <p>A network that several genotypes stand for may have several rows, in which the same thing was
 * measured more than once with different results. One of them answers for all: that of the
 * canonical genotype, or where the table has none, the first of the others. The optimum is the best
 * of the rows that answer. In NAS-Bench-Macro the rows of one network are equal; of NAS-Bench-201's
 * 15,625 rows 6,466 answer.
 */
public final class Table {
  private final String name;
  private final SearchSpace space;
  private final long[] keys;
  private final List<Measure> measures;
  private final Costs costs;
  private final long[] canonicalKeys;
  private final int[] answering;

  /**
   * Costs by row; an array is empty where the table does not say them.
   *
   * @param params trainable values
   * @param macs multiply-accumulates for one image
   * @param levels seconds of an evaluation, by fidelity from low to high; empty if not known
   */
  record Costs(long[] params, long[] macs, List<Measure.Level> levels) {}

  /**
   * Takes ownership of the arrays.
   *
   * @param keys the genotypes of the rows as numbers, see {@link #key}; all different
   */
  Table(String name, SearchSpace space, long[] keys, List<Measure> measures, Costs costs) {
    this.name = name;
    this.space = space;
    this.keys = keys;
    this.measures = List.copyOf(measures);
    this.costs = costs;
    TreeMap<Long, Integer> rows = new TreeMap<>();
    for (int row = 0; row < keys.length; row++) {
      long canonical = key(space, space.canonical(genotype(row)));
      if (keys[row] == canonical || !rows.containsKey(canonical)) {
        rows.put(canonical, row);
      }
    }
    canonicalKeys = rows.keySet().stream().mapToLong(Long::longValue).toArray();
    answering = rows.values().stream().mapToInt(Integer::intValue).toArray();
  }

  /** A short name, such as {@code nas-bench-macro}. */
  public String name() {
    return name;
  }

  /** The space of its genotypes. */
  public SearchSpace space() {
    return space;
  }

  /** The number of rows. */
  public int rows() {
    return keys.length;
  }

  /** The quantities that it has, in the order in which it has them. */
  public List<Measure> measures() {
    return measures;
  }

  /**
   * The quantity called {@code wanted}. What stands before or behind the colon of a name will do:
   * {@code accuracy} is the first one that starts so, {@code cifar100} is {@code
   * accuracy:cifar100}.
   *
   * @throws IllegalArgumentException in one line that says the known names
   */
  public Measure measure(String wanted) {
    for (String form : List.of("%s", "%s:", ":%s")) {
      String part = form.formatted(wanted);
      for (Measure measure : measures) {
        String full = measure.name();
        if (full.equals(part)
            || (part.endsWith(":") && full.startsWith(part))
            || (part.startsWith(":") && full.endsWith(part))) {
          return measure;
        }
      }
    }
    throw new IllegalArgumentException(
        Nearest.unknown("objective", wanted, measures.stream().map(Measure::name).toList()));
  }

  /**
   * The row that answers for a genotype and all others that stand for the same network.
   *
   * @return -1 if there is none
   */
  public int row(Genotype genotype) {
    int index = Arrays.binarySearch(canonicalKeys, key(space, space.canonical(genotype)));
    return index < 0 ? -1 : answering[index];
  }

  /** The genotype of a row. */
  public Genotype genotype(int row) {
    int[] values = new int[space.genes().size()];
    long rest = keys[row];
    for (int i = values.length - 1; i >= 0; i--) {
      int size = space.genes().get(i).size();
      values[i] = (int) (rest % size);
      rest /= size;
    }
    return space.genotype(values);
  }

  /** The rows that answer, as many as the table has networks; a fresh array. */
  public int[] answering() {
    return answering.clone();
  }

  /** The best reported value of the rows that answer for a genotype. */
  public double optimum(Measure measure) {
    double best = Double.NaN;
    for (int row : answering) {
      double value = measure.reported(row);
      if (Double.isNaN(best) || measure.scale().regret(value, best) > 0) {
        best = value;
      }
    }
    return best;
  }

  /** Whether {@link #params} is known. */
  public boolean hasParams() {
    return costs.params().length > 0;
  }

  /** Whether {@link #macs} is known. */
  public boolean hasMacs() {
    return costs.macs().length > 0;
  }

  /** Trainable values; 0 where the table does not say. */
  public long params(int row) {
    return hasParams() ? costs.params()[row] : 0;
  }

  /** Multiply-accumulates for one image; 0 where the table does not say. */
  public long macs(int row) {
    return hasMacs() ? costs.macs()[row] : 0;
  }

  /** Whether {@link #seconds} is known. */
  public boolean hasClock() {
    return !costs.levels().isEmpty();
  }

  /**
   * How long an evaluation took, in seconds; 0 where the table does not say. Of several levels the
   * cheapest one that is at least as high as {@code fidelity} counts.
   */
  public double seconds(int row, double fidelity) {
    for (Measure.Level level : costs.levels()) {
      if (level.fidelity() >= fidelity) {
        return level.runs()[0][row];
      }
    }
    return 0;
  }

  /** The bytes of all arrays. */
  public long bytes() {
    long longs =
        0L + keys.length + canonicalKeys.length + costs.params().length + costs.macs().length;
    long bytes = Long.BYTES * longs + (long) Integer.BYTES * answering.length;
    for (Measure measure : measures) {
      bytes += measure.bytes();
    }
    for (Measure.Level level : costs.levels()) {
      bytes += (long) Double.BYTES * level.runs()[0].length;
    }
    return bytes;
  }

  /** The genotype as a number: its place in {@link SearchSpace#all}. */
  static long key(SearchSpace space, Genotype genotype) {
    long key = 0;
    for (int i = 0; i < genotype.size(); i++) {
      key = key * space.genes().get(i).size() + genotype.value(i);
    }
    return key;
  }

  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    measures.forEach(measure -> names.add(measure.name()));
    return name + " (" + rows() + " rows of " + space.name() + ": " + names + ")";
  }
}
