package dev.linnet.core.model;

import java.util.List;
import java.util.Map;

/**
 * Writes JSON by RFC 8259, without blanks. Takes maps, lists, strings, booleans, whole numbers and
 * finite floats; each number is read back as the same number.
 */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();

  private JsonWriter() {}

  /**
   * The text of a value.
   *
   * @throws IllegalArgumentException for NaN, infinities and halves of surrogate pairs
   */
  static String write(Object value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value);
    return writer.out.toString();
  }

  private void value(Object value) {
    if (value instanceof Map<?, ?> map) {
      char before = '{';
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(before);
        string((String) entry.getKey());
        out.append(':');
        value(entry.getValue());
        before = ',';
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      char before = '[';
      for (Object element : list) {
        out.append(before);
        value(element);
        before = ',';
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof String text) {
      string(text);
    } else if (value instanceof Float || value instanceof Double) {
      if (!Double.isFinite(((Number) value).doubleValue())) {
        throw new IllegalArgumentException("a model file cannot hold the number " + value);
      }
      out.append(value);
    } else if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      out.append(value);
    } else {
      throw new IllegalArgumentException("no JSON for " + value);
    }
  }

  private void string(String text) {
    if (!wellFormed(text)) {
      throw new IllegalArgumentException(
          "a model file cannot hold half of a surrogate pair, as in " + Json.quote(text));
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == 0x7F) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        if (c == '"' || c == '\\') {
          out.append('\\');
        }
        out.append(c);
      }
    }
    out.append('"');
  }

  /** Whether every surrogate has its other half. */
  static boolean wellFormed(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
