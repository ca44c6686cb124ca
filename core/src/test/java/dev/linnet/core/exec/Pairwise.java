package dev.linnet.core.exec;

import dev.linnet.core.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Combinations of several parameters' values such that every two values of every two parameters
 * occur together at least once: few cases that catch all that depends on one or two parameters.
 */
final class Pairwise {
  private static final int TRIES = 24;

  private final int[] sizes;
  private final boolean[][][][] seen; // [parameter][value][parameter][value]

  private Pairwise(int[] sizes) {
    this.sizes = sizes;
    this.seen = new boolean[sizes.length][][][];
    for (int a = 0; a < sizes.length; a++) {
      seen[a] = new boolean[sizes[a]][sizes.length][];
      for (boolean[][] of : seen[a]) {
        for (int b = 0; b < sizes.length; b++) {
          of[b] = new boolean[sizes[b]];
        }
      }
    }
  }

  /** Rows of value indices, one per parameter; parameter i has {@code sizes[i]} values. */
  static List<int[]> rows(int... sizes) {
    return new Pairwise(sizes).cover(RandomStream.of(1, "pairwise"));
  }

  private List<int[]> cover(RandomStream random) {
    List<int[]> rows = new ArrayList<>();
    for (int a = 0; a < sizes.length; a++) {
      for (int b = a + 1; b < sizes.length; b++) {
        for (int i = 0; i < sizes[a]; i++) {
          for (int j = 0; j < sizes[b]; j++) {
            if (!seen[a][i][b][j]) {
              rows.add(best(random, a, i, b, j));
            }
          }
        }
      }
    }
    return rows;
  }

  /** Of some random rows that have value i of a and j of b, the one with the most new pairs. */
  private int[] best(RandomStream random, int a, int i, int b, int j) {
    int[] best = null;
    int most = -1;
    for (int t = 0; t < TRIES; t++) {
      int[] row = new int[sizes.length];
      for (int p = 0; p < sizes.length; p++) {
        row[p] = p == a ? i : p == b ? j : random.nextInt(sizes[p]);
      }
      int fresh = pairs(row, false);
      if (fresh > most) {
        most = fresh;
        best = row;
      }
    }
    pairs(best, true);
    return best;
  }

  /** Counts the pairs of a row that no earlier row had; marks them if asked. */
  private int pairs(int[] row, boolean mark) {
    int fresh = 0;
    for (int a = 0; a < row.length; a++) {
      for (int b = a + 1; b < row.length; b++) {
        fresh += seen[a][row[a]][b][row[b]] ? 0 : 1;
        seen[a][row[a]][b][row[b]] |= mark;
      }
    }
    return fresh;
  }
}
