package dev.linnet.kernels.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernels' assembly for devices of one compute capability and newer, which the driver
 * translates for the device.
 *
 * @param target the oldest compute capability that it runs on, such as 60 for 6.0
 * @param text the assembly
 * @param threads of a block, by kernel
 */
record Ptx(int target, String text, Map<String, Integer> threads) {
  private static final int[] TARGETS = {80, 60};
  private static final Pattern ENTRY =
      Pattern.compile("\\.entry (\\w+)\\([^)]*\\)\\s*\\.maxntid (\\d+)");

  /** The oldest compute capability that there are kernels for. */
  static int oldest() {
    return TARGETS[TARGETS.length - 1];
  }

  /** The newest one that runs on a device. */
  static Ptx of(int capability) {
    for (int target : TARGETS) {
      if (target <= capability) {
        return read(target);
      }
    }
    throw new CudaException(
        "the device has compute capability "
            + capability / 10
            + "."
            + capability % 10
            + "; the kernels need "
            + oldest() / 10
            + "."
            + oldest() % 10
            + " or newer");
  }

  private static Ptx read(int target) {
    String name = "sm_" + target + ".ptx";
    try (InputStream in = Ptx.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new CudaException("the jar of the CUDA kernels lacks " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Integer> threads = new HashMap<>();
      Matcher entries = ENTRY.matcher(text);
      while (entries.find()) {
        threads.put(entries.group(1), Integer.parseInt(entries.group(2)));
      }
      return new Ptx(target, text, Map.copyOf(threads));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
