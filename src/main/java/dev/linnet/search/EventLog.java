package dev.linnet.search;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The record of a run: a file of JSON lines that only grows, each with a number and a checksum.
 *
 * <p>Two runs with one seed write the same lines except for the last field, {@code stamp}. Every
 * line but those of epochs is on the disk when {@link #append} returns. May be used by any thread.
 */
public final class EventLog implements Closeable {
  private static final Set<String> FREQUENT = Set.of("supernet", "epoch");
  private static final byte END = '\n';

  private final Path file;

  /** Not a channel, which an interrupt of the writing thread would close. */
  private final RandomAccessFile out;

  private final long start;
  private int count;

  EventLog(Path file, RandomAccessFile out, int count, double seconds) {
    this.file = file;
    this.out = out;
    this.count = count;
    this.start = System.nanoTime() - Math.round(seconds * TimeUnit.SECONDS.toNanos(1));
  }

  /**
   * What a log holds.
   *
   * @param events those before the first line that is damaged
   * @param bytes their length in the file
   * @param damage which line is damaged and how, in one line; empty if none is
   */
  public record Content(List<Event> events, long bytes, Optional<String> damage) {
    /** Copies the list. */
    public Content {
      events = List.copyOf(events);
    }
  }

  /**
   * A new log.
   *
   * @throws RunException if the file exists or cannot be created
   */
  public static EventLog create(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new RunException(file, "cannot be written", e);
    }
    return new EventLog(file, open(file), 0, 0);
  }

  /**
   * Goes on with a log: what is damaged at its end is cut off, the clock goes on where it stood.
   *
   * @param content what {@link #read} found in the file
   * @throws RunException if the file cannot be written
   */
  public static EventLog resume(Path file, Content content) {
    List<Event> events = content.events();
    double seconds = events.isEmpty() ? 0 : events.get(events.size() - 1).seconds();
    EventLog log = new EventLog(file, open(file), events.size(), seconds);
    try {
      log.out.setLength(content.bytes());
      log.out.seek(content.bytes());
    } catch (IOException e) {
      log.close();
      throw new RunException(file, "cannot be cut to its good lines", e);
    }
    return log;
  }

  private static RandomAccessFile open(Path file) {
    try {
      return new RandomAccessFile(file.toFile(), "rw");
    } catch (IOException e) {
      throw new RunException(file, "cannot be written", e);
    }
  }

  /**
   * Reads and verifies a log.
   *
   * @throws RunException if the file cannot be read
   */
  public static Content read(Path file) {
    return read(file, event -> false);
  }

  /**
   * Reads a log up to the event that marks an interrupt: what was done after it, to end with the
   * best so far, is not part of the run that goes on.
   *
   * @throws RunException if the file cannot be read
   */
  public static Content readToResume(Path file) {
    return read(file, event -> event.type().equals(Journal.INTERRUPTED));
  }

  private static Content read(Path file, Predicate<Event> end) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new RunException(file, "cannot be read", e);
    }
    List<Event> events = new ArrayList<>();
    int from = 0;
    while (from < bytes.length) {
      int to = from;
      while (to < bytes.length && bytes[to] != END) {
        to++;
      }
      try {
        if (to == bytes.length) {
          throw new EventLine.DamagedException("is cut off");
        }
        Event event = EventLine.read(Arrays.copyOfRange(bytes, from, to), events.size());
        if (end.test(event)) {
          break;
        }
        events.add(event);
      } catch (EventLine.DamagedException e) {
        int good = events.size();
        String damage =
            "%s: line %d %s; the %d before it are good"
                .formatted(file, good + 1, e.getMessage(), good);
        return new Content(events, from, Optional.of(damage));
      }
      from = to + 1;
    }
    return new Content(events, from, Optional.empty());
  }

  /**
   * Adds an event.
   *
   * @throws RunException if it cannot be written, such as on a full disk: the events before it stay
   *     as they are and the log is closed
   */
  public synchronized void append(Event event) {
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    byte[] line = EventLine.write(count, event, seconds);
    byte[] ended = Arrays.copyOf(line, line.length + 1);
    ended[line.length] = END;
    long before = -1;
    try {
      before = out.getFilePointer();
      out.write(ended);
      if (!FREQUENT.contains(event.type())) {
        out.getFD().sync();
      }
      count++;
    } catch (IOException e) {
      giveUp(before, e);
      throw new RunException(
          file, "line %d (%s) cannot be written".formatted(count + 1, event.type()), e);
    }
  }

  /** Removes a line that was written in part. */
  private void giveUp(long before, IOException reason) {
    try (out) {
      if (before >= 0) {
        out.setLength(before);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** The number of events so far. */
  public synchronized int size() {
    return count;
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new RunException(file, "cannot be closed", e);
    }
  }
}
