package dev.linnet.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The hypervolumes of the fronts that a strategy and random search found in a run, told by its
 * trials: as parts of the box between the best and the worst value that any trial had in each
 * objective, so that 1 is a network that is the best in everything.
 *
 * @param strategy of the strategy's front
 * @param random of that of random search
 */
record FoundVolumes(double strategy, double random) {

  /**
   * The volumes.
   *
   * @param strategy its name in the trials
   * @return empty if one of the two measured nothing, or all trials are equal in an objective
   */
  static Optional<FoundVolumes> of(
      List<Event> events, List<Objective> objectives, String strategy) {
    List<double[]> own = new ArrayList<>();
    List<double[]> random = new ArrayList<>();
    for (Event event : events) {
      boolean full = !event.fields().has("fidelity");
      if (event.type().equals(TrialEvent.TYPE)
          && full
          && event.fields().path("outcome").asText().equals("measured")
          && TrialEvent.outcome(event) instanceof Outcome.Measured measured) {
        boolean isOwn = event.fields().path("by").asText().equals(strategy);
        (isOwn ? own : random).add(Objective.losses(objectives, measured));
      }
    }
    if (own.isEmpty() || random.isEmpty()) {
      return Optional.empty();
    }
    double[][] all = Stream.concat(own.stream(), random.stream()).toArray(double[][]::new);
    double[] worst = Hypervolume.worst(all);
    double[] best = all[0].clone();
    for (double[] losses : all) {
      Arrays.setAll(best, i -> Math.min(best[i], losses[i]));
    }
    for (int i = 0; i < best.length; i++) {
      if (best[i] == worst[i]) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new FoundVolumes(
            Hypervolume.share(own.toArray(double[][]::new), best, worst),
            Hypervolume.share(random.toArray(double[][]::new), best, worst)));
  }

  ObjectNode node() {
    return Event.object()
        .put("strategy", Math.rint(strategy * 1e6) / 1e6)
        .put("random", Math.rint(random * 1e6) / 1e6);
  }
}
