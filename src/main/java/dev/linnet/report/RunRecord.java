package dev.linnet.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.linnet.search.Event;
import dev.linnet.search.EventLog;
import dev.linnet.search.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run folder holds: the events in their order, and the result if the run came to one. Asks
 * for nothing to be complete, since a run may have been killed at any time.
 *
 * @param events those of {@code events.jsonl} before the first damaged line
 * @param damaged whether there is such a line
 * @param result {@code result.json}, or a missing node
 */
record RunRecord(List<Event> events, boolean damaged, JsonNode result) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  RunRecord {
    events = List.copyOf(events);
  }

  /**
   * Reads a run folder.
   *
   * @throws RunException if it has neither events nor a result, or one that cannot be read
   */
  static RunRecord read(Path folder) {
    Path log = folder.resolve("events.jsonl");
    Path result = folder.resolve("result.json");
    boolean hasLog = Files.isRegularFile(log);
    boolean hasResult = Files.isRegularFile(result);
    if (!hasLog && !hasResult) {
      throw new RunException(
          folder, "is not the folder of a run: it has neither events.jsonl nor result.json");
    }
    JsonNode node = hasResult ? tree(result) : MissingNode.getInstance();
    if (!hasLog) {
      return new RunRecord(List.of(), false, node);
    }
    EventLog.Content content = EventLog.read(log);
    return new RunRecord(content.events(), content.damage().isPresent(), node);
  }

  private static JsonNode tree(Path file) {
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(file));
      if (!node.isObject()) {
        throw new RunException(file, "is not a JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new RunException(file, "is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new RunException(file, "cannot be read", e);
    }
  }

  /** The events of a kind. */
  List<Event> events(String kind) {
    return events.stream().filter(e -> e.type().equals(kind)).toList();
  }

  /** The fields of all events of a kind. */
  List<JsonNode> all(String kind) {
    return events(kind).stream().<JsonNode>map(Event::fields).toList();
  }

  /** The fields of the last event of a kind, or a missing node. */
  JsonNode last(String kind) {
    List<JsonNode> all = all(kind);
    return all.isEmpty() ? MissingNode.getInstance() : all.get(all.size() - 1);
  }

  /** The stamp of the last event of a kind, or a missing node. */
  JsonNode stamp(String kind) {
    List<Event> all = events(kind);
    return all.isEmpty() ? MissingNode.getInstance() : all.get(all.size() - 1).stamp();
  }

  /** The candidates in the order of their evaluation. */
  List<Candidate> candidates() {
    return all("trial").stream().map(Candidate::of).toList();
  }

  /** Whether the run did not come to its end. */
  boolean interrupted() {
    String reason = last("end").path("reason").asText();
    return result.isMissingNode()
        || result.path("interrupted").asBoolean()
        || reason.equals("interrupted");
  }

  /** The first of some values that is there, or a missing node. */
  static JsonNode first(JsonNode... values) {
    for (JsonNode value : values) {
      if (!value.isMissingNode() && !value.isNull()) {
        return value;
      }
    }
    return MissingNode.getInstance();
  }

  /** The name of something that is written as a string or as an object with a name. */
  static JsonNode name(JsonNode value) {
    return value.isObject() ? value.path("name") : value;
  }

  /** The number of test images, or 0 if it is not known. */
  int testImages() {
    return first(result.path("testImages"), last("run").path("data").path("test")).asInt(0);
  }
}
