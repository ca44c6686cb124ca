package dev.linnet.search;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of a run: {@code events.jsonl}, {@code result.json}, {@code report.html}, {@code
 * model.linnet}, and while the run goes on {@code checkpoints}. A lock on the file {@code .lock}
 * keeps other processes out until the folder is closed.
 */
public final class RunFolder implements Closeable {
  private static final String LOCK = ".lock";
  private static final int PID_DIGITS = 20;
  static final String CHECKPOINTS = "checkpoints";

  private final Path folder;
  private final FileChannel lock;

  private RunFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes the folder, or takes an empty one.
   *
   * @param overwrite whether the files of an earlier run there are deleted; all others stay
   * @throws RunException if the folder cannot be made or written, has files and is not to be
   *     overwritten, or belongs to a run that goes on
   */
  public static RunFolder create(Path folder, boolean overwrite) {
    make(folder);
    if (!overwrite) {
      requireEmpty(folder);
    }
    RunFolder run = new RunFolder(folder, lock(folder));
    try {
      if (!overwrite) {
        requireEmpty(folder);
      }
      run.deleteFiles();
      return run;
    } catch (RunException e) {
      run.close();
      throw e;
    }
  }

  /**
   * Takes the folder of an earlier run as it is, to go on with it.
   *
   * @throws RunException if there is no such run or it goes on already
   */
  public static RunFolder resume(Path folder) {
    if (!Files.isRegularFile(folder.resolve("events.jsonl"))) {
      throw new RunException(folder, "there is no run here (no events.jsonl)");
    }
    return new RunFolder(folder, lock(folder));
  }

  /**
   * Takes the folder of a repeated search as it is, to go on with it.
   *
   * @throws RunException if there is no such search or it goes on already
   */
  public static RunFolder resumeRepeats(Path folder) {
    if (!Repeats.isIn(folder)) {
      throw new RunException(folder, "there is no repeated search here (no repeats.json)");
    }
    return new RunFolder(folder, lock(folder));
  }

  /** How a repeated search was begun. */
  static Path repeats(Path folder) {
    return folder.resolve("repeats.json");
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new RunException(folder, "is a file, a folder is needed");
    } catch (IOException e) {
      throw new RunException(folder, "the folder cannot be made", e);
    }
  }

  private static void requireEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      if (files.anyMatch(file -> !file.endsWith(LOCK))) {
        throw new RunException(
            folder, "the folder is not empty; name another one, or --overwrite its run");
      }
    } catch (IOException e) {
      throw new RunException(folder, "the folder cannot be read", e);
    }
  }

  /** Locks the folder and writes this process's number into the lock. */
  private static FileChannel lock(Path folder) {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              folder.resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new RunException(folder, "the folder cannot be written", e);
    }
    boolean locked = false;
    String owner = "";
    try {
      locked = channel.tryLock() != null;
      if (locked) {
        channel.truncate(0);
        channel.write(US_ASCII.encode(Long.toString(ProcessHandle.current().pid())), 0);
      } else {
        owner = owner(channel);
      }
    } catch (OverlappingFileLockException e) {
      // this process has it: the same as another one
    } catch (IOException e) {
      throw new RunException(folder, "the folder cannot be locked", e);
    } finally {
      if (!locked) {
        close(folder, channel);
      }
    }
    if (!locked) {
      throw new RunException(folder, "another run" + owner + " is going on in this folder");
    }
    return channel;
  }

  /** Who has the lock, as far as the lock says. */
  private static String owner(FileChannel lock) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(PID_DIGITS);
    lock.read(bytes, 0);
    String pid = US_ASCII.decode(bytes.flip()).toString();
    return pid.matches("[0-9]+") ? " (process " + pid + ")" : "";
  }

  private void deleteFiles() {
    deleteResult();
    List.of(events(), model(), repeats(folder)).forEach(RunFolder::delete);
    deleteCheckpoints();
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  /** The event log. */
  public Path events() {
    return folder.resolve("events.jsonl");
  }

  /** The result for programs. */
  public Path result() {
    return folder.resolve("result.json");
  }

  /** The report for people. */
  public Path report() {
    return folder.resolve("report.html");
  }

  /** The winner. */
  public Path model() {
    return folder.resolve("model.linnet");
  }

  /** A checkpoint of a training. */
  Path checkpoint(String name) {
    return folder.resolve(CHECKPOINTS).resolve(name);
  }

  /**
   * Deletes the checkpoints, which a run that is done needs no more.
   *
   * @throws RunException if one cannot be deleted
   */
  public void deleteCheckpoints() {
    Path checkpoints = folder.resolve(CHECKPOINTS);
    if (Files.isDirectory(checkpoints)) {
      try (Stream<Path> files = Files.list(checkpoints)) {
        for (Path file : files.toList()) {
          delete(file);
        }
      } catch (IOException e) {
        throw new RunException(checkpoints, "cannot be read", e);
      }
      delete(checkpoints);
    }
  }

  /**
   * Deletes result and report, which tell of an end that is not the end any more.
   *
   * @throws RunException if one cannot be deleted
   */
  public void deleteResult() {
    delete(result());
    delete(report());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new RunException(file, "cannot be deleted", e);
    }
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; need not flush. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file of this folder so that it is there whole or not at all, even if the machine stops
   * in between: into a neighbour that then takes its place.
   *
   * @param file such as {@link #result}
   * @throws RunException if it cannot be written; what was there before stays
   */
  public void write(Path file, Content content) {
    Path neighbour = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.createDirectories(neighbour.getParent());
      // not a channel, which an interrupt of this thread would close
      try (FileOutputStream bytes = new FileOutputStream(neighbour.toFile());
          OutputStream out = new BufferedOutputStream(bytes)) {
        content.writeTo(out);
        out.flush();
        bytes.getFD().sync();
      }
      Files.move(
          neighbour, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(neighbour, e);
      throw new RunException(file, "cannot be written", e);
    }
  }

  private static void discard(Path file, IOException reason) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** Lets others use the folder. */
  @Override
  public void close() {
    close(folder, lock);
  }

  private static void close(Path folder, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new RunException(folder, "the lock cannot be closed", e);
    }
  }
}
