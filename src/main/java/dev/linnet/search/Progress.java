package dev.linnet.search;

/**
 * Is told how a long run comes along. Called by one thread at a time; an implementation may show it
 * at any time, or not at all.
 */
public interface Progress {
  /**
   * A new phase begins; the last one is over.
   *
   * @param what in a few words: {@code training the supernet}
   * @param total steps of this phase; 0 where nobody knows
   */
  void phase(String what, long total);

  /**
   * The phase has come to a step.
   *
   * @param done steps of this phase so far, never fewer than before
   */
  void step(long done);

  /**
   * A new estimate for the whole run.
   *
   * @param seconds from now to its end
   */
  void remaining(double seconds);

  /**
   * Something worth reading has happened.
   *
   * @param text one line
   */
  void line(String text);

  /** Shows nothing. */
  static Progress none() {
    return new Progress() {
      @Override
      public void phase(String what, long total) {}

      @Override
      public void step(long done) {}

      @Override
      public void remaining(double seconds) {}

      @Override
      public void line(String text) {}
    };
  }
}
