package dev.linnet.report;

import java.util.List;

/**
 * One box of a picture of a network: a layer together with the batch norm, bias and activation that
 * follow it.
 *
 * @param kind what it is drawn as
 * @param title the layer: {@code conv 3×3, stride 2}
 * @param followers what follows the layer in the box: {@code BN}, {@code ReLU6}
 * @param size of its value, without the batch: {@code 14×14×32}
 * @param inputs positions of the boxes whose values it takes, all of them before its own
 * @param macs multiply-accumulates for one image
 * @param parameters trainable values
 */
record Block(
    Kind kind,
    String title,
    List<String> followers,
    String size,
    List<Integer> inputs,
    long macs,
    long parameters) {

  Block {
    followers = List.copyOf(followers);
    inputs = List.copyOf(inputs);
  }

  /** Groups of operations that look alike. */
  enum Kind {
    /** The images. */
    INPUT,
    /** A convolution across channels. */
    CONV,
    /** A convolution of every channel by itself. */
    DEPTHWISE,
    /** Any pooling. */
    POOL,
    /** A dense layer. */
    DENSE,
    /** Squeeze-and-excitation. */
    GATE,
    /** Feature maps put side by side. */
    CONCAT,
    /** A sum, drawn as a small circle. */
    SUM,
    /** A product, drawn as a small circle. */
    PRODUCT,
    /** The operation "none". */
    NONE,
    /** An activation that stands alone. */
    ACTIVATION,
    /** Everything else. */
    OTHER
  }
}
