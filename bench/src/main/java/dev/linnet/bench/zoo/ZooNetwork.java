package dev.linnet.bench.zoo;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.Optimizer;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Schedule;

/**
 * A network with the images that it is measured on.
 *
 * @param name unique, without blanks; ends in the size of the images
 * @param architecture how it is built
 * @param size height and width of the images
 * @param channels of the images
 * @param classes that it tells apart
 */
public record ZooNetwork(
    String name, Architecture architecture, int size, int channels, int classes) {
  private static final float MOMENTUM = 0.9f;
  private static final float WEIGHT_DECAY = 1e-4f;
  private static final float RATE = 0.01f;

  /** The images of a batch, {@code [N, H, W, C]}. */
  public Shape images(int batch) {
    return Shape.of(batch, size, size, channels);
  }

  /** Images to logits. */
  public Graph inference(int batch) {
    return Networks.inference(architecture, images(batch), Weights.own());
  }

  /** Forward, softmax cross-entropy, backward, updates; see {@link #recipe}. */
  public Graph training(int batch) {
    return Networks.training(
        architecture, images(batch), Mode.TRAINING, Weights.own(), recipe(batch));
  }

  /** SGD with Nesterov momentum 0.9, weight decay 1e-4, rate 0.01; nothing else. */
  public static Recipe recipe(int batch) {
    return new Recipe(
        1,
        batch,
        new Optimizer.NesterovSgd(MOMENTUM, WEIGHT_DECAY),
        new Schedule.Constant(RATE),
        0,
        1,
        Augmentation.NONE,
        0);
  }
}
