package dev.linnet.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JsonProblemTest {

  private static String reason(String json) {
    JsonProcessingException problem =
        assertThrows(JsonProcessingException.class, () -> new ObjectMapper().readTree(json));
    return JsonProblem.reason(problem);
  }

  @Test
  void aTextThatIsCutOffIsSaidToEndWithoutTheParsersSource() {
    assertEquals(
        "Unexpected end-of-input: expected close marker for Object", reason("{\"a\": {\"b\": 1"));
  }

  @Test
  void aWrongCharacterIsNamedOnOneLine() {
    String reason = reason("{\"a\": }");
    assertEquals("Unexpected character ('}' (code 125))", reason.substring(0, reason.indexOf(':')));
    assertEquals(1, reason.lines().count());
  }
}
