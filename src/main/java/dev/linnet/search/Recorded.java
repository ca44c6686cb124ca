package dev.linnet.search;

import java.util.List;

/**
 * What there is of a run before it begins or goes on.
 *
 * @param events of its log; none for a new run
 * @param checkpoints of its trainings
 */
public record Recorded(List<Event> events, Checkpoints checkpoints) {
  /** Copies the list. */
  public Recorded {
    events = List.copyOf(events);
  }

  /** A new run that keeps nothing but its log. */
  public static Recorded nothing() {
    return new Recorded(List.of(), Checkpoints.none());
  }
}
