package dev.linnet.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The record of a run as the run itself writes it. A run that was resumed does the same things
 * again in the same order, except that it takes from the record what it says; whatever it comes to
 * must be what the record has. Where the record ends, new events are appended to the log.
 *
 * <p>The first event after an interrupt is preceded by an event {@code interrupted}. What comes
 * after that one belongs to ending with the best so far, not to the run that may be resumed.
 *
 * <p>Used by one thread.
 */
final class Journal implements Consumer<Event> {
  /** The type of the event that marks an interrupt. */
  static final String INTERRUPTED = "interrupted";

  private static final int SHOWN = 60;

  private final List<Event> recorded;
  private final Consumer<Event> log;
  private final BooleanSupplier interrupted;
  private MessageDigest digest = sha256();
  private int events;
  private boolean marked;

  /**
   * A place in a log.
   *
   * @param events how many come before it
   * @param digest SHA-256 of their types and fields, in hexadecimal
   */
  record Place(int events, String digest) {}

  /**
   * The journal of a run.
   *
   * @param recorded what the log holds already
   * @param log receives what is new
   */
  Journal(List<Event> recorded, Consumer<Event> log, BooleanSupplier interrupted) {
    this.recorded = List.copyOf(recorded);
    this.log = log;
    this.interrupted = interrupted;
  }

  /**
   * Appends an event or, if it was recorded before, passes over it.
   *
   * @throws IllegalStateException if the record has another one in its place, or if the run is
   *     interrupted before it has come to the end of the record
   */
  @Override
  public void accept(Event event) {
    boolean stop = interrupted.getAsBoolean();
    if (repeating()) {
      if (stop) {
        throw new IllegalStateException(
            "interrupted before the run came to where it had stopped; the log is as it was");
      }
      requireSame(event, recorded.get(events));
    } else {
      if (stop && !marked) {
        marked = true;
        log.accept(new Event(INTERRUPTED, Event.object()));
      }
      log.accept(event);
    }
    update(digest, event);
    events++;
  }

  private void requireSame(Event event, Event before) {
    if (!event.type().equals(before.type())) {
      throw different("it was " + before.type() + ", now it is " + event.type());
    }
    ObjectNode was = before.fields();
    ObjectNode is = event.fields();
    Stream.concat(was.properties().stream(), is.properties().stream())
        .map(Map.Entry::getKey)
        .filter(name -> !text(was, name).equals(text(is, name)))
        .findFirst()
        .ifPresent(
            name -> {
              throw different(
                  "%s: %s was %s, now it is %s"
                      .formatted(event.type(), name, shown(was.path(name)), shown(is.path(name))));
            });
  }

  /** A value as the log has it: a whole number that was read is of another type than a fraction. */
  private static String text(ObjectNode fields, String name) {
    return fields.path(name).toString();
  }

  private IllegalStateException different(String what) {
    return new IllegalStateException(
        "event %d of the log cannot be repeated (%s): is it of another version, machine or data?"
            .formatted(events + 1, what));
  }

  private static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "not there" : value.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  /** Whether the record goes on from here. */
  boolean repeating() {
    return events < recorded.size();
  }

  /** Whether the record ends here or has an event of one of these types next. */
  boolean mayContinue(Set<String> types) {
    return !repeating() || types.contains(recorded.get(events).type());
  }

  /** The recorded event so many after the next one, if there is one and it has that type. */
  Optional<Event> recorded(String type, int ahead) {
    int at = events + ahead;
    return at < recorded.size() && recorded.get(at).type().equals(type)
        ? Optional.of(recorded.get(at))
        : Optional.empty();
  }

  /** The plan with that number, from 0, wherever in the record it is. */
  Optional<SearchPlan> recordedPlan(int number) {
    return recorded.stream()
        .filter(event -> event.type().equals("plan"))
        .skip(number)
        .map(event -> SearchPlan.of(event.fields()))
        .findFirst();
  }

  /** Where the run stands. */
  Place place() {
    return new Place(events, hex(copy()));
  }

  /** Passes over recorded events up to a place; does nothing if the record is another one. */
  boolean goTo(Place place) {
    if (place.events() < events || place.events() > recorded.size()) {
      return false;
    }
    MessageDigest there = copy();
    recorded.subList(events, place.events()).forEach(event -> update(there, event));
    MessageDigest reached = copy(there);
    if (!hex(there).equals(place.digest())) {
      return false;
    }
    digest = reached;
    events = place.events();
    return true;
  }

  private static void update(MessageDigest digest, Event event) {
    digest.update((event.type() + event.fields() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private MessageDigest copy() {
    return copy(digest);
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
