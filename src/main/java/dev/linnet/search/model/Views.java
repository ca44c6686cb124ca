package dev.linnet.search.model;

import dev.linnet.space.Encoding;
import dev.linnet.space.Gene;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Genotypes as seen by a predictor, from several sides: each view is a set of bits, and two
 * genotypes are as far apart in a view as they differ in bits.
 *
 * <p>The views are
 *
 * <ol>
 *   <li>the genes: an option that differs counts 2; where options are growing numbers, 1 for each
 *       option between (at most 7 for the whole range);
 *   <li>how often each option was chosen, among the genes that have the same options: what blocks
 *       or edges there are, wherever they lie. Left out if no two genes have the same options;
 *   <li>the paths of a cell, by what they compute; see {@link Encoding#pathCounts}. Left out if the
 *       space has no cell.
 * </ol>
 *
 * <p>Immutable.
 */
public final class Views {
  /** A number is seen as one of at most so many levels. */
  private static final int LEVELS = 8;

  /** As many paths lead through a cell. */
  private static final int PATHS = 4;

  private final List<Gene> genes;
  private final boolean[] isNumber;
  private final List<int[]> groups;
  private final Encoding paths;

  /** The first word of every view, then the number of words. */
  private final int[] starts;

  private final int[] most;

  /** The views of a space. */
  public Views(SearchSpace space) {
    this.genes = space.genes();
    this.isNumber = new boolean[genes.size()];
    for (int i = 0; i < isNumber.length; i++) {
      isNumber[i] = grows(genes.get(i).options());
    }
    this.groups = groups(genes);
    this.paths = Encoding.hasPaths(space) ? Encoding.pathCounts(space) : null;
    List<Integer> bits = new ArrayList<>();
    List<Integer> farthest = new ArrayList<>();
    int geneBits = 0;
    int geneFarthest = 0;
    for (int i = 0; i < isNumber.length; i++) {
      int size = genes.get(i).size();
      geneBits += isNumber[i] ? steps(size) : size;
      geneFarthest += isNumber[i] ? steps(size) : size > 1 ? 2 : 0;
    }
    bits.add(geneBits);
    farthest.add(geneFarthest);
    if (!groups.isEmpty()) {
      bits.add(groups.stream().mapToInt(g -> g.length * genes.get(g[0]).size()).sum());
      farthest.add(groups.stream().mapToInt(g -> 2 * g.length).sum());
    }
    if (paths != null) {
      bits.add(PATHS * paths.size());
      farthest.add(2 * PATHS);
    }
    this.starts = new int[bits.size() + 1];
    for (int v = 0; v < bits.size(); v++) {
      starts[v + 1] = starts[v] + (bits.get(v) + Long.SIZE - 1) / Long.SIZE;
    }
    this.most = farthest.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean grows(List<String> options) {
    double last = Double.NEGATIVE_INFINITY;
    for (String option : options) {
      if (!option.matches("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?")) {
        return false;
      }
      double number = Double.parseDouble(option);
      if (number <= last) {
        return false;
      }
      last = number;
    }
    return options.size() > 2;
  }

  private static int steps(int size) {
    return Math.min(size, LEVELS) - 1;
  }

  private static List<int[]> groups(List<Gene> genes) {
    Map<List<String>, List<Integer>> byOptions = new LinkedHashMap<>();
    for (int i = 0; i < genes.size(); i++) {
      byOptions.computeIfAbsent(genes.get(i).options(), o -> new ArrayList<>()).add(i);
    }
    return byOptions.values().stream()
        .filter(group -> group.size() > 1)
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** The number of views. */
  public int count() {
    return most.length;
  }

  /** The number of words that a genotype takes. */
  public int words() {
    return starts[most.length];
  }

  /** The greatest distance in a view. */
  public int most(int view) {
    return most[view];
  }

  /** A genotype in all views. */
  public long[] of(Genotype canonical) {
    long[] words = new long[words()];
    int bit = 0;
    for (int i = 0; i < isNumber.length; i++) {
      int size = genes.get(i).size();
      int value = canonical.value(i);
      if (isNumber[i]) {
        int level = size <= LEVELS ? value : value * LEVELS / size;
        unary(words, bit, level);
        bit += steps(size);
      } else {
        set(words, bit + value);
        bit += size;
      }
    }
    int view = 1;
    if (!groups.isEmpty()) {
      counts(canonical, words, starts[view++] * Long.SIZE);
    }
    if (paths != null) {
      double[] counts = paths.encode(canonical);
      for (int i = 0; i < counts.length; i++) {
        unary(words, starts[view] * Long.SIZE + i * PATHS, (int) counts[i]);
      }
    }
    return words;
  }

  private void counts(Genotype canonical, long[] words, int first) {
    int bit = first;
    for (int[] group : groups) {
      int options = genes.get(group[0]).size();
      int[] counts = new int[options];
      for (int gene : group) {
        counts[canonical.value(gene)]++;
      }
      for (int count : counts) {
        unary(words, bit, count);
        bit += group.length;
      }
    }
  }

  private static void unary(long[] words, int bit, int count) {
    for (int i = 0; i < count; i++) {
      set(words, bit + i);
    }
  }

  private static void set(long[] words, int bit) {
    words[bit / Long.SIZE] |= 1L << bit;
  }

  /** In how many bits of a view two genotypes differ. */
  public int distance(int view, long[] a, long[] b) {
    return distance(view, a, 0, b);
  }

  /** The same for the genotype that starts at a word of {@code a}. */
  int distance(int view, long[] a, int at, long[] b) {
    int distance = 0;
    for (int w = starts[view]; w < starts[view + 1]; w++) {
      distance += Long.bitCount(a[at + w] ^ b[w]);
    }
    return distance;
  }

  /** The distances of all views, each as a part of the greatest one, summed. */
  public double distance(long[] a, long[] b) {
    double distance = 0;
    for (int v = 0; v < most.length; v++) {
      distance += distance(v, a, b) / (double) Math.max(1, most[v]);
    }
    return distance;
  }
}
