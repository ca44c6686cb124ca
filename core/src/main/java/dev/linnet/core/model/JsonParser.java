package dev.linnet.core.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON strictly by RFC 8259. Beyond the RFC it refuses a key that an object has twice, halves
 * of surrogate pairs, more than {@value #DEPTH} levels and more than {@value #VALUES} values.
 */
final class JsonParser {
  /** The deepest nesting of arrays and objects. */
  static final int DEPTH = 16;

  /** The most values in one text. */
  static final int VALUES = 250_000;

  private static final char END = '\uFFFF'; // a noncharacter: no string of a valid text has it bare

  private final String text;
  private int at;
  private int values;

  JsonParser(String text) {
    this.text = text;
  }

  Object parse() {
    Object result = value(0);
    space();
    if (at < text.length()) {
      throw expected("the end");
    }
    return result;
  }

  private Object value(int depth) {
    if (++values > VALUES) {
      throw refused("more than " + VALUES + " values");
    }
    space();
    char first = peek();
    switch (first) {
      case '{':
        return object(depth + 1);
      case '[':
        return array(depth + 1);
      case '"':
        return string();
      case 't':
        return literal("true", true);
      case 'f':
        return literal("false", false);
      case 'n':
        return literal("null", Json.NULL);
      default:
        if (first == '-' || digit(first)) {
          return number();
        }
        throw expected("a value");
    }
  }

  private Map<String, Object> object(int depth) {
    open(depth);
    Map<String, Object> result = new LinkedHashMap<>();
    if (closes('}')) {
      return result;
    }
    do {
      space();
      if (peek() != '"') {
        throw expected("a key in quotation marks");
      }
      int start = at;
      String key = string();
      space();
      if (peek() != ':') {
        throw expected("':'");
      }
      at++;
      Object member = value(depth);
      if (result.putIfAbsent(key, member) != null) {
        at = start;
        throw refused("the key " + Json.quote(key) + " a second time");
      }
    } while (continues('}'));
    return result;
  }

  private List<Object> array(int depth) {
    open(depth);
    List<Object> result = new ArrayList<>();
    if (closes(']')) {
      return result;
    }
    do {
      result.add(value(depth));
    } while (continues(']'));
    return result;
  }

  private void open(int depth) {
    if (depth > DEPTH) {
      throw refused("more than " + DEPTH + " levels");
    }
    at++;
  }

  private boolean closes(char bracket) {
    space();
    if (peek() != bracket) {
      return false;
    }
    at++;
    return true;
  }

  /** Whether a comma follows rather than the closing bracket; skips it. */
  private boolean continues(char bracket) {
    space();
    if (peek() != ',' && peek() != bracket) {
      throw expected("',' or '" + bracket + "'");
    }
    return text.charAt(at++) == ',';
  }

  private Object literal(String word, Object meaning) {
    if (!text.startsWith(word, at)) {
      throw expected(word);
    }
    at += word.length();
    return meaning;
  }

  private Json.Numeral number() {
    int start = at;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    return new Json.Numeral(text.substring(start, at));
  }

  private void digits() {
    if (!digit(peek())) {
      throw expected("a digit");
    }
    while (digit(peek())) {
      at++;
    }
  }

  private boolean skip(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private String string() {
    at++;
    StringBuilder result = new StringBuilder();
    while (true) {
      if (at == text.length()) {
        throw expected("the end of a string");
      }
      char c = text.charAt(at);
      if (c < 0x20) {
        throw refused("a control character in a string");
      }
      at++;
      if (c == '"') {
        return whole(result);
      }
      result.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = peek();
    at++;
    switch (c) {
      case '"':
      case '\\':
      case '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        int code = 0;
        for (int i = 0; i < 4; i++, at++) {
          int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
          if (digit < 0) {
            throw expected("four hexadecimal digits");
          }
          code = code << 4 | digit;
        }
        return (char) code;
      default:
        at--;
        throw expected("an escape of JSON");
    }
  }

  private String whole(StringBuilder string) {
    if (!JsonWriter.wellFormed(string)) {
      throw refused("half of a surrogate pair in a string");
    }
    return string.toString();
  }

  private void space() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private IllegalArgumentException expected(String what) {
    String found = at < text.length() ? Json.quote(text.substring(at, at + 1)) : "the end";
    return new IllegalArgumentException(
        "the header is no JSON: at character " + at + " stands " + found + " instead of " + what);
  }

  private IllegalArgumentException refused(String what) {
    return new IllegalArgumentException("the header has " + what + " (character " + at + ")");
  }
}
