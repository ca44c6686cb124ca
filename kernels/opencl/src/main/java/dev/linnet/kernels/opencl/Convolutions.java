package dev.linnet.kernels.opencl;

import static dev.linnet.kernels.opencl.Step.OUTPUT;
import static dev.linnet.kernels.opencl.Step.input;
import static dev.linnet.kernels.opencl.Step.scratch;

import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.OpKey;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.FusedConv2d;
import dev.linnet.core.graph.Window;
import dev.linnet.kernels.opencl.DeviceOperation.Plan;
import dev.linnet.kernels.opencl.device.ConvForward;
import dev.linnet.kernels.opencl.device.ConvInput;
import dev.linnet.kernels.opencl.device.ConvWeight;
import dev.linnet.kernels.opencl.device.GroupedForward;
import dev.linnet.kernels.opencl.device.GroupedInput;
import dev.linnet.kernels.opencl.device.GroupedWeight;
import dev.linnet.kernels.opencl.device.SumParts;
import java.util.List;

/**
 * Convolutions and dense layers. With one group, in tiles; with several, which are narrow, each
 * element by itself.
 */
final class Convolutions {
  /** What a dense layer is. */
  static final Conv2d POINT = new Conv2d(Window.square(1, 1, 0, 1), 1);

  private static final int PIXELS_A_BLOCK = 256;
  private static final int BLOCKS = 64;

  private Convolutions() {}

  static Plan forward(Conv2d conv, OpKey key) {
    return Plan.of(product(conv, key));
  }

  /** The convolution, then all else on its result. */
  static Plan fused(FusedConv2d op, OpKey key) {
    return Plan.of(product(op.conv(), key), Norms.epilogue(op, key));
  }

  private static Step product(Conv2d conv, OpKey key) {
    Layout x = key.input(0);
    Layout y = key.output();
    int inputs = x.channels() / conv.groups();
    int outputs = y.channels() / conv.groups();
    boolean tiled = conv.groups() == 1;
    Step step =
        geometry(new Step(tiled ? ConvForward.class : GroupedForward.class), conv, x, y)
            .map("x", input(0), x)
            .at("weights", input(1))
            .map("y", OUTPUT, y)
            .set("perGroup", inputs)
            .set("outputs", outputs);
    if (tiled) {
      return step.set("pixels", pixels(y))
          .set("taps", conv.window().taps())
          .tiles(outputs, pixels(y), 1);
    }
    return step.set("kernelHeight", conv.window().kernelHeight())
        .set("outChannels", y.channels())
        .over(pixels(y) * y.channels());
  }

  static Plan inputGradient(Conv2d conv, OpKey key) {
    Layout dy = key.input(0);
    Layout dx = key.output();
    int inputs = dx.channels() / conv.groups();
    int outputs = dy.channels() / conv.groups();
    boolean tiled = conv.groups() == 1;
    Step step =
        geometry(new Step(tiled ? ConvInput.class : GroupedInput.class), conv, dx, dy)
            .map("dy", input(0), dy)
            .at("weights", input(1))
            .map("dx", OUTPUT, dx)
            .set("perGroup", inputs)
            .set("outputs", outputs);
    if (tiled) {
      return Plan.of(
          step.set("pixels", pixels(dx))
              .set("taps", conv.window().taps())
              .tiles(inputs, pixels(dx), 1));
    }
    return Plan.of(
        step.set("kernelHeight", conv.window().kernelHeight())
            .set("channels", dx.channels())
            .over(pixels(dx) * dx.channels()));
  }

  /** In blocks of pixels, whose number depends on the shape alone. */
  static Plan weightGradient(Conv2d conv, OpKey key) {
    Layout dy = key.input(0);
    Layout x = key.input(1);
    int size = key.output().floats();
    int inputs = x.channels() / conv.groups();
    int outputs = dy.channels() / conv.groups();
    int taps = conv.window().taps();
    int perBlock = Math.max(PIXELS_A_BLOCK, Step.groups(pixels(dy), BLOCKS));
    int blocks = Step.groups(pixels(dy), perBlock);
    boolean tiled = conv.groups() == 1;
    Step step =
        geometry(new Step(tiled ? ConvWeight.class : GroupedWeight.class), conv, x, dy)
            .map("dy", input(0), dy)
            .map("x", input(1), x)
            .set("perGroup", inputs)
            .set("outputs", outputs)
            .set("pixels", pixels(dy))
            .set("perBlock", perBlock)
            .at("parts", blocks == 1 ? OUTPUT : scratch(0));
    if (tiled) {
      step.set("blocks", blocks)
          .set("groups", conv.groups())
          .set("taps", taps)
          .tiles(inputs * taps, outputs, blocks);
    } else {
      step.set("kernelHeight", conv.window().kernelHeight())
          .set("outChannels", dy.channels())
          .set("size", size)
          .items(size, blocks);
    }
    if (blocks == 1) {
      return Plan.of(step);
    }
    return new Plan(List.of(step, sum(size, blocks)), size * blocks);
  }

  /** The sum of blocks in scratch memory. */
  static Step sum(int size, int blocks) {
    return new Step(SumParts.class)
        .set("blocks", blocks)
        .at("parts", scratch(0))
        .at("y", OUTPUT)
        .over(size);
  }

  /** The images of an operation's larger and smaller side, and the window between them. */
  private static Step geometry(Step step, Conv2d conv, Layout large, Layout small) {
    Window window = conv.window();
    return step.set("height", large.height())
        .set("width", large.width())
        .set("outHeight", small.height())
        .set("outWidth", small.width())
        .set("kernelWidth", window.kernelWidth())
        .set("strideHeight", window.strideHeight())
        .set("strideWidth", window.strideWidth())
        .set("dilationHeight", window.dilationHeight())
        .set("dilationWidth", window.dilationWidth())
        .set("top", window.top())
        .set("left", window.left());
  }

  /** Pixels of all images. */
  static int pixels(Layout layout) {
    return layout.batch() * layout.height() * layout.width();
  }
}
