package dev.linnet.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps what a training has come to, so that a run that was killed need not train it again. Files
 * lie beside the log; one is there whole or not at all. To lose all of them costs time only.
 */
public final class Checkpoints {
  /** The most time that writing may take, as a part of the time in between. */
  private static final double SHARE = 0.02;

  private final Optional<RunFolder> folder;
  private final Duration pause;
  private long next = System.nanoTime();

  private Checkpoints(Optional<RunFolder> folder, Duration pause) {
    this.folder = folder;
    this.pause = pause;
  }

  /** Keeps nothing. */
  public static Checkpoints none() {
    return new Checkpoints(Optional.empty(), Duration.ZERO);
  }

  /**
   * In a run's folder.
   *
   * @param pause the least time between two checkpoints in the middle of a training
   */
  public static Checkpoints in(RunFolder folder, Duration pause) {
    return new Checkpoints(Optional.of(folder), pause);
  }

  /**
   * Writes a checkpoint unless the last one was written just now.
   *
   * @throws RunException if it cannot be written, such as on a full disk; what was there stays
   */
  void offer(String name, Supplier<Checkpoint> checkpoint) {
    if (System.nanoTime() - next >= 0) {
      write(name, checkpoint);
    }
  }

  /**
   * Writes a checkpoint in place of an earlier one of that name.
   *
   * @throws RunException if it cannot be written, such as on a full disk; what was there stays
   */
  void write(String name, Supplier<Checkpoint> checkpoint) {
    if (folder.isEmpty()) {
      return;
    }
    long begin = System.nanoTime();
    Checkpoint made = checkpoint.get();
    folder.get().write(folder.get().checkpoint(name), made::writeTo);
    long end = System.nanoTime();
    next = end + Math.max(pause.toNanos(), (long) ((end - begin) / SHARE));
  }

  /**
   * The checkpoint of that name, if there is one and the run's log is the same up to its place; the
   * journal then stands at that place.
   *
   * @param progress is told of one that cannot be used
   */
  Optional<Checkpoint> restore(String name, Journal journal, Progress progress) {
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Path file = folder.get().checkpoint(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Optional<Checkpoint> found;
    try {
      found = Checkpoint.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new RunException(file, "cannot be read", e);
    }
    if (found.isEmpty()) {
      progress.line(file + " is damaged: this training is done again from its start");
    } else if (!journal.goTo(found.get().place())) {
      progress.line(file + " does not fit the log: this training is done again from its start");
      return Optional.empty();
    }
    return found;
  }
}
