package dev.linnet.core.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The test split behind a seal: it is opened by name, and every opening is on record.
 *
 * <p>Whoever wants to show that a search never saw the test split looks at {@link #openings()}.
 * What can be asked without opening says nothing about single images. Safe for use by several
 * threads.
 */
public final class HeldOut {

  /**
   * One opening.
   *
   * @param by who opened it, for what
   * @param at when
   */
  public record Opening(String by, Instant at) {}

  private final ImageSet images;
  private final List<Opening> openings = new ArrayList<>();

  HeldOut(ImageSet images) {
    this.images = images;
  }

  /** The number of images; opens nothing. */
  public int size() {
    return images.size();
  }

  /** The checksum as {@link ImageSet#sha256()}; opens nothing. */
  public String sha256() {
    return images.sha256();
  }

  /**
   * Opens the seal and records it.
   *
   * @param by who opens it, for what: {@code final test of the winner}
   * @throws IllegalArgumentException if {@code by} is blank
   */
  public ImageSet open(String by) {
    if (Objects.requireNonNull(by, "by").isBlank()) {
      throw new IllegalArgumentException("HeldOut: say who opens the test split, and for what");
    }
    synchronized (openings) {
      openings.add(new Opening(by, Instant.now()));
    }
    return images;
  }

  /** All openings so far, oldest first; a copy. */
  public List<Opening> openings() {
    synchronized (openings) {
      return List.copyOf(openings);
    }
  }
}
