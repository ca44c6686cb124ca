package dev.linnet.space;

import java.util.List;

/**
 * A choice that stands in several places and is made once for all of them: every place has this
 * label and these options, also inside of a {@link Repeat}. It matters if it does in one of them.
 *
 * @param choice that is shared
 */
public record Shared(Choice choice) implements Choice {

  @Override
  public String label() {
    return choice.label();
  }

  @Override
  public List<Slot> slots() {
    return choice.slots().stream().map(Slot::asShared).toList();
  }
}
