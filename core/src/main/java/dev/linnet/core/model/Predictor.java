package dev.linnet.core.model;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.HostBackend;
import dev.linnet.core.exec.MemoryPlan;
import dev.linnet.core.exec.Program;

/**
 * Predicts one image at a time with a {@link Model}. Made ready once and used again and again, by
 * one thread at a time; threads that predict at the same time take one each, on a backend of their
 * own.
 */
public final class Predictor implements AutoCloseable {
  private final Model model;
  private final Backend owned;
  private final float[] image; // [1, H, W, C]
  private final float[] logits; // [1, K]
  private Program program; // null once it is closed

  /**
   * Plans and binds the model's graph.
   *
   * @param owned is closed with the predictor; null for none
   */
  Predictor(Model model, Backend backend, Backend owned) {
    this.model = model;
    this.owned = owned;
    if (backend instanceof HostBackend) {
      checkMemory(model, backend);
    }
    Preprocessing images = model.preprocessing();
    this.image = new float[images.height() * images.width() * images.channels()];
    this.logits = new float[model.labels().size()];
    this.program = Program.compile(model.graph(), model.store(backend));
  }

  private static void checkMemory(Model model, Backend backend) {
    long heap = Runtime.getRuntime().maxMemory();
    try {
      MemoryPlan plan = MemoryPlan.of(model.graph(), backend);
      long needed = plan.bytes() + plan.storedBytes();
      if (needed > heap) {
        throw new ModelException(
            FileFormat.UNNAMED,
            "one prediction takes "
                + needed
                + " bytes, more than the "
                + heap
                + " of this JVM's heap; raise -Xmx");
      }
    } catch (ArithmeticException e) {
      throw new ModelException(
          FileFormat.UNNAMED, "one of its values takes 2 GiB or more: no array can hold it", e);
    }
  }

  /**
   * Predicts the class of an image of the model's size.
   *
   * @param pixels uint8 {@code [H, W, C]}; not modified
   * @throws IllegalArgumentException if the number of values is not that of the model's images
   * @throws ModelException if the logits are not finite
   */
  public Prediction predict(byte[] pixels) {
    if (pixels.length != image.length) {
      throw new IllegalArgumentException(
          "the model takes images of "
              + model.preprocessing().size()
              + " (height × width × channels), "
              + image.length
              + " values, got "
              + pixels.length);
    }
    model.preprocessing().apply(pixels, image);
    run(image);
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new ModelException(
            FileFormat.UNNAMED, "its logits are not finite (" + logit + "): it predicts nothing");
      }
    }
    return Prediction.of(logits, model.labels());
  }

  /**
   * As {@link #predict(byte[])}, for an image whose size is known.
   *
   * @param pixels uint8 {@code [height, width, channels]}; not modified
   * @throws IllegalArgumentException if the image is of another size or kind than the model's, or
   *     the number of values is not that of the size
   */
  public Prediction predict(byte[] pixels, int height, int width, int channels) {
    Preprocessing expected = model.preprocessing();
    if (height != expected.height()
        || width != expected.width()
        || channels != expected.channels()) {
      throw new IllegalArgumentException(
          "the model takes images of "
              + expected.size()
              + " (height × width × channels), got one of "
              + Preprocessing.size(height, width, channels));
    }
    return predict(pixels);
  }

  /**
   * The logits of an image that is already normalised.
   *
   * @param images {@code [1, H, W, C]}; not modified
   * @return {@code [1, K]}, a new array
   * @throws IllegalArgumentException if the number of values is not that of the model's images
   */
  public float[] logits(float[] images) {
    run(images);
    return logits.clone();
  }

  private void run(float[] images) {
    if (program == null) {
      throw new IllegalStateException("the predictor is closed");
    }
    program.set(InferenceGraph.IMAGES, images);
    program.run();
    program.read(InferenceGraph.LOGITS, logits);
  }

  /** Lets the network's memory go, and the backend if the predictor made it itself. */
  @Override
  public void close() {
    if (program != null) {
      program.close();
      program = null;
    }
    if (owned != null) {
      owned.close();
    }
  }
}
