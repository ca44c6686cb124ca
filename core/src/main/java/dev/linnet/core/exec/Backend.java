package dev.linnet.core.exec;

import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.Shape;
import java.util.Optional;

/**
 * A device that runs kernels. Used by one thread at a time. Launches take effect in the order in
 * which they are made; {@link #download} waits for them.
 */
public interface Backend extends AutoCloseable {
  /**
   * The name that opens it again: its provider's, with a device behind a colon and a precision
   * behind a slash if one was chosen.
   */
  String name();

  /** One line: which device, how wide, how many threads. */
  String description();

  /** Floats a pixel that its kernels want for feature maps of {@code channels} channels. */
  int channelStride(int channels);

  /**
   * The border that the kernel of {@code op} wants around its input {@code index}.
   *
   * @param shape the shape of that input
   */
  int border(Op op, int index, Shape shape);

  /**
   * Whether the kernel of {@code key} can write a result that is a slice of a wider map, so that
   * what concatenates it need not copy it.
   */
  default boolean writesSlices(OpKey key) {
    return false;
  }

  /**
   * Whether the kernel of {@code key} can write its result over its input {@code index}, which lies
   * as the result does.
   */
  default boolean inPlace(OpKey key, int index) {
    return false;
  }

  /** How many threads share the images of a launch. */
  default int threads() {
    return 1;
  }

  /**
   * The bytes that stay close to each thread from one launch to the next. Inference takes so many
   * images at a time through all kernels that their values do. By default there is no limit, and a
   * batch is run at once.
   */
  default long cache() {
    return Long.MAX_VALUE;
  }

  /**
   * How many seconds a network has to run, about, until the backend has made all that it makes for
   * networks that are worth it. Whoever measures waits for that; 0 where nothing is made later.
   */
  default double warmUpSeconds() {
    return 0;
  }

  /**
   * What it has made for this machine since it was opened, such as {@code kernels compiled: 35, in
   * 9.1 s}: for who shows where the time goes. Empty where nothing is made.
   */
  default Optional<String> made() {
    return Optional.empty();
  }

  /** The bytes that all buffers together may take: by default, what the heap may grow to. */
  default long memory() {
    return Runtime.getRuntime().maxMemory();
  }

  /**
   * A buffer of zeros.
   *
   * @throws DeviceMemoryException if a device with memory of its own has no room for it
   */
  Buffer allocate(int floats);

  /**
   * Copies dense host values into the interior of a buffer; pad channels become 0.
   *
   * @param from where they start
   */
  void upload(float[] values, int from, Layout layout, Buffer buffer);

  /** Copies dense host values that start at 0. */
  default void upload(float[] values, Layout layout, Buffer buffer) {
    upload(values, 0, layout, buffer);
  }

  /**
   * Copies the interior of a buffer to dense host values.
   *
   * @param to where they start
   */
  void download(Buffer buffer, Layout layout, float[] values, int to);

  /** Copies to dense host values that start at 0. */
  default void download(Buffer buffer, Layout layout, float[] values) {
    download(buffer, layout, values, 0);
  }

  /**
   * Sets the border of a buffer's images to zeros and leaves the rest. Asked for only where {@link
   * #border} is positive. Takes effect in the order of the launches.
   */
  default void clearBorder(Buffer buffer, Layout layout) {
    throw new UnsupportedOperationException(name() + " has no borders, got " + layout);
  }

  /** The kernel for an operation on given layouts; equal keys may share one. */
  Kernel kernel(OpKey key);

  /** Waits until all launches have taken effect: for who measures time. By default they have. */
  default void finish() {}

  /** Launches that are run many times, on the same buffers. */
  interface Replay extends AutoCloseable {
    /** Makes the launches. */
    void run();

    /** Frees what was kept for them. */
    @Override
    void close();
  }

  /**
   * Makes launches ready to be run many times. By default nothing is done but to call them; a
   * device may record them once and then start all of them with one call.
   *
   * @param launches runs kernels of this backend, the same ones on the same buffers in every call,
   *     and does nothing else
   */
  default Replay replay(Runnable launches) {
    return new Replay() {
      @Override
      public void run() {
        launches.run();
      }

      @Override
      public void close() {}
    };
  }

  /** Frees threads, memory and handles. */
  @Override
  void close();
}
