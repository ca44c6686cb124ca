package dev.linnet.space;

import dev.linnet.core.nn.Architecture;

/** Turns what was chosen into a network for a task. */
@FunctionalInterface
public interface Decoder {
  /**
   * The network.
   *
   * @param chosen the option of every choice, by label
   * @param task what the network is for
   */
  Architecture decode(Chosen chosen, Task task);
}
