package dev.linnet.space;

import java.util.Arrays;
import java.util.Objects;

/**
 * One entry per option of every gene, in the order of the space; all 0 for what does not matter.
 */
record OneHotEncoding(SearchSpace space) implements Encoding {

  @Override
  public int size() {
    return space.genes().stream().mapToInt(Gene::size).sum();
  }

  @Override
  public void encode(Genotype genotype, double[] out, int at) {
    Genotype canonical = space.canonical(genotype);
    Objects.checkFromIndexSize(at, size(), out.length);
    Arrays.fill(out, at, at + size(), 0);
    boolean[] active = space.active(canonical);
    int first = at;
    for (int i = 0; i < canonical.size(); i++) {
      out[first + canonical.value(i)] = active[i] ? 1 : 0;
      first += space.genes().get(i).size();
    }
  }
}
