package dev.linnet.space;

import dev.linnet.text.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the values of properties in a space file: one value, an array of options, {@code {"from":
 * 1, "to": 5, "step": 2}}, or {@code {"shared": "name"}}. Whatever is wrong is an {@link
 * IllegalArgumentException} with file and line.
 */
final class PropertyReader {
  private static final String SHARED = "shared";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String STEP = "step";

  private final String file;
  private final Map<String, Located> shared = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();

  PropertyReader(String file) {
    this.file = file;
  }

  /**
   * A property as it was read.
   *
   * @param label of the gene
   * @param choice of its value
   */
  record Value(String label, Choice choice) {
    List<String> options() {
      return choice.genes().get(0).options();
    }
  }

  /** Takes the named options that several places can refer to. */
  void define(Located value) {
    if (!(value instanceof Located.Members members)) {
      throw wrong(value, SHARED + ": an object of names and their options is needed");
    }
    shared.putAll(members.values());
  }

  /** Checks that every shared choice is used. */
  void finish() {
    shared.forEach(
        (name, value) -> {
          if (!used.contains(name)) {
            throw wrong(value, SHARED + ": nothing refers to \"" + name + "\"");
          }
        });
  }

  /** A property without a value in the file. */
  Value usual(Property property, String prefix) {
    String label = prefix + property.key();
    return new Value(label, Choice.oneOf(label, property.usual()));
  }

  /** A property's value. */
  Value read(Property property, String prefix, Located value) {
    if (value instanceof Located.Members members && members.values().containsKey(SHARED)) {
      object(value, property.key(), List.of(SHARED));
      return refer(property, members.values().get(SHARED));
    }
    String label = prefix + property.key();
    List<String> options =
        value instanceof Located.Members ? range(property, value) : options(property, value);
    return new Value(label, new Choice.OneOf(label, options));
  }

  private Value refer(Property property, Located name) {
    String text = text(name, SHARED);
    if (!shared.containsKey(text)) {
      throw wrong(name, Nearest.unknown("shared choice", text, shared.keySet()));
    }
    used.add(text);
    String label = SHARED + "/" + text;
    Located value = shared.get(text);
    List<String> options =
        value instanceof Located.Members ? range(property, value) : options(property, value);
    return new Value(label, Choice.shared(new Choice.OneOf(label, options)));
  }

  private List<String> options(Property property, Located value) {
    if (value instanceof Located.Single single) {
      return List.of(option(property, single));
    }
    List<String> options = new ArrayList<>();
    for (Located each : ((Located.Items) value).values()) {
      if (!(each instanceof Located.Single single)) {
        throw wrong(each, property.key() + ": an option is one value");
      }
      String option = option(property, single);
      if (options.contains(option)) {
        throw wrong(each, property.key() + ": the option '" + option + "' occurs twice");
      }
      options.add(option);
    }
    if (options.isEmpty()) {
      throw wrong(value, property.key() + ": at least one option is needed");
    }
    return options;
  }

  private String option(Property property, Located.Single value) {
    property
        .objection(value)
        .ifPresent(
            what -> {
              throw wrong(value, what);
            });
    return value.text();
  }

  private List<String> range(Property property, Located value) {
    if (!property.isWhole()) {
      throw wrong(value, property.key() + ": a range is for whole numbers");
    }
    Map<String, Located> ends = object(value, property.key(), List.of(FROM, TO, STEP));
    int step = ends.containsKey(STEP) ? whole(ends.get(STEP), STEP, 1, 10_000) : 1;
    int from = whole(required(value, ends, FROM), FROM, 0, 10_000);
    int to = whole(required(value, ends, TO), TO, from, 10_000);
    List<String> options = new ArrayList<>();
    for (int i = from; i <= to; i += step) {
      options.add(option(property, new Located.Single(value.line(), Integer.toString(i), false)));
    }
    return options;
  }

  /** A number of repetitions: one, or a range. */
  int[] repeats(String key, Located value, int most) {
    if (value instanceof Located.Single) {
      int count = whole(value, key, 1, most);
      return new int[] {count, count};
    }
    Map<String, Located> ends = object(value, key, List.of(FROM, TO));
    int from = whole(required(value, ends, FROM), FROM, 1, most);
    return new int[] {from, whole(required(value, ends, TO), TO, from, most)};
  }

  /** The members of an object with known keys only. */
  Map<String, Located> object(Located value, String what, Collection<String> known) {
    if (!(value instanceof Located.Members members)) {
      throw wrong(value, what + ": an object with " + String.join(", ", known) + " is needed");
    }
    members
        .values()
        .forEach(
            (key, each) -> {
              if (!known.contains(key)) {
                throw wrong(each, what + ": " + Nearest.unknown("key", key, known));
              }
            });
    return members.values();
  }

  /** The member with a key. */
  Located required(Located object, Map<String, Located> members, String key) {
    if (!members.containsKey(key)) {
      throw wrong(object, "the key \"" + key + "\" is missing");
    }
    return members.get(key);
  }

  /** A string. */
  String text(Located value, String what) {
    if (value instanceof Located.Single single && single.quoted()) {
      return single.text();
    }
    throw wrong(value, what + ": a string is needed");
  }

  private int whole(Located value, String what, int min, int max) {
    if (value instanceof Located.Single single
        && !single.quoted()
        && single.text().matches("[0-9]{1,6}")
        && Integer.parseInt(single.text()) >= min
        && Integer.parseInt(single.text()) <= max) {
      return Integer.parseInt(single.text());
    }
    throw wrong(value, "%s: a whole number from %d to %d is needed".formatted(what, min, max));
  }

  /** An error at a value. */
  IllegalArgumentException wrong(Located where, String message) {
    return LocatedJson.wrong(file, where.line(), message);
  }
}
