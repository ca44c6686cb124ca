package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.search.model.GaussianProcess;
import dev.linnet.search.model.Views;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link BayesianSearch} chooses from, in the columns of its Gaussian process: the whole of
 * a small space; of a large one random genotypes and the neighbours of promising ones.
 */
final class Candidates {
  private static final BigInteger SMALL_SPACE = BigInteger.valueOf(20_000);
  private static final int MOST = 4096;

  private final SearchSpace space;
  private final Views views;
  private final GaussianProcess process;
  private final boolean whole;
  private final List<Genotype> genotypes = new ArrayList<>();
  private final Map<Genotype, Integer> numbers = new HashMap<>();
  private final Set<Genotype> expanded = new HashSet<>();

  Candidates(SearchSpace space, Views views, GaussianProcess process) {
    this.space = space;
    this.views = views;
    this.process = process;
    this.whole = space.size().compareTo(SMALL_SPACE) <= 0;
  }

  /** Adds the first candidates: all, or as many random ones as said. */
  void start(int random, RandomStream stream) {
    if (whole) {
      space.distinct().forEach(this::number);
      return;
    }
    for (int i = 0; i < random; i++) {
      number(space.canonical(space.sample(stream)));
    }
  }

  int size() {
    return genotypes.size();
  }

  Genotype genotype(int number) {
    return genotypes.get(number);
  }

  /** A candidate as {@link Views} sees it. */
  long[] seen(int number) {
    return process.seen(number);
  }

  /** The number of a candidate, which is added if it is none yet. */
  int number(Genotype canonical) {
    Integer known = numbers.get(canonical);
    if (known != null) {
      return known;
    }
    int number = process.add(views.of(canonical));
    genotypes.add(canonical);
    numbers.put(canonical, number);
    return number;
  }

  /** Adds the neighbours of a candidate; false if that was done before or all are candidates. */
  boolean expand(int number) {
    if (whole || !expanded.add(genotypes.get(number))) {
      return false;
    }
    space.neighbours(genotypes.get(number)).forEach(this::number);
    return true;
  }

  /** Whether there are so many that some should be dropped. */
  boolean isFull() {
    return !whole && genotypes.size() > MOST;
  }

  /** Drops candidates; see {@link GaussianProcess#retain}. */
  void retain(boolean[] kept) {
    process.retain(kept);
    List<Genotype> left = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        left.add(genotypes.get(i));
      }
    }
    genotypes.clear();
    numbers.clear();
    expanded.clear();
    for (Genotype genotype : left) {
      numbers.put(genotype, genotypes.size());
      genotypes.add(genotype);
    }
  }
}
