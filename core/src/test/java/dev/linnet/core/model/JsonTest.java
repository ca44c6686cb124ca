package dev.linnet.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  @Test
  void everyKindOfValueIsReadBack() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", "\" \\ / \b\f\n\r\t \u0000\u001f\u007f ä € 𝄞");
    object.put("", List.of());
    object.put("nested", List.of(Map.of(), List.of(true, false)));
    object.put("whole", Long.MIN_VALUE);
    String text = JsonWriter.write(object);
    Map<String, Json> read = Json.parse(text).members();
    assertEquals(object.keySet(), read.keySet());
    assertEquals(object.get("text"), read.get("text").text());
    assertEquals(List.of(), read.get("").elements());
    assertEquals(List.of(Map.of(), List.of(true, false)), read.get("nested").value());
    assertEquals(new Json.Numeral("-9223372036854775808"), read.get("whole").value());
    assertTrue(text.chars().allMatch(c -> c >= 0x20 && c != 0x7f), text);
  }

  @Test
  void everyFiniteFloatIsReadBackToTheBit() {
    RandomStream random = RandomStream.of(1, "floats");
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat((int) random.nextLong());
      if (Float.isFinite(value)) {
        float read = Json.parse(JsonWriter.write(value)).real();
        assertEquals(Float.floatToRawIntBits(value), Float.floatToRawIntBits(read));
      }
    }
  }

  @Test
  void escapesAreRead() {
    assertEquals(
        "\"\\/\b\f\n\r\tA𝄞",
        Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud834\\uDD1E\"").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "tru",
        "nul",
        "True",
        "NaN",
        "Infinity",
        "-",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x1",
        "1_000",
        "\"",
        "\"a",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u１２３４\"",
        "\"\t\"",
        "\"\n\"",
        "\"\\ud834\"",
        "\"\\udd1e\\ud834\"",
        "1 2",
        "[] []",
        "// no\n1",
        "\uFEFF1",
        "\u00a01",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":null,\"a\":null}",
        "\uFFFF"
      })
  void whatRfc8259DoesNotAllowIsRefused(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Json.parse(text)).getMessage();
    assertTrue(message.startsWith("the header "), message);
  }

  @Test
  void aRefusalNamesThePlaceAndWhatWouldBeRight() {
    assertEquals(
        "the header is no JSON: at character 6 stands \"x\" instead of a value",
        refusal("[1, 2,x]"));
    assertEquals(
        "the header has the key \"a\" a second time (character 7)", refusal("{\"a\":1,\"a\":2}"));
    Json json = Json.parse("{\"a\":[{\"b\":true}]}");
    Json b = json.members().get("a").elements().get(0).members().get("b");
    assertEquals("a[0].b must be a number, is true", fails(b::real));
    assertEquals("a[0].b must be an object, is true", fails(b::members));
    assertEquals("a must be a string, is an array of 1", fails(json.members().get("a")::text));
    assertEquals("the header must be an array, is an object", fails(json::elements));
  }

  private static String refusal(String text) {
    return fails(() -> Json.parse(text));
  }

  private static String fails(org.junit.jupiter.api.function.Executable executable) {
    return assertThrows(IllegalArgumentException.class, executable).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"3000000000", "-1", "1.0", "1e1", "99999999999999999999999", "\"1\"", "101"})
  void aWholeNumberOutOfRangeIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Json.parse(text).integer(0, 100));
  }

  @Test
  void theExtremesOfAnIntAreRead() {
    assertEquals(
        Integer.MIN_VALUE, Json.parse("-2147483648").integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
    assertEquals(Integer.MAX_VALUE, Json.parse("2147483647").integer(0, Integer.MAX_VALUE));
  }

  @Test
  void depthAndSizeAreBounded() {
    int most = JsonParser.DEPTH;
    Json.parse("[".repeat(most) + "]".repeat(most));
    assertEquals(
        "the header has more than 16 levels (character 16)",
        refusal("[".repeat(most + 1) + "]".repeat(most + 1)));
    assertTrue(refusal("[".repeat(4_000_000)).contains("16 levels"));
    assertTrue(refusal("{\"a\":".repeat(800_000)).contains("16 levels"));
    assertTrue(refusal("[" + "0,".repeat(JsonParser.VALUES) + "0]").contains("250000 values"));
  }

  @Test
  void whatCannotBeReadBackIsNotWritten() {
    assertThrows(IllegalArgumentException.class, () -> JsonWriter.write(Float.NaN));
    assertThrows(IllegalArgumentException.class, () -> JsonWriter.write(1 / 0.0));
    assertThrows(IllegalArgumentException.class, () -> JsonWriter.write("\ud834"));
    assertThrows(IllegalArgumentException.class, () -> JsonWriter.write(List.of(new Object())));
  }
}
