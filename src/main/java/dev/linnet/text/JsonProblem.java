package dev.linnet.text;

import com.fasterxml.jackson.core.JsonProcessingException;

/** What is wrong with a JSON text, for people. */
public final class JsonProblem {
  private JsonProblem() {}

  /** One line without the parser's remarks on its source: the place is for the caller to say. */
  public static String reason(JsonProcessingException problem) {
    String line = problem.getOriginalMessage().replaceAll("\\s+", " ");
    return line.replaceFirst(" \\(start marker at .*", "").replaceFirst(" \\[Source: .*", "");
  }
}
