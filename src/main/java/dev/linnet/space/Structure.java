package dev.linnet.space;

import dev.linnet.text.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The genes of a space, where they stand, and which of them matter when. */
final class Structure {
  private final String space;
  private final List<Gene> genes = new ArrayList<>();
  private final Map<String, Integer> positions = new LinkedHashMap<>();

  /** For every gene the places where it stands, or none if it always matters. */
  private final List<List<List<Test>>> places = new ArrayList<>();

  /** All positions, every gene after those that it depends on. */
  private final int[] order;

  private final boolean flat;

  /**
   * A condition, by positions.
   *
   * @param gene that it depends on
   * @param allowed for every value of that gene whether the condition holds
   */
  record Test(int gene, boolean[] allowed) {}

  /** The structure of a space. */
  Structure(String space, List<Choice> choices) {
    this.space = space;
    List<Slot> slots = choices.stream().flatMap(choice -> choice.slots().stream()).toList();
    if (slots.isEmpty()) {
      throw new IllegalArgumentException(
          "SearchSpace " + space + ": at least one choice is needed");
    }
    Map<String, List<Slot>> byLabel = new LinkedHashMap<>();
    for (Slot slot : slots) {
      byLabel.computeIfAbsent(slot.gene().label(), label -> new ArrayList<>()).add(slot);
    }
    byLabel.values().forEach(this::add);
    byLabel.values().forEach(this::addPlaces);
    this.order = sorted();
    this.flat = places.stream().allMatch(List::isEmpty);
  }

  private void add(List<Slot> slots) {
    Gene gene = slots.get(0).gene();
    for (Slot slot : slots) {
      if (!slot.gene().equals(gene)) {
        throw new IllegalArgumentException(
            "SearchSpace %s: two choices have the label %s".formatted(space, gene.label()));
      }
      if (slots.size() > 1 && !slot.shared()) {
        throw new IllegalArgumentException(
            "SearchSpace %s: two choices have the label %s; if they are one, share it"
                .formatted(space, gene.label()));
      }
    }
    positions.put(gene.label(), genes.size());
    genes.add(gene);
  }

  private void addPlaces(List<Slot> slots) {
    boolean always = slots.stream().anyMatch(slot -> slot.conditions().isEmpty());
    places.add(
        always
            ? List.of()
            : slots.stream()
                .map(slot -> slot.conditions().stream().map(c -> test(slot.gene(), c)).toList())
                .toList());
  }

  private Test test(Gene dependent, Condition condition) {
    Integer position = positions.get(condition.label());
    if (position == null) {
      throw new IllegalArgumentException(
          "SearchSpace %s: choice %s depends on an %s"
              .formatted(
                  space,
                  dependent.label(),
                  Nearest.unknown("choice", condition.label(), positions.keySet())));
    }
    boolean[] allowed = new boolean[genes.get(position).size()];
    condition.options().forEach(option -> allowed[genes.get(position).indexOf(option)] = true);
    return new Test(position, allowed);
  }

  private int[] sorted() {
    int[] sorted = new int[genes.size()];
    boolean[] placed = new boolean[genes.size()];
    int count = 0;
    for (int before = -1; before < count && count < sorted.length; ) {
      before = count;
      for (int i = 0; i < sorted.length; i++) {
        if (!placed[i]
            && places.get(i).stream().flatMap(List::stream).allMatch(test -> placed[test.gene()])) {
          placed[i] = true;
          sorted[count++] = i;
        }
      }
    }
    for (int i = 0; i < placed.length; i++) {
      if (!placed[i]) {
        throw new IllegalArgumentException(
            "SearchSpace %s: whether choice %s matters depends on itself"
                .formatted(space, genes.get(i).label()));
      }
    }
    return sorted;
  }

  List<Gene> genes() {
    return List.copyOf(genes);
  }

  /** The position of every label, in order. */
  Map<String, Integer> positions() {
    return positions;
  }

  /** Whether every gene always matters. */
  boolean isFlat() {
    return flat;
  }

  /** The places of a gene, each with the tests that all have to hold; none: it always matters. */
  List<List<Test>> places(int gene) {
    return places.get(gene);
  }

  /** All positions, every gene after those that it depends on. Not to be modified. */
  int[] order() {
    return order;
  }

  /** Which genes matter, given the values of all. */
  boolean[] active(int[] values) {
    boolean[] active = new boolean[values.length];
    for (int gene : order) {
      active[gene] = isActive(gene, values, active);
    }
    return active;
  }

  /** Whether a gene matters, given which of the genes that it depends on do. */
  boolean isActive(int gene, int[] values, boolean[] active) {
    List<List<Test>> where = places.get(gene);
    return where.isEmpty()
        || where.stream()
            .anyMatch(
                tests ->
                    tests.stream()
                        .allMatch(t -> active[t.gene()] && t.allowed()[values[t.gene()]]));
  }

  /** Sets the values of genes that do not matter to 0. Modifies {@code values}. */
  int[] resolve(int[] values) {
    if (isFlat()) {
      return values;
    }
    boolean[] active = active(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = active[i] ? values[i] : 0;
    }
    return values;
  }
}
