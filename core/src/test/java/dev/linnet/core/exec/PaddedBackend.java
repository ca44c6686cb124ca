package dev.linnet.core.exec;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Derivative;
import dev.linnet.core.graph.FusedConv2d;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.NormActivation;
import dev.linnet.core.graph.Op;
import dev.linnet.core.tensor.Shape;

/**
 * A backend with the reference's kernels and a vector backend's layouts: channels padded to
 * multiples of 8, borders as wide as a window's padding.
 */
final class PaddedBackend extends HostBackend {
  PaddedBackend(int threads) {
    super(threads);
  }

  @Override
  public String name() {
    return "padded";
  }

  @Override
  public String description() {
    return "padded (reference kernels, padded layouts), " + threads() + " threads";
  }

  @Override
  public int channelStride(int channels) {
    return (channels + 7) / 8 * 8;
  }

  @Override
  public int border(Op op, int index, Shape shape) {
    if (op instanceof Conv2d conv) {
      return conv.window().padding();
    } else if (op instanceof FusedConv2d fused && index == 0) {
      return fused.conv().window().padding();
    } else if (op instanceof MaxPool2d pool) {
      return pool.window().padding();
    } else if (op instanceof AvgPool2d pool) {
      return pool.window().padding();
    }
    return 0;
  }

  @Override
  public boolean writesSlices(OpKey key) {
    return !(key.op() instanceof Derivative);
  }

  /** Elementwise operations: the reference reads an element before it writes it. */
  @Override
  public boolean inPlace(OpKey key, int index) {
    return key.op() instanceof Add
        || key.op() instanceof Activation
        || (key.op() instanceof NormActivation.InputGradient && index == 0);
  }

  @Override
  protected HostKernel create(OpKey key) {
    return ScalarBackend.reference(key);
  }
}
