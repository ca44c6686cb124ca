package dev.linnet.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linnet.core.data.ImageShape;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.train.Networks;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Spaces;
import dev.linnet.space.Task;
import java.util.Arrays;
import java.util.Optional;

/** The network of a run's winner, built from its genotype where the space is a built-in one. */
final class WinnerGraph {
  private WinnerGraph() {}

  /** The network for one image; empty if the record does not suffice. */
  static Optional<Graph> of(RunRecord run) {
    JsonNode begin = run.last("run");
    String genotype = run.result().at("/best/genotype").asText();
    int[] shape =
        Arrays.stream(begin.at("/data/shape").asText().split("×"))
            .filter(part -> part.matches("[0-9]{1,9}"))
            .mapToInt(Integer::parseInt)
            .toArray();
    if (genotype.isEmpty() || shape.length != 3) {
      return Optional.empty();
    }
    try {
      SearchSpace space = Spaces.named(begin.at("/space/name").asText());
      Task task =
          new Task(new ImageShape(shape[0], shape[1], shape[2]), begin.at("/data/classes").size());
      return Optional.of(
          Networks.inference(
              space.decode(space.parse(genotype), task), task.images(1), Weights.own()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a space of somebody's own, or of another version
    }
  }
}
