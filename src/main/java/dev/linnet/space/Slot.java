package dev.linnet.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A place of a gene among the choices of a space.
 *
 * @param gene what is chosen there
 * @param conditions all of which must hold for the gene to matter there; none: it always does
 * @param shared whether other places may have the same gene
 */
public record Slot(Gene gene, List<Condition> conditions, boolean shared) {

  /** Copies the conditions. */
  public Slot {
    conditions = List.copyOf(conditions);
  }

  /** The place of a gene that always matters. */
  static Slot of(Gene gene) {
    return new Slot(gene, List.of(), false);
  }

  /** The same under a further condition. */
  Slot when(Condition condition) {
    List<Condition> all = new ArrayList<>(conditions);
    all.add(condition);
    return new Slot(gene, all, shared);
  }

  /**
   * The same inside of a block: its label, unless it is shared, and those that its conditions name,
   * where they are of the block too, start with {@code prefix}.
   */
  Slot within(String prefix, Set<String> ofBlock) {
    List<Condition> renamed =
        conditions.stream()
            .map(
                c ->
                    ofBlock.contains(c.label())
                        ? new Condition(prefix + c.label(), c.options())
                        : c)
            .toList();
    return new Slot(
        shared ? gene : new Gene(prefix + gene.label(), gene.options()), renamed, shared);
  }

  /** The same as one of possibly several places of its gene. */
  Slot asShared() {
    return new Slot(gene, conditions, true);
  }
}
