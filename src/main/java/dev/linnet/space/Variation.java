package dev.linnet.space;

import dev.linnet.core.tensor.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** New genotypes of a space from old ones. Genes that do not matter are never what changes. */
final class Variation {
  private static final int MUTATION_ATTEMPTS = 1000;

  private final SearchSpace space;
  private final Structure structure;

  Variation(SearchSpace space, Structure structure) {
    this.space = space;
    this.structure = structure;
  }

  /** See {@link SearchSpace#mutate(Genotype, int, RandomStream)}. */
  Genotype mutate(Genotype genotype, int changes, RandomStream random) {
    Genotype before = space.canonical(genotype);
    int[] values = structure.resolve(genotype.values());
    int[] open = open(values);
    if (changes < 1 || open.length == 0) {
      throw new IllegalArgumentException(
          "mutate: "
              + changes
              + " changes of "
              + open.length
              + " genes with several options; both must be at least 1");
    }
    Genotype mutant = genotype;
    for (int i = 0; i < MUTATION_ATTEMPTS && space.canonical(mutant).equals(before); i++) {
      mutant = changed(values, open, Math.min(changes, open.length), random);
    }
    return mutant;
  }

  /** The genes that matter and have several options. */
  private int[] open(int[] values) {
    boolean[] active = structure.active(values);
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (active[i] && structure.genes().get(i).size() > 1) {
        open.add(i);
      }
    }
    return open.stream().mapToInt(Integer::intValue).toArray();
  }

  private Genotype changed(int[] before, int[] open, int changes, RandomStream random) {
    int[] values = before.clone();
    int[] order = random.permutation(open.length);
    for (int i = 0; i < changes; i++) {
      int position = open[order[i]];
      int other = random.nextInt(structure.genes().get(position).size() - 1);
      values[position] = other < values[position] ? other : other + 1;
    }
    drawNew(before, values, random);
    return space.genotype(structure.resolve(values));
  }

  /** Draws the genes that matter now and did not before. */
  private void drawNew(int[] before, int[] values, RandomStream random) {
    if (structure.isFlat()) {
      return;
    }
    boolean[] mattered = structure.active(before);
    boolean[] active = new boolean[values.length];
    for (int gene : structure.order()) {
      active[gene] = structure.isActive(gene, values, active);
      if (active[gene] && !mattered[gene]) {
        values[gene] = random.nextInt(structure.genes().get(gene).size());
      }
    }
  }

  /** See {@link SearchSpace#neighbours}. */
  List<Genotype> neighbours(Genotype genotype) {
    int[] own = structure.resolve(genotype.values());
    Set<Genotype> neighbours = new LinkedHashSet<>();
    for (int position : open(own)) {
      for (int value = 0; value < structure.genes().get(position).size(); value++) {
        int[] values = own.clone();
        values[position] = value;
        neighbours.add(space.canonical(space.genotype(values)));
      }
    }
    neighbours.remove(space.canonical(genotype));
    return List.copyOf(neighbours);
  }

  /** See {@link SearchSpace#cross}. */
  Genotype cross(Genotype a, Genotype b, RandomStream random) {
    int[] values = a.values();
    boolean[] mattersInA = structure.active(values);
    boolean[] mattersInB = structure.active(b.values());
    for (int i = 0; i < values.length; i++) {
      boolean fromA = random.nextBoolean();
      if (mattersInA[i] != mattersInB[i]) {
        fromA = mattersInA[i];
      }
      values[i] = fromA ? values[i] : b.value(i);
    }
    return space.genotype(structure.resolve(values));
  }
}
