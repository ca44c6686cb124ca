package dev.linnet.space;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One entry per sequence of up to three operations that compute something: how many paths have it.
 * Shorter sequences come first, 1 + 3 + 9 + 27; among equally long ones the last operation runs
 * fastest.
 */
record PathCountEncoding(SearchSpace space) implements Encoding {
  private static final List<String> OPERATIONS =
      CellSpace.OPERATIONS.stream()
          .filter(o -> !o.equals(CellSpace.NONE) && !o.equals(CellSpace.SKIP))
          .toList();

  PathCountEncoding {
    PathEncoding.requireCell(space);
  }

  @Override
  public int size() {
    int size = 1;
    for (int length = 1, paths = OPERATIONS.size();
        length < CellSpace.NODES;
        length++, paths *= OPERATIONS.size()) {
      size += paths;
    }
    return size;
  }

  @Override
  public void encode(Genotype genotype, double[] out, int at) {
    Chosen cell = space.chosen(space.canonical(genotype));
    Objects.checkFromIndexSize(at, size(), out.length);
    Arrays.fill(out, at, at + size(), 0);
    count(cell, 0, 0, out, at);
  }

  /**
   * Counts every path that continues a given one.
   *
   * @param node that the path has reached
   * @param entry of the path's operations so far
   */
  private static void count(Chosen cell, int node, int entry, double[] out, int at) {
    if (node == CellSpace.NODES - 1) {
      out[at + entry]++;
      return;
    }
    for (CellSpace.Edge edge : CellSpace.EDGES) {
      String option = cell.option(edge.label());
      if (edge.from() == node && !option.equals(CellSpace.NONE)) {
        int operation = OPERATIONS.indexOf(option);
        int longer = operation < 0 ? entry : entry * OPERATIONS.size() + 1 + operation;
        count(cell, edge.to(), longer, out, at);
      }
    }
  }
}
