package dev.linnet.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A search that is repeated with several seeds. Its folder has {@code repeats.json}, which says how
 * it was begun, a run folder for each seed, and the result and report of all.
 *
 * @param folder of all
 * @param seed the first one
 * @param count of seeds: each is one more than the one before
 * @param arguments of the command line that began it
 */
public record Repeats(Path folder, long seed, int count, List<String> arguments) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Copies the arguments. */
  public Repeats {
    arguments = List.copyOf(arguments);
    if (count < 1) {
      throw new IllegalArgumentException("repeats must be at least 1, got " + count);
    }
  }

  /** Whether a folder is that of a repeated search. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(RunFolder.repeats(folder));
  }

  /**
   * Reads how a repeated search was begun.
   *
   * @throws RunException if its file cannot be read
   */
  public static Repeats read(Path folder) {
    Path file = RunFolder.repeats(folder);
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(file));
      List<String> arguments = new ArrayList<>();
      node.path("arguments").forEach(each -> arguments.add(each.asText()));
      if (!node.path("seed").isIntegralNumber() || node.path("repeats").asInt() < 1) {
        throw new RunException(file, "does not say seed and repeats");
      }
      return new Repeats(
          folder, node.path("seed").asLong(), node.path("repeats").asInt(), arguments);
    } catch (JsonProcessingException e) {
      throw new RunException(file, "is not JSON", e);
    } catch (IOException e) {
      throw new RunException(file, "cannot be read", e);
    }
  }

  /**
   * Writes down how the search is begun.
   *
   * @throws RunException if that fails
   */
  public void write(RunFolder run) {
    ObjectNode node = Event.object();
    node.put("repeats", count);
    node.put("seed", seed);
    arguments.forEach(node.putArray("arguments")::add);
    write(run, RunFolder.repeats(folder), node);
  }

  private static void write(RunFolder run, Path file, ObjectNode node) {
    byte[] json = (node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    run.write(file, to -> to.write(json));
  }

  /** The seeds, in the order in which they are searched with. */
  public List<Long> seeds() {
    return LongStream.range(seed, seed + count).boxed().toList();
  }

  /** The run folder of a seed. */
  public Path run(long ofSeed) {
    return folder.resolve("seed-" + ofSeed);
  }

  /**
   * Writes {@code result.json} of all: what the runs have in common, the mean over the seeds of the
   * best test accuracy and of each baseline's with 95 % confidence intervals, and the mean of their
   * differences. Runs that have not come to their own end do not count.
   *
   * @return the result
   * @throws RunException if a log cannot be read or the file cannot be written
   */
  public ObjectNode writeResult(RunFolder run) {
    ObjectNode result = result();
    write(run, run.result(), result);
    return result;
  }

  private ObjectNode result() {
    List<ObjectNode> complete = new ArrayList<>();
    ObjectNode node = Event.object();
    ArrayNode runs = Event.object().arrayNode();
    double seconds = 0;
    for (long each : seeds()) {
      Optional<ObjectNode> result = result(each);
      seconds += result.map(r -> r.path("seconds").asDouble()).orElse(0.0);
      boolean done = result.isPresent() && !result.get().path("interrupted").asBoolean();
      ObjectNode line = runs.addObject().put("seed", each);
      line.put("folder", run(each).getFileName().toString()).put("complete", done);
      if (done) {
        complete.add(result.get());
        JsonNode best = result.get().path("best");
        line.set("genotype", best.path("genotype"));
        line.set("testAccuracy", best.path("testAccuracy"));
        for (JsonNode baseline : result.get().path("baselines")) {
          line.set(baseline.path("role").asText(), baseline.path("testAccuracy"));
        }
      }
    }
    node.put("repeats", count);
    node.put("complete", complete.size());
    if (!complete.isEmpty()) {
      for (String common : List.of("data", "space", "strategy", "objectives", "testImages")) {
        node.set(common, complete.get(0).path(common));
      }
    }
    node.put("seconds", Math.rint(1e3 * seconds) / 1e3);
    node.set("best", Event.object().set("testAccuracy", interval(complete, "").node()));
    ArrayNode baselines = node.putArray("baselines");
    for (String role : List.of("random", "hand-designed")) {
      List<ObjectNode> with = complete.stream().filter(r -> has(r, role)).toList();
      if (!with.isEmpty()) {
        ObjectNode baseline = baselines.addObject().put("role", role);
        baseline.set("testAccuracy", interval(with, role).node());
        baseline.set("lead", lead(with, role).node());
      }
    }
    node.set("runs", runs);
    return node;
  }

  private Optional<ObjectNode> result(long ofSeed) {
    Path log = run(ofSeed).resolve("events.jsonl");
    return Files.isRegularFile(log) ? RunResult.of(EventLog.read(log).events()) : Optional.empty();
  }

  private static boolean has(ObjectNode result, String role) {
    return Double.isFinite(accuracy(result, role));
  }

  /** The test accuracy of a baseline; of the best network if the role is empty. */
  private static double accuracy(ObjectNode result, String role) {
    if (role.isEmpty()) {
      return result.path("best").path("testAccuracy").asDouble();
    }
    for (JsonNode baseline : result.path("baselines")) {
      if (baseline.path("role").asText().equals(role)) {
        return baseline.path("testAccuracy").asDouble();
      }
    }
    return Double.NaN;
  }

  private static SeedInterval interval(List<ObjectNode> results, String role) {
    return SeedInterval.of(results.stream().mapToDouble(r -> accuracy(r, role)).toArray())
        .within(0, 1);
  }

  /** By how much the best network of a seed is more accurate than the baseline of that seed. */
  private static SeedInterval lead(List<ObjectNode> results, String role) {
    return SeedInterval.of(
        results.stream().mapToDouble(r -> accuracy(r, "") - accuracy(r, role)).toArray());
  }
}
