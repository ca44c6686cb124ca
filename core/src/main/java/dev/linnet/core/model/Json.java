package dev.linnet.core.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A value of the JSON header together with the place where it stands, so that every refusal names
 * it. Strict RFC 8259 with bounded depth and size; see {@link JsonParser}.
 *
 * @param where the place, such as {@code graph.nodes[3].window}
 * @param value a {@code Map<String, Object>}, {@code List<Object>}, {@code String}, {@link
 *     Numeral}, {@code Boolean} or {@link #NULL}
 */
record Json(String where, Object value) {
  /** The literal {@code null}. */
  static final Object NULL = Null.NULL;

  private enum Null {
    NULL
  }

  /**
   * A number as it is written, so that neither whole numbers nor floats lose anything.
   *
   * @param text by the grammar of RFC 8259
   */
  record Numeral(String text) {
    /** Whether it has neither fraction nor exponent. */
    boolean whole() {
      return text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    }
  }

  /**
   * Reads a text that is one JSON value.
   *
   * @throws IllegalArgumentException saying where the text is not JSON, has a key twice, or is too
   *     deep or too large
   */
  static Json parse(String text) {
    return new Json("", new JsonParser(text).parse());
  }

  /** The members of an object, in order. */
  Map<String, Json> members() {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong("an object");
    }
    Map<String, Json> result = new LinkedHashMap<>();
    map.forEach((key, member) -> result.put((String) key, inside((String) key, member)));
    return result;
  }

  /** The members of an object that has all of these keys and no other. */
  Map<String, Json> members(Set<String> keys) {
    Map<String, Json> result = members();
    for (String key : keys) {
      if (!result.containsKey(key)) {
        throw new IllegalArgumentException(place() + " lacks " + quote(key));
      }
    }
    for (String key : result.keySet()) {
      if (!keys.contains(key)) {
        throw new IllegalArgumentException(
            place() + " has " + quote(key) + ", which is unknown; it has " + keys);
      }
    }
    return result;
  }

  private Json inside(String key, Object member) {
    return new Json(where.isEmpty() ? key : where + "." + key, member);
  }

  /** The elements of an array. */
  List<Json> elements() {
    if (!(value instanceof List<?> list)) {
      throw wrong("an array");
    }
    List<Json> result = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      result.add(new Json(where + "[" + i + "]", list.get(i)));
    }
    return result;
  }

  /** An array of whole numbers from {@code least} to {@code most}. */
  int[] integers(int least, int most) {
    return elements().stream().mapToInt(e -> e.integer(least, most)).toArray();
  }

  /** An array of finite floats. */
  float[] reals() {
    List<Json> elements = elements();
    float[] result = new float[elements.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = elements.get(i).real();
    }
    return result;
  }

  /** A string. */
  String text() {
    if (!(value instanceof String text)) {
      throw wrong("a string");
    }
    return text;
  }

  /** True or false. */
  boolean truth() {
    if (!(value instanceof Boolean truth)) {
      throw wrong("true or false");
    }
    return truth;
  }

  /** A whole number from {@code least} to {@code most}. */
  int integer(int least, int most) {
    String range = "a whole number from " + least + " to " + most;
    if (!(value instanceof Numeral number) || !number.whole() || number.text().length() > 11) {
      throw wrong(range);
    }
    long result = Long.parseLong(number.text());
    if (result < least || result > most) {
      throw wrong(range);
    }
    return (int) result;
  }

  /** The float nearest to a number. */
  float real() {
    if (!(value instanceof Numeral number)) {
      throw wrong("a number");
    }
    float result = Float.parseFloat(number.text());
    if (!Float.isFinite(result)) {
      throw wrong("a number in the range of a float");
    }
    return result;
  }

  /** The exception that says what stands here and what should. */
  IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(place() + " must be " + expected + ", is " + shown());
  }

  private String place() {
    return where.isEmpty() ? "the header" : where;
  }

  private String shown() {
    if (value instanceof Map) {
      return "an object";
    } else if (value instanceof List<?> list) {
      return "an array of " + list.size();
    } else if (value instanceof String text) {
      return quote(text);
    } else if (value instanceof Numeral number) {
      return shorten(number.text());
    }
    return value == NULL ? "null" : value.toString();
  }

  /** In quotation marks and of bounded length, for messages. */
  static String quote(String text) {
    return '"' + shorten(text) + '"';
  }

  private static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
