package dev.linnet.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which cells of {@link CellSpace} have one topology.
 *
 * <p>The rule is that of NAS-Bench-201 (arXiv:2001.00326), so that counts can be compared: a cell
 * is written as the expression of its output; {@code none}, and what reads a node that is zero, is
 * zero; a skip is the expression of the node that it reads; the terms of a sum are sorted. That
 * leaves 6,466 topologies of 15,625 genotypes.
 *
 * <p>It is a rule on expressions: zeros stay in sums, so that some topologies are one network, and
 * two convolutions with weights of their own read like one convolution taken twice.
 */
final class CellTopology {
  private static final String INPUT = "0";
  private static final String ZERO = "#";

  /** The first genotype of every topology, the last edge running fastest, by its expression. */
  private static final Map<String, List<String>> FIRST = first();

  private CellTopology() {}

  /** The first genotype with the same topology. */
  static Chosen canonical(Chosen chosen) {
    List<String> operations =
        CellSpace.EDGES.stream().map(edge -> chosen.option(edge.label())).toList();
    Chosen result = chosen;
    List<String> first = FIRST.get(expression(operations));
    for (int i = 0; i < first.size(); i++) {
      result = result.with(CellSpace.EDGES.get(i).label(), first.get(i));
    }
    return result;
  }

  /** The expression of the output, given the operation of every edge. */
  static String expression(List<String> operations) {
    String[] nodes = new String[CellSpace.NODES];
    nodes[0] = INPUT;
    for (int to = 1; to < nodes.length; to++) {
      List<String> terms = new ArrayList<>();
      for (int i = 0; i < operations.size(); i++) {
        CellSpace.Edge edge = CellSpace.EDGES.get(i);
        if (edge.to() == to) {
          terms.add(term(nodes[edge.from()], operations.get(i)));
        }
      }
      terms.sort(null);
      nodes[to] = String.join("+", terms);
    }
    return nodes[nodes.length - 1];
  }

  private static String term(String from, String operation) {
    if (operation.equals(CellSpace.NONE) || from.equals(ZERO)) {
      return ZERO;
    }
    return operation.equals(CellSpace.SKIP) ? from : "(" + from + ")@" + operation;
  }

  private static Map<String, List<String>> first() {
    List<List<String>> all = List.of(List.of());
    for (int i = 0; i < CellSpace.EDGES.size(); i++) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> start : all) {
        for (String operation : CellSpace.OPERATIONS) {
          List<String> operations = new ArrayList<>(start);
          operations.add(operation);
          longer.add(operations);
        }
      }
      all = longer;
    }
    Map<String, List<String>> first = new HashMap<>();
    for (List<String> operations : all) {
      first.putIfAbsent(expression(operations), List.copyOf(operations));
    }
    return Map.copyOf(first);
  }
}
