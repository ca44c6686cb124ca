package dev.linnet.space;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One entry per sequence of one to three operations, {@code none} left out as it ends a path: 4 +
 * 16 + 64. Shorter sequences come first; among equally long ones the last operation runs fastest.
 */
record PathEncoding(SearchSpace space) implements Encoding {
  private static final List<String> OPERATIONS =
      CellSpace.OPERATIONS.stream().filter(o -> !o.equals(CellSpace.NONE)).toList();

  PathEncoding {
    requireCell(space);
  }

  static boolean isCell(SearchSpace space) {
    List<Gene> cell =
        CellSpace.EDGES.stream().map(e -> new Gene(e.label(), CellSpace.OPERATIONS)).toList();
    return space.genes().equals(cell);
  }

  static void requireCell(SearchSpace space) {
    if (!isCell(space)) {
      throw new IllegalArgumentException(
          "the path encoding is for the space cell, not for " + space.name());
    }
  }

  @Override
  public int size() {
    int size = 0;
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
    mark(cell, 0, 0, 0, out, at);
  }

  /**
   * Marks every path that continues a given one.
   *
   * @param node that the path has reached
   * @param shorter the number of sequences that are shorter than the path
   * @param number of the path's operations among the sequences of its length
   */
  private static void mark(Chosen cell, int node, int shorter, int number, double[] out, int at) {
    if (node == CellSpace.NODES - 1) {
      out[at + shorter + number] = 1;
      return;
    }
    for (CellSpace.Edge edge : CellSpace.EDGES) {
      int operation = OPERATIONS.indexOf(cell.option(edge.label()));
      if (edge.from() == node && operation >= 0) {
        int longer = node == 0 ? 0 : OPERATIONS.size() * (shorter + 1);
        mark(cell, edge.to(), longer, number * OPERATIONS.size() + operation, out, at);
      }
    }
  }
}
