package dev.linnet.space;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.tensor.Shape;

/**
 * What a network is for: images of one shape, sorted into classes.
 *
 * @param input the size of an image
 * @param classes the number of classes, at least 2
 */
public record Task(ImageShape input, int classes) {

  /**
   * Checks the number of classes.
   *
   * @throws IllegalArgumentException if there are fewer than 2
   */
  public Task {
    if (classes < 2) {
      throw new IllegalArgumentException("Task: at least 2 classes are needed, not " + classes);
    }
  }

  /** The shape of a batch of images, {@code [N, H, W, C]}. */
  public Shape images(int batch) {
    return Shape.of(batch, input.height(), input.width(), input.channels());
  }
}
