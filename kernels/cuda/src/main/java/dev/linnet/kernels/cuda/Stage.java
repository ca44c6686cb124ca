package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Buffer;

/** One launch on the device: a kernel, its grid, and the struct that it takes. Immutable. */
final class Stage {
  /** Threads of a block of the kernels that give every element a thread. */
  static final int BLOCK = 256;

  private static final int POINTER_BYTES = 8;
  private static final int FLOAT_BYTES = 4;

  private final Gpu gpu;
  private final Gpu.Function function;
  private final int gridX;
  private final int gridY;
  private final int gridZ;
  private final byte[] struct;
  private final Arguments.Slot[] slots;

  /** A launch of a grid of blocks. */
  Stage(Gpu gpu, String kernel, int gridX, int gridY, int gridZ, Arguments arguments) {
    this.gpu = gpu;
    this.function = gpu.function(kernel);
    this.gridX = gridX;
    this.gridY = gridY;
    this.gridZ = gridZ;
    this.struct = arguments.bytes();
    this.slots = arguments.slots().toArray(Arguments.Slot[]::new);
  }

  /** A launch of one thread an element. */
  static Stage elements(Gpu gpu, String kernel, int count, Arguments arguments) {
    return new Stage(gpu, kernel, blocks(count, BLOCK), 1, 1, arguments);
  }

  /** How many blocks of {@code size} hold {@code count}. */
  static int blocks(int count, int size) {
    return (count + size - 1) / size;
  }

  /** Enqueues the launch on the buffers of {@code args}. Allocates nothing. */
  void launch(Args args) {
    gpu.arguments().put(0, struct);
    for (int i = 0; i < slots.length; i++) {
      Buffer buffer = buffer(slots[i], args);
      if (buffer != null) {
        long address = ((DeviceBuffer) buffer).address() + FLOAT_BYTES * slots[i].floats();
        gpu.arguments().putLong(i * POINTER_BYTES, address);
      }
    }
    gpu.launch(function, gridX, gridY, gridZ);
  }

  private static Buffer buffer(Arguments.Slot slot, Args args) {
    return switch (slot.source()) {
      case INPUT -> args.input(slot.index());
      case OUTPUT -> args.output();
      case PREPARED -> args.prepared();
      case WORKSPACE -> args.workspace();
      case NULL -> null;
    };
  }
}
