package dev.linnet.space;

import java.util.List;

/**
 * Choices that matter only if another one has one of some options; otherwise the canonical form has
 * their first options, and a mutation leaves them alone.
 *
 * @param condition on another choice of the space; inside of a {@link Repeat}, of the same block or
 *     of outside
 * @param choices that depend on it, at least one
 */
public record Conditional(Condition condition, List<Choice> choices) implements Choice {

  /**
   * Copies the choices.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Conditional {
    choices = List.copyOf(choices);
    if (choices.isEmpty()) {
      throw new IllegalArgumentException(
          "choice " + condition.label() + ": a condition needs choices that depend on it");
    }
  }

  /** That of the first choice that depends on the condition. */
  @Override
  public String label() {
    return choices.get(0).label();
  }

  @Override
  public List<Slot> slots() {
    return choices.stream()
        .flatMap(choice -> choice.slots().stream())
        .map(slot -> slot.when(condition))
        .toList();
  }
}
