package dev.linnet.core.exec;

/**
 * A kernel of a program with its buffers.
 *
 * @param border clears the border of the result; null where that is not needed
 * @param everyPart whether it works on the images of a part, rather than on what all have in common
 */
record Launch(
    Kernel kernel, Args args, Runnable border, Preparation preparation, boolean everyPart) {
  /** What a kernel prepares from, and with that, when it has to. */
  enum Preparation {
    NOTHING,
    STORED,
    SAME_FOR_ALL_PARTS,
    OF_THE_PART
  }

  /**
   * Does what is to be done for a part of the batch.
   *
   * @param first whether it is the first part of a run
   * @param changed whether the store has changed since the last run
   */
  void run(boolean first, boolean changed) {
    if (!first && !everyPart) {
      return;
    }
    if (preparation == Preparation.OF_THE_PART
        || (first && preparation == Preparation.SAME_FOR_ALL_PARTS)
        || (first && changed && preparation == Preparation.STORED)) {
      kernel.prepare(args);
    }
    if (border != null) {
      border.run();
    }
    kernel.run(args);
  }
}
