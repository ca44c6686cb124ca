package dev.linnet.kernels.cuda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;

/** What was opened, to be closed in the opposite order, all of it, whatever fails. */
final class Handles implements AutoCloseable {
  private record Closing(String call, IntSupplier close) {}

  private final Deque<Closing> open = new ArrayDeque<>();

  /** Remembers how to close what has just been opened: a call that returns the driver's result. */
  void add(String call, IntSupplier close) {
    open.push(new Closing(call, close));
  }

  /** Takes all that others are to close. */
  void add(Handles others) {
    others.open.descendingIterator().forEachRemaining(open::push);
    others.open.clear();
  }

  /**
   * Closes everything.
   *
   * @throws CudaException of the first call that failed, the others added to it, when all are done
   */
  @Override
  public void close() {
    CudaException first = null;
    while (!open.isEmpty()) {
      Closing closing = open.pop();
      int result = closing.close().getAsInt();
      if (result != 0) {
        CudaException failed =
            new CudaException(
                "CUDA: " + closing.call() + " failed with " + Driver.describe(result));
        if (first == null) {
          first = failed;
        } else {
          first.addSuppressed(failed);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
