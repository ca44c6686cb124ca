package dev.linnet.kernels.opencl;

import com.aparapi.Range;
import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Layout;
import java.util.HashMap;
import java.util.Map;

/** One launch of an operation: a kernel, its range and its arguments but for where values lie. */
final class Step {
  /** Work items of a group where they need not know each other. */
  private static final int GROUP = 64;

  /** A value of the operation. */
  sealed interface Place {
    /** Where it is. */
    int offset(Args args);

    /** An input. */
    record Input(int index) implements Place {
      @Override
      public int offset(Args args) {
        return ((DeviceBuffer) args.input(index)).offset();
      }
    }

    /** The result. */
    record Output() implements Place {
      @Override
      public int offset(Args args) {
        return ((DeviceBuffer) args.output()).offset();
      }
    }

    /** Scratch memory from float {@code from} on. */
    record Scratch(int from) implements Place {
      @Override
      public int offset(Args args) {
        return ((DeviceBuffer) args.workspace()).offset() + from;
      }
    }
  }

  static final Place OUTPUT = new Place.Output();

  private record Located(Place place, int delta) {}

  private final String kernel;
  private final Map<String, Object> numbers = new HashMap<>();
  private final Map<String, Located> places = new HashMap<>();
  private Range range;

  /** A launch of the kernel with this class name. */
  Step(Class<?> kernel) {
    this.kernel = kernel.getSimpleName();
  }

  static Place input(int index) {
    return new Place.Input(index);
  }

  static Place scratch(int from) {
    return new Place.Scratch(from);
  }

  /** The name of the kernel. */
  String kernel() {
    return kernel;
  }

  Step set(String name, int value) {
    numbers.put(name, value);
    return this;
  }

  Step set(String name, float value) {
    numbers.put(name, value);
    return this;
  }

  Step set(String name, long value) {
    numbers.put(name, value);
    return this;
  }

  /** Arguments that the kernel does not look at with the others as they are. */
  Step unused(String... names) {
    for (String name : names) {
      numbers.put(name, 0);
    }
    return this;
  }

  /** A value without a layout: dense, or the start of a table. */
  Step at(String name, Place place) {
    return at(name, place, 0);
  }

  /** As {@link #at(String, Place)}, from float {@code delta} of it on. */
  Step at(String name, Place place, int delta) {
    places.put(name, new Located(place, delta));
    return this;
  }

  /** A feature map with its strides. */
  Step map(String name, Place place, Layout layout) {
    return map(name, place, layout, 0);
  }

  /** A feature map from channel {@code first} on. */
  Step map(String name, Place place, Layout layout, int first) {
    return at(name, place, layout.index(0, 0, 0) + first)
        .set(name + "n", layout.imageStride())
        .set(name + "h", layout.rowStride())
        .set(name + "w", layout.channelStride());
  }

  /** A feature map {@code [N, 1, 1, C]} that is the same for all pixels of an image. */
  Step broadcast(String name, Place place, Layout layout) {
    return at(name, place, layout.index(0, 0, 0))
        .set(name + "n", layout.imageStride())
        .set(name + "h", 0)
        .set(name + "w", 0);
  }

  /** A vector {@code [C]} that is the same for all pixels. */
  Step broadcast(String name, Place place) {
    return at(name, place).set(name + "n", 0).set(name + "h", 0).set(name + "w", 0);
  }

  /** A work item for each of {@code size} elements; sets the argument {@code size}. */
  Step over(int size) {
    return set("size", size).items(size);
  }

  /** So many work items at least. */
  Step items(int count) {
    range = Range.create(groups(count, GROUP) * GROUP, GROUP);
    return this;
  }

  /** Work items (c, block), c up to {@code channels} at least. */
  Step items(int channels, int blocks) {
    int across = channels > GROUP / 4 ? GROUP / 2 : GROUP / 4;
    int down = GROUP / across;
    range =
        Range.create2D(
            groups(channels, across) * across, groups(blocks, down) * down, across, down);
    return this;
  }

  /** Groups of 8 × 8 work items, each for 32 × 32 elements. */
  Step tiles(int columns, int rows, int layers) {
    range = Range.create3D(groups(columns, 32) * 8, groups(rows, 32) * 8, layers, 8, 8, 1);
    return this;
  }

  /** How many groups of {@code size} hold {@code count}. */
  static int groups(int count, int size) {
    return (count + size - 1) / size;
  }

  /** The arguments for the buffers of a launch. */
  Object[] bind(DeviceFunction function, Args args) {
    Map<String, Object> values = new HashMap<>(numbers);
    places.forEach(
        (name, located) -> values.put(name, located.place().offset(args) + located.delta()));
    return function.arguments(range, values);
  }
}
