package dev.linnet.space;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A block of choices, as often as is chosen. The first gene has the label of the repeat and counts
 * the blocks; the choices of the blocks follow, with labels such as {@code stage1/2/kernel} for the
 * second block of {@code stage1}. Those of blocks beyond the count do not matter. {@link
 * Chosen#repeats} reads the blocks.
 *
 * @param label the name of the choice, without blanks
 * @param min the least number of blocks, at least 0
 * @param max the largest number of blocks, at least 1
 * @param block what is chosen for every block, at least one choice
 */
public record Repeat(String label, int min, int max, List<Choice> block) implements Choice {
  private static final int MOST = 100;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if they are not as said, or if {@code max} is above 100
   */
  public Repeat {
    block = List.copyOf(block);
    if (min < 0 || max < Math.max(1, min) || max > MOST) {
      throw new IllegalArgumentException(
          "choice %s: a block is repeated 0 to %d times, not %d…%d"
              .formatted(label, MOST, min, max));
    }
    if (block.isEmpty()) {
      throw new IllegalArgumentException(
          "choice " + label + ": a block has at least one choice to repeat");
    }
  }

  @Override
  public List<Slot> slots() {
    List<Slot> ofBlock = block.stream().flatMap(choice -> choice.slots().stream()).toList();
    Set<String> labels =
        ofBlock.stream()
            .filter(slot -> !slot.shared())
            .map(slot -> slot.gene().label())
            .collect(Collectors.toCollection(HashSet::new));
    List<Slot> slots = new ArrayList<>();
    slots.add(Slot.of(new Gene(label, numbers(min))));
    for (int i = 1; i <= max; i++) {
      for (Slot slot : ofBlock) {
        Slot inside = slot.within(prefix(label, i), labels);
        slots.add(i > min ? inside.when(new Condition(label, numbers(i))) : inside);
      }
    }
    return slots;
  }

  /** What the labels of block {@code number} start with. */
  static String prefix(String label, int number) {
    return label + "/" + number + "/";
  }

  private List<String> numbers(int from) {
    return IntStream.rangeClosed(from, max).mapToObj(Integer::toString).toList();
  }
}
