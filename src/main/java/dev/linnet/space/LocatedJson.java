package dev.linnet.space;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.linnet.text.JsonProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON and keeps the lines, for messages about what is wrong. Comments and commas after the
 * last value are allowed.
 */
final class LocatedJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final String file;
  private final JsonParser parser;

  private LocatedJson(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * The one value of a file.
   *
   * @param file for messages
   * @throws IllegalArgumentException in one line: no JSON, or a key that occurs twice
   */
  static Located read(String file, String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      LocatedJson reader = new LocatedJson(file, parser);
      if (parser.nextToken() == null) {
        throw wrong(file, 1, "there is nothing in this file");
      }
      Located value = reader.value();
      if (parser.nextToken() != null) {
        throw wrong(file, reader.line(), "something follows the end of the space");
      }
      return value;
    } catch (JsonParseException e) {
      String reason = JsonProblem.reason(e);
      throw wrong(file, e.getLocation().getLineNr(), "no JSON: " + reason, e);
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
  }

  /** An error that names file and line. */
  static IllegalArgumentException wrong(String file, int line, String message) {
    return wrong(file, line, message, null);
  }

  private static IllegalArgumentException wrong(
      String file, int line, String message, Throwable cause) {
    return new IllegalArgumentException(file + ":" + line + ": " + message, cause);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  /** The value that begins at the current token. */
  private Located value() throws IOException {
    int line = line();
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Located> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          if (members.containsKey(key)) {
            throw wrong(file, line(), "the key \"" + key + "\" occurs twice");
          }
          parser.nextToken();
          members.put(key, value());
        }
        yield new Located.Members(line, members);
      }
      case START_ARRAY -> {
        List<Located> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value());
        }
        yield new Located.Items(line, items);
      }
      default ->
          new Located.Single(
              line, parser.getText(), parser.currentToken() == JsonToken.VALUE_STRING);
    };
  }
}
