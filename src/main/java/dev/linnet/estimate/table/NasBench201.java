package dev.linnet.estimate.table;

import dev.linnet.core.data.DataException;
import dev.linnet.space.CellSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The columns of NAS-Bench-201 (Dong and Yang 2020, arXiv:2001.00326) as CSV: {@code arch} has the
 * benchmark's own text, {@code c10_val_e12} the validation accuracy on CIFAR-10 after 12 epochs in
 * percent, {@code c10_test_e12} that on the test images, so for {@code c100} and {@code in16}
 * (ImageNet16-120), and {@code lat_…} the latency on a device in ms.
 *
 * <p>A search is told the validation accuracy, and reports say the test accuracy. Where there are
 * several numbers of epochs, they are the budgets.
 */
final class NasBench201 {
  static final String NAME = "nas-bench-201";
  static final String ARCHITECTURE = "arch";
  private static final String LATENCY = "lat_";
  private static final Pattern VALIDATION = Pattern.compile("(c10|c100|in16)_val_e([0-9]{1,4})");
  private static final List<DataSet> DATA_SETS =
      List.of(
          new DataSet("c10", "cifar10"),
          new DataSet("c100", "cifar100"),
          new DataSet("in16", "imagenet16-120"));

  /** A data set: what its columns start with, and its name here. */
  private record DataSet(String column, String name) {}

  private NasBench201() {}

  /** Whether a CSV header looks like such a table. */
  static boolean is(List<String> header) {
    return header.contains(ARCHITECTURE)
        && header.stream().anyMatch(column -> VALIDATION.matcher(column).matches());
  }

  /**
   * The schema for a header.
   *
   * @param source what messages name
   * @throws DataException if a validation accuracy has no test accuracy beside it
   */
  static Schema schema(String source, List<String> header) {
    List<Schema.Quantity> quantities = new ArrayList<>();
    for (DataSet dataSet : DATA_SETS) {
      SortedMap<Integer, String> validation = new TreeMap<>();
      for (String name : header) {
        Matcher matcher = VALIDATION.matcher(name);
        if (matcher.matches() && matcher.group(1).equals(dataSet.column())) {
          validation.put(Integer.parseInt(matcher.group(2)), name);
        }
      }
      if (!validation.isEmpty()) {
        quantities.add(accuracy(source, header, dataSet.name(), validation));
      }
    }
    for (String name : header) {
      if (name.startsWith(LATENCY)) {
        String device = name.substring(LATENCY.length()).replace('_', '-');
        quantities.add(
            new Schema.Quantity(
                "latency:" + device,
                Scale.MILLISECONDS,
                List.of(new Schema.Level(1, List.of(name))),
                List.of(name)));
      }
    }
    String space = "cell-" + CellSpace.BENCHMARK_CELLS;
    return new Schema(
        NAME,
        new Schema.OfSpace(space, ARCHITECTURE),
        List.copyOf(quantities),
        Schema.CostColumns.NONE);
  }

  private static Schema.Quantity accuracy(
      String source, List<String> header, String dataSet, SortedMap<Integer, String> validation) {
    int most = validation.lastKey();
    String test = validation.get(most).replace("_val_", "_test_");
    if (!header.contains(test)) {
      throw new DataException(
          source, "line 1: " + validation.get(most) + " is there, but not " + test);
    }
    List<Schema.Level> levels = new ArrayList<>();
    validation.forEach(
        (epochs, name) -> levels.add(new Schema.Level((double) epochs / most, List.of(name))));
    return new Schema.Quantity("accuracy:" + dataSet, Scale.PERCENT, levels, List.of(test));
  }
}
