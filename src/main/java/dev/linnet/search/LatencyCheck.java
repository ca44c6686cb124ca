package dev.linnet.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linnet.core.data.ImageShape;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.train.Networks;
import dev.linnet.estimate.Latency;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * The latency that a run reported of a member of its Pareto front, beside what it is when it is
 * measured again.
 *
 * @param genotype of the member
 * @param reportedMs by the run, in milliseconds
 * @param againMs now, in milliseconds
 */
public record LatencyCheck(String genotype, double reportedMs, double againMs) {
  /** By which part the new one is larger than the reported one; negative if it is smaller. */
  public double difference() {
    return againMs / reportedMs - 1;
  }

  /**
   * Measures the front of a run again, in the way in which the run did; see {@link
   * Latency#milliseconds(List, Backend, java.util.function.BooleanSupplier)}.
   *
   * @param events of the run
   * @param space of the run
   * @param backend such as the run's
   * @return the front from the most accurate on; empty if the run has none
   * @throws IllegalArgumentException if a genotype is none of the space
   */
  public static List<LatencyCheck> of(List<Event> events, SearchSpace space, Backend backend) {
    List<Event> front =
        events.stream()
            .filter(e -> e.type().equals(FrontPhase.EVENT))
            .filter(e -> !e.stamp().path("dominated").asBoolean())
            .toList();
    double[] again =
        front.isEmpty()
            ? new double[0]
            : milliseconds(
                events.get(0), space, front.stream().map(LatencyCheck::genotype).toList(), backend);
    List<LatencyCheck> checks = new ArrayList<>();
    for (int i = 0; i < again.length; i++) {
      double reported = front.get(i).stamp().path("latencyMs").asDouble();
      checks.add(new LatencyCheck(genotype(front.get(i)), reported, again[i]));
    }
    return checks;
  }

  /**
   * The latencies of networks of a run, in milliseconds.
   *
   * @param begin the first event of the run
   * @param genotypes of the space
   */
  public static double[] milliseconds(
      Event begin, SearchSpace space, List<String> genotypes, Backend backend) {
    Task task = task(begin.fields().path("data"));
    List<Graph> networks = new ArrayList<>();
    for (String genotype : genotypes) {
      networks.add(
          Networks.inference(
              space.decode(space.parse(genotype), task), task.images(1), Weights.own()));
    }
    return Latency.milliseconds(networks, backend, () -> false);
  }

  private static String genotype(Event member) {
    return member.fields().path("genotype").asText();
  }

  private static Task task(JsonNode data) {
    String[] shape = data.path("shape").asText().split("×");
    return new Task(
        new ImageShape(
            Integer.parseInt(shape[0]), Integer.parseInt(shape[1]), Integer.parseInt(shape[2])),
        data.path("classes").size());
  }
}
