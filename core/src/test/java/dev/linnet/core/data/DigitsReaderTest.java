package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DigitsReaderTest {

  private static final String ZERO = "0,8,16,1" + ",0".repeat(60) + ",0\n";
  private static final String NINE = "5" + ",0".repeat(63) + ",9\n";

  private static ImageSet read(String text) {
    return read(Fixtures.gzip(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static ImageSet read(byte[] gzip) {
    return DigitsReader.read(new ByteArrayInputStream(gzip), "digits.csv.gz");
  }

  private static void assertRefused(String reason, String text) {
    Exception error = assertThrows(DataException.class, () -> read(text));
    assertEquals("digits.csv.gz: " + reason, error.getMessage());
  }

  @Test
  void sixteenthsBecomeBytes() {
    ImageSet set = read(ZERO + NINE);
    assertEquals("digits: 2 images of 8×8×1, 10 classes", set.toString());
    byte[] image = set.image(0);
    assertEquals(0, image[0]);
    assertEquals(128, image[1] & 0xFF); // 127.5 rounded
    assertEquals(255, image[2] & 0xFF);
    assertEquals(16, image[3]); // 15.94 rounded
    assertEquals(9, set.label(1));
  }

  @Test
  void linesThatAreNotADigitAreRefused() {
    assertRefused(
        "line 2 has 3 fields; 65 are needed, 64 pixels and the digit", ZERO + "1,2,3\n" + NINE);
    assertRefused(
        "line 1 has '17' where a whole number from 0 to 16 is needed",
        ZERO.replace("16", "17") + NINE);
    assertRefused(
        "line 2 has '10' where a whole number from 0 to 9 is needed",
        ZERO + NINE.replace(",9\n", ",10\n"));
    assertRefused(
        "line 1 has '-1' where a whole number from 0 to 16 is needed",
        ZERO.replace("0,8", "-1,8") + NINE);
    assertRefused(
        "line 1 has 'xxxxxxxxxxxxxxxxxxxx…' where a whole number from 0 to 16 is needed",
        ZERO.replace("0,8", "x".repeat(100) + ",8") + NINE);
  }

  @Test
  void noLinesAndOneClassAreRefused() {
    assertRefused("has no lines", "\n");
    assertRefused(
        "all 2 images have one class (label 0); at least 2 classes are needed", ZERO + ZERO);
  }

  @Test
  void aStreamCutAnywhereIsRefused() {
    byte[] gzip = Fixtures.gzip((ZERO + NINE).getBytes(StandardCharsets.US_ASCII));
    for (int length = 0; length < gzip.length; length++) {
      byte[] cut = Arrays.copyOf(gzip, length);
      assertThrows(DataException.class, () -> read(cut));
    }
  }

  @Test
  void anEndlessStreamIsCutOffWithAnError() {
    Exception error =
        assertThrows(DataException.class, () -> read(Fixtures.gzip(new byte[(1 << 21) + 1])));
    assertEquals(
        "digits.csv.gz: holds more than 2097152 bytes, the most that is read", error.getMessage());
  }
}
