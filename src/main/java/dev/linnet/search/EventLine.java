package dev.linnet.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The text of one event: {@code {"seq":3,"event":"trial",…,"stamp":{"seconds":1.25,…,"crc":"…"}}}.
 * The checksum is CRC-32 over the UTF-8 bytes of the line with an empty checksum, eight hexadecimal
 * digits.
 */
final class EventLine {
  private static final int CHECKSUM_DIGITS = 8;
  private static final byte[] BEFORE =
      ("\"" + Event.CHECKSUM + "\":\"").getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER = "\"}}".getBytes(StandardCharsets.US_ASCII);

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectWriter WRITER = MAPPER.writerFor(JsonNode.class);
  private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

  private EventLine() {}

  /** A line that cannot be used: why, as the end of a sentence. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String reason) {
      super(reason);
    }
  }

  /** The line, without its end. */
  static byte[] write(int sequence, Event event, double seconds) {
    ObjectNode line = Event.object();
    line.put(Event.SEQUENCE, sequence).put(Event.TYPE, event.type());
    line.setAll(event.fields());
    ObjectNode stamp = line.putObject(Event.STAMP);
    stamp.put(Event.SECONDS, BigDecimal.valueOf(Math.round(seconds * 1000), 3));
    event.stamp().properties().forEach(f -> stamp.set(f.getKey(), f.getValue()));
    stamp.put(Event.CHECKSUM, "");
    byte[] open;
    try {
      open = WRITER.writeValueAsBytes(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "event " + event.type() + ": " + e.getOriginalMessage(), e);
    }
    ByteBuffer closed = ByteBuffer.allocate(open.length + CHECKSUM_DIGITS);
    closed.put(open, 0, open.length - AFTER.length);
    closed.put(checksum(open, 0, open.length).getBytes(StandardCharsets.US_ASCII));
    return closed.put(AFTER).array();
  }

  /**
   * The event of a line.
   *
   * @param line without its end
   * @param sequence the number that it must have
   * @throws DamagedException if it is not a line that {@link #write} made for that number
   */
  static Event read(byte[] line, int sequence) throws DamagedException {
    int digits = line.length - AFTER.length - CHECKSUM_DIGITS;
    int before = digits - BEFORE.length;
    if (before < 0
        || !Arrays.equals(line, before, digits, BEFORE, 0, BEFORE.length)
        || !Arrays.equals(line, line.length - AFTER.length, line.length, AFTER, 0, AFTER.length)) {
      throw new DamagedException("has no checksum at its end");
    }
    byte[] open = new byte[line.length - CHECKSUM_DIGITS];
    System.arraycopy(line, 0, open, 0, digits);
    System.arraycopy(AFTER, 0, open, digits, AFTER.length);
    String stated = new String(line, digits, CHECKSUM_DIGITS, StandardCharsets.ISO_8859_1);
    String found = checksum(open, 0, open.length);
    if (!stated.equals(found)) {
      throw new DamagedException("is damaged (checksum " + found + ", it states " + stated + ")");
    }
    return event(open, sequence);
  }

  private static Event event(byte[] open, int sequence) throws DamagedException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(open)).toString();
      if (READER.readTree(text) instanceof ObjectNode line
          && line.remove(Event.STAMP) instanceof ObjectNode stamp
          && line.path(Event.TYPE).isTextual()) {
        int stated = line.path(Event.SEQUENCE).asInt(-1);
        if (stated != sequence) {
          throw new DamagedException("has number " + stated + " instead of " + sequence);
        }
        stamp.remove(Event.CHECKSUM);
        String type = line.path(Event.TYPE).textValue();
        line.remove(java.util.List.of(Event.SEQUENCE, Event.TYPE));
        return new Event(type, line, stamp);
      }
      throw new DamagedException("is not an event");
    } catch (JsonProcessingException | CharacterCodingException e) {
      throw new DamagedException("is not JSON in UTF-8");
    }
  }

  private static String checksum(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return "%08x".formatted(crc.getValue());
  }
}
