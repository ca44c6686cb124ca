package dev.linnet.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.search.Event;
import dev.linnet.search.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Writes run folders like those of a search, with figures that look like real ones. */
final class SampleRun {
  static final int TEST_IMAGES = 360;
  private static final String SHA = "6e1b".repeat(16);
  private static final int TRIALS = 140;
  private static final int EPOCHS = 20;

  final List<Event> events = new ArrayList<>();
  private final List<ObjectNode> measured = new ArrayList<>();
  private final Random random = new Random(42);
  private final String data;
  private final String firstClass;
  private double winnerTest = 0.988889;
  private double randomTest = 0.983333;
  private double handTest = 0.963889;

  SampleRun(String data, String firstClass) {
    this.data = data;
    this.firstClass = firstClass;
  }

  /** A run that came to its end. */
  static SampleRun complete() {
    return new SampleRun("digits", "0").wholly();
  }

  /** All phases. */
  SampleRun wholly() {
    return start().supernet(24).trials("evolution", TRIALS).trials("random", TRIALS).finals(3);
  }

  /** Test accuracies of winner, random search and hand-designed network. */
  SampleRun tested(double winner, double randomSearch, double handDesigned) {
    winnerTest = winner;
    randomTest = randomSearch;
    handTest = handDesigned;
    return this;
  }

  private SampleRun add(String type, ObjectNode fields) {
    events.add(new Event(type, fields));
    return this;
  }

  SampleRun start() {
    ObjectNode run = Event.object().put("version", "0.1.0-SNAPSHOT");
    ObjectNode about = run.putObject("data").put("name", data).put("sha256", SHA);
    about.put("shape", "8×8×1");
    about.put("train", 1077).put("validation", 360).put("test", TEST_IMAGES);
    about.putArray("classes").add(firstClass).add("1").add("2");
    ObjectNode space = run.putObject("space").put("name", "conv").put("fingerprint", "3f9a12c4");
    space.put("size", "137438953472");
    run.put("strategy", "evolution").put("estimator", "supernet").put("backend", "vector");
    run.put("seed", 7).put("constraints", "params ≤ 60000");
    ObjectNode stamp = Event.object().put("command", "linnet search --seed 7").put("threads", 2);
    events.add(new Event("run", run, stamp.put("java", "17.0.15+6")));
    ObjectNode plan = Event.object().put("supernetEpochs", 24).put("trials", TRIALS);
    return add("plan", plan.put("finalists", 3).put("epochs", EPOCHS));
  }

  SampleRun supernet(int epochs) {
    for (int e = 1; e <= epochs; e++) {
      ObjectNode epoch = Event.object().put("epoch", e).put("epochs", epochs);
      epoch.put("loss", 0.35 + 2 * Math.exp(-e / 5.0) + 0.02 * random.nextGaussian());
      epoch.put("accuracy", 0.93 - 0.8 * Math.exp(-e / 6.0) + 0.01 * random.nextGaussian());
      add("supernet", epoch);
    }
    return this;
  }

  SampleRun trials(String by, int count) {
    for (int i = 0; i < count; i++) {
      ObjectNode trial = Event.object().put("number", i).put("by", by).put("genotype", genotype());
      if (i % 17 == 5) {
        int params = 60000 + random.nextInt(30000);
        trial.put("outcome", "rejected");
        trial.put("reason", params + " parameters, more than the limit of 60000");
      } else if (i == 33) {
        trial.put("outcome", "failed").put("reason", "the loss is not a number");
      } else {
        measured.add(measured(trial, by.equals("evolution") ? Math.min(0.03, i / 2000.0) : 0));
      }
      add("trial", trial);
    }
    return this;
  }

  private ObjectNode measured(ObjectNode trial, double gain) {
    double size = random.nextDouble();
    double accuracy = 0.9 + 0.045 * size + gain - 0.03 * Math.abs(random.nextGaussian());
    trial.put("outcome", "measured").put("valAccuracy", accuracy);
    trial.put("params", Math.round(4000 * Math.exp(2.6 * size)));
    trial.put("macs", Math.round(90000 * Math.exp(2.9 * size + 0.2 * random.nextGaussian())));
    return trial.put("peakBytes", 81920);
  }

  /** A trial with a given outcome. */
  SampleRun trial(String by, double accuracy, long macs) {
    ObjectNode trial = Event.object().put("number", measured.size()).put("by", by);
    trial.put("genotype", genotype()).put("outcome", "measured").put("valAccuracy", accuracy);
    measured.add(trial.put("params", macs / 30).put("macs", macs));
    return add("trial", trial);
  }

  private String genotype() {
    StringBuilder text = new StringBuilder("conv:3f9a12c4:");
    for (int i = 0; i < 18; i++) {
      text.append(i == 0 ? "" : ".").append(random.nextInt(7));
    }
    return text.toString();
  }

  SampleRun finals(int each) {
    for (int i = 0; i < each; i++) {
      train("candidate-" + (i + 1), "candidate", best("evolution", i), 0.9905 - 0.003 * i);
      train("random-" + (i + 1), "random", best("random", i), 0.985 - 0.004 * i);
    }
    train("hand-designed", "hand-designed", null, 0.966);
    ObjectNode rank = Event.object().put("networks", 2 * each).put("kendallSupernet", 0.4667);
    add("rank", rank.put("kendallMacs", 0.3333));
    test("candidate-1", "candidate", winnerTest);
    test("random-1", "random", randomTest);
    test("hand-designed", "hand-designed", handTest);
    return add("end", Event.object().put("reason", "done"));
  }

  private ObjectNode best(String by, int place) {
    Comparator<ObjectNode> byAccuracy =
        Comparator.comparingDouble(t -> t.path("valAccuracy").asDouble());
    return measured.stream()
        .filter(t -> t.path("by").asText().equals(by))
        .sorted(byAccuracy.reversed())
        .toList()
        .get(place);
  }

  private void train(String name, String role, ObjectNode trial, double top) {
    ObjectNode network = Event.object().put("network", name).put("role", role);
    network.put("genotype", trial == null ? null : trial.path("genotype").asText());
    for (int e = 1; e <= EPOCHS; e++) {
      ObjectNode epoch = network.deepCopy().put("epoch", e).put("epochs", EPOCHS);
      epoch.put("loss", 0.05 + 1.9 * Math.exp(-e / 3.0) + 0.02 * random.nextDouble());
      epoch.put("trainAccuracy", top + 0.005 - 0.5 * Math.exp(-e / 3.0));
      double noise = 0.002 * random.nextGaussian();
      add("epoch", epoch.put("valAccuracy", top - 0.55 * Math.exp(-e / 2.5) + noise));
    }
    network.put("valAccuracy", top).put("complete", true);
    network.put("params", trial == null ? 23946 : trial.path("params").asLong());
    network.put("macs", trial == null ? 911360 : trial.path("macs").asLong());
    add("trained", network.put("weights", SHA));
  }

  private void test(String name, String role, double accuracy) {
    ObjectNode fields = Event.object().put("network", name).put("role", role);
    fields.put("testAccuracy", accuracy);
    events.add(new Event("tested", fields, Event.object().put("latencyMs", 0.0731)));
  }

  /** What result.json holds. */
  ObjectNode result() {
    ObjectNode result = Event.object().put("seed", 7).put("data", data).put("space", "conv");
    result.put("strategy", "evolution").put("estimator", "supernet");
    result.put("backend", "vector (512 bits)").put("seconds", 97.381).put("trials", TRIALS);
    result.set("best", network("candidate-1", winnerTest).put("weights", SHA));
    result.putArray("baselines").add(network("random-1", randomTest));
    result.withArray("baselines").add(network("hand-designed", handTest));
    ObjectNode rank = result.putObject("rank").put("networks", 6).put("kendallSupernet", 0.4667);
    rank.put("kendallMacs", 0.3333);
    result.put("interrupted", false).put("dataSha256", SHA).put("testImages", TEST_IMAGES);
    result.put("command", "linnet search --budget 90s --seed 7 --out runs/digits");
    return result.put("threads", 2).put("version", "0.1.0-SNAPSHOT").put("jvm", "17.0.15+6");
  }

  private ObjectNode network(String name, double test) {
    JsonNode trained =
        events.stream()
            .filter(e -> e.type().equals("trained"))
            .filter(e -> e.fields().path("network").asText().equals(name))
            .findFirst()
            .orElseThrow()
            .fields();
    ObjectNode node = Event.object().put("name", name);
    for (String key : List.of("role", "genotype", "valAccuracy", "params", "macs")) {
      node.set(key, trained.path(key));
    }
    return node.put("testAccuracy", test).put("latencyMs", 0.0731);
  }

  /** Writes the events alone, as a killed run leaves them. */
  SampleRun writeEvents(Path folder) {
    try (EventLog log = EventLog.create(folder.resolve("events.jsonl"))) {
      events.forEach(log::append);
    }
    return this;
  }

  /** Writes events and result. */
  SampleRun write(Path folder) throws IOException {
    writeEvents(folder);
    Files.writeString(folder.resolve("result.json"), result().toPrettyString());
    return this;
  }
}
