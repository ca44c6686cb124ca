package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  @TempDir private Path folder;

  @Test
  void eventsAreReadBackAsTheyWereWritten() {
    List<Event> events = new ArrayList<>();
    events.add(event("run", Event.object().put("data", "digits \"é\"\n\u2028").put("seed", 7L)));
    ObjectNode stamp = Event.object().put("threads", 2);
    ObjectNode nested = Event.object().put("accuracy", 0.98765432).putNull("reason");
    nested.putObject("space").put("name", "conv").putArray("shape").add(8).add(8.5);
    events.add(new Event("trial", nested, stamp));
    Path file = write(events);
    EventLog.Content content = EventLog.read(file);
    assertEquals(Optional.empty(), content.damage());
    assertEquals(2, content.events().size());
    for (int i = 0; i < 2; i++) {
      assertEquals(events.get(i).type(), content.events().get(i).type());
      assertEquals(events.get(i).fields(), content.events().get(i).fields());
    }
    assertEquals(2, content.events().get(1).stamp().path("threads").asInt());
    assertTrue(content.events().get(1).seconds() >= 0);
  }

  @Test
  void aLineHasANumberATypeTheFieldsInOrderAndTheStampLast() throws IOException {
    ObjectNode fields = Event.object().put("number", 3).put("by", "evolution").put("a", 0.5);
    Path file = write(List.of(new Event("trial", fields, Event.object().put("latencyMs", 1.25))));
    String line = Files.readString(file);
    assertTrue(
        line.matches(
            "\\{\"seq\":0,\"event\":\"trial\",\"number\":3,\"by\":\"evolution\",\"a\":0\\.5,"
                + "\"stamp\":\\{\"seconds\":[0-9]+\\.[0-9]{3},\"latencyMs\":1\\.25,"
                + "\"crc\":\"[0-9a-f]{8}\"\\}\\}\n"),
        line);
    CRC32 crc = new CRC32();
    crc.update(
        line.strip()
            .replaceAll("\"crc\":\"[0-9a-f]{8}\"", "\"crc\":\"\"")
            .getBytes(StandardCharsets.UTF_8));
    assertTrue(line.contains("\"crc\":\"%08x\"".formatted(crc.getValue())), line);
  }

  @Test
  void fractionsAreWrittenWithSixSignificantDigitsAndWithoutExponent() throws IOException {
    ObjectNode fields = Event.object();
    fields.put("third", 1 / 3.0).put("float", 0.1f).put("one", 1.0).put("large", 123456789.5);
    fields.put("small", 2e-7).put("tiny", Double.MIN_VALUE).put("nan", Double.NaN);
    fields.put("infinite", Float.POSITIVE_INFINITY).put("zero", -0.0).put("whole", 123456789);
    String line = Files.readString(write(List.of(event("x", fields))));
    assertTrue(
        line.contains(
            "\"third\":0.333333,\"float\":0.1,\"one\":1,\"large\":123457000,\"small\":0.0000002,"),
        line);
    assertTrue(
        line.contains("\"nan\":null,\"infinite\":null,\"zero\":0,\"whole\":123456789,"), line);
  }

  @Test
  void everyFlippedBitIsFoundAndTheLinesBeforeItAreKept() throws IOException {
    Path file = write(numbered(3));
    byte[] good = Files.readAllBytes(file);
    List<String> lines = Files.readAllLines(file);
    int first = lines.get(0).length() + 1;
    for (int i = 0; i < lines.get(1).length() + 1; i++) {
      byte[] bad = good.clone();
      bad[first + i] ^= (byte) (1 << (i % 8));
      Files.write(file, bad);
      EventLog.Content content = EventLog.read(file);
      assertEquals(1, content.events().size());
      assertEquals(first, content.bytes());
      String damage = content.damage().orElseThrow();
      assertTrue(damage.startsWith(file + ": line 2 "), damage);
      assertEquals(1, damage.lines().count());
    }
  }

  @Test
  void aCutOffLineIsFoundWhereverItIsCut() throws IOException {
    Path file = write(numbered(3));
    byte[] good = Files.readAllBytes(file);
    int last = (int) EventLog.read(write(numbered(2))).bytes();
    for (int length = last + 1; length < good.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(good, length));
      EventLog.Content content = EventLog.read(file);
      assertEquals(2, content.events().size());
      assertEquals(
          Optional.of(file + ": line 3 is cut off; the 2 before it are good"), content.damage());
    }
  }

  @Test
  void aMissingLineIsFound() throws IOException {
    Path file = write(numbered(4));
    List<String> lines = Files.readAllLines(file);
    lines.remove(1);
    Files.writeString(file, String.join("\n", lines) + "\n");
    assertEquals(
        Optional.of(file + ": line 2 has number 2 instead of 1; the 1 before it are good"),
        EventLog.read(file).damage());
  }

  @Test
  void linesThatAreNoEventsAreFound() throws IOException {
    for (String text : List.of("\n", "{}\n", "hello\n", "\"}}\n", "\u0000\n")) {
      Path file = Files.writeString(folder.resolve("bad.jsonl"), text);
      EventLog.Content content = EventLog.read(file);
      assertEquals(0, content.events().size());
      assertEquals(0, content.bytes());
      assertTrue(content.damage().orElseThrow().contains("line 1 has no checksum"));
    }
    assertEquals(0, EventLog.read(Files.createFile(folder.resolve("empty"))).events().size());
  }

  @Test
  void aLogGoesOnAfterItsLastGoodLine() throws IOException {
    Path file = write(numbered(3));
    Files.writeString(file, "{\"seq\":3,\"eve", StandardOpenOption.APPEND);
    EventLog.Content content = EventLog.read(file);
    try (EventLog log = EventLog.resume(file, content)) {
      assertEquals(3, log.size());
      log.append(event("trial", Event.object().put("number", 3)));
    }
    EventLog.Content again = EventLog.read(file);
    assertEquals(Optional.empty(), again.damage());
    assertEquals(4, again.events().size());
    assertTrue(again.events().get(3).seconds() >= again.events().get(2).seconds());
  }

  @Test
  void aFullDiskIsOneClearLine() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    RandomAccessFile out = new RandomAccessFile(full.toFile(), "rw");
    try (EventLog log = new EventLog(full, out, 16, 0)) {
      String message =
          assertThrows(RunException.class, () -> log.append(numbered(1).get(0))).getMessage();
      assertEquals(
          "/dev/full: line 17 (trial) cannot be written (No space left on device)", message);
      assertThrows(RunException.class, () -> log.append(numbered(1).get(0)));
    }
  }

  @Test
  void anExistingOrMissingFileIsOneClearLine() {
    Path file = write(numbered(1));
    assertEquals(
        file + ": cannot be written (there is such a file already)",
        assertThrows(RunException.class, () -> EventLog.create(file)).getMessage());
    Path missing = folder.resolve("missing.jsonl");
    assertEquals(
        missing + ": cannot be read (there is no such file)",
        assertThrows(RunException.class, () -> EventLog.read(missing)).getMessage());
  }

  @Test
  void namesThatTheLogUsesItselfAreRefused() {
    for (String name : List.of("seq", "event", "stamp")) {
      assertThrows(IllegalArgumentException.class, () -> event("x", Event.object().put(name, 1)));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new Event("x", Event.object(), Event.object().put("crc", "")));
  }

  @Test
  void anInterruptedThreadStillWrites() {
    Path file = folder.resolve("interrupted.jsonl");
    try (EventLog log = EventLog.create(file)) {
      Thread.currentThread().interrupt();
      log.append(numbered(1).get(0));
      log.append(numbered(1).get(0));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals(2, EventLog.read(file).events().size());
  }

  @Test
  void threadsMayWriteAtTheSameTime() {
    Path file = folder.resolve("threads.jsonl");
    try (EventLog log = EventLog.create(file)) {
      numbered(50).parallelStream().forEach(log::append);
    }
    assertEquals(50, EventLog.read(file).events().size());
  }

  private Path write(List<Event> events) {
    Path file = folder.resolve(events.size() + ".jsonl");
    try (EventLog log = EventLog.create(file)) {
      events.forEach(log::append);
    }
    return file;
  }

  private static List<Event> numbered(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> event("trial", Event.object().put("number", i).put("valAccuracy", 0.25)))
        .toList();
  }

  private static Event event(String type, ObjectNode fields) {
    return new Event(type, fields);
  }
}
