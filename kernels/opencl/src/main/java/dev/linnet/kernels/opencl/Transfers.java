package dev.linnet.kernels.opencl;

import com.aparapi.Range;
import dev.linnet.core.exec.Layout;
import dev.linnet.kernels.opencl.device.Download;
import dev.linnet.kernels.opencl.device.Upload;
import java.util.HashMap;
import java.util.Map;

/**
 * Copies between the host and a backend's memory, through an array for each direction that Aparapi
 * transfers at each launch.
 */
final class Transfers {
  private static final int GROUP = 64;

  private final DeviceMemory memory;
  private final DeviceFunction up;
  private final DeviceFunction down;
  private final float[] upStage = new float[OpenCl.unmovedFloats()];
  private final float[] downStage = new float[OpenCl.unmovedFloats()];

  Transfers(DeviceMemory memory) {
    this.memory = memory;
    this.up = memory.function(Upload.class.getSimpleName());
    this.down = memory.function(Download.class.getSimpleName());
  }

  /** Copies dense values into a buffer. */
  void up(float[] values, int from, Layout layout, DeviceBuffer buffer) {
    int all = layout.shape().size();
    for (int first = 0; first < all; ) {
      int size = Math.min(upStage.length, all - first);
      System.arraycopy(values, from + first, upStage, 0, size);
      memory.launch(up, arguments(true, buffer, layout, first, size));
      first += size;
    }
  }

  /** Copies a buffer to dense values. */
  void down(DeviceBuffer buffer, Layout layout, float[] values, int to) {
    int all = layout.shape().size();
    for (int first = 0; first < all; ) {
      int size = Math.min(downStage.length - 1, all - first); // the last one is for the count
      memory.launchUncounted(down, arguments(false, buffer, layout, first, size));
      memory.check(downStage[size]);
      System.arraycopy(downStage, 0, values, to + first, size);
      first += size;
    }
  }

  private Object[] arguments(
      boolean upwards, DeviceBuffer buffer, Layout layout, int first, int size) {
    Object[] kept = first == 0 ? buffer.transfer(upwards, layout) : null;
    if (kept != null) {
      return kept;
    }
    Object[] made = made(upwards, buffer, layout, first, size);
    if (first == 0) {
      buffer.keep(upwards, layout, made);
    }
    return made;
  }

  private Object[] made(boolean upwards, DeviceBuffer buffer, Layout layout, int first, int size) {
    String name = upwards ? "y" : "x";
    boolean map = layout.shape().rank() == 4 || !layout.isDense();
    Map<String, Object> values = new HashMap<>();
    values.put("staged", upwards ? upStage : downStage);
    values.put("size", size);
    values.put("first", first);
    values.put(name, buffer.offset() + (map ? layout.index(0, 0, 0) : 0));
    values.put(name + "n", map ? layout.imageStride() : 0);
    values.put(name + "h", map ? layout.rowStride() : 0);
    values.put(name + "w", map ? layout.channelStride() : 0);
    values.put("height", map ? layout.height() : 1);
    values.put("width", map ? layout.width() : 1);
    values.put("channels", map ? layout.channels() : layout.floats());
    int items = Step.groups(size + 1, GROUP) * GROUP;
    return (upwards ? up : down).arguments(Range.create(items, GROUP), values);
  }
}
