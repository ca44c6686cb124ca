package dev.linnet.core.train;

import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.ImageShape;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.tensor.RandomStream;
import java.util.List;

/** A small task that a small network learns: noisy images of horizontal and vertical bars. */
final class Shapes {
  static final ImageShape SHAPE = new ImageShape(6, 6, 1);

  /** Convolution with batch norm, then the classifier. */
  static final Architecture NETWORK =
      (n, x) -> n.classifier("head", n.convBnAct("conv", x, 6, 3, 1, Function.RELU), 2);

  private Shapes() {}

  /** Images of alternating classes: rows, columns. */
  static ImageSet images(int count) {
    byte[] pixels = new byte[count * SHAPE.values()];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      RandomStream random = RandomStream.of(9, "bars", i);
      labels[i] = i % 2;
      int bar = random.nextInt(6);
      for (int p = 0; p < SHAPE.values(); p++) {
        boolean lit = bar == (labels[i] == 0 ? p / 6 : p % 6);
        pixels[i * SHAPE.values() + p] = (byte) (random.nextInt(60) + (lit ? 180 : 0));
      }
    }
    return ImageSet.of("bars", SHAPE, List.of("rows", "columns"), pixels, labels);
  }

  static Normalization normalization() {
    return Normalization.of(images(64));
  }
}
