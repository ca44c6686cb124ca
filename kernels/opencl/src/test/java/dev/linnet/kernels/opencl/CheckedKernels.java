package dev.linnet.kernels.opencl;

import com.aparapi.device.OpenCLDevice;
import dev.linnet.core.exec.SmallCases;
import java.util.List;

/**
 * Runs every kernel on small cases, and compares what it computes with the reference: the program
 * that {@code kernels/opencl/oclgrind} runs under a checker.
 *
 * <pre>
 *   java -cp … dev.linnet.kernels.opencl.CheckedKernels [CASES]        of each operation (4)
 *   java -cp … dev.linnet.kernels.opencl.CheckedKernels race|overrun   with a planted fault
 * </pre>
 */
public final class CheckedKernels {
  private static final String USUAL = "4";

  private CheckedKernels() {}

  /** Ends with an exception where a kernel computes something else or was never launched. */
  public static void main(String[] args) {
    String choice = args.length == 0 ? USUAL : args[0];
    String missing = OpenCl.missing();
    if (missing != null) {
      throw new IllegalStateException(missing);
    }
    OpenCLDevice device = OpenCl.devices().get(0);
    if (choice.equals("race") || choice.equals("overrun")) {
      planted(device, choice);
      return;
    }
    try (OpenClBackend backend = new OpenClBackend("opencl", device)) {
      int count = SmallCases.check(backend, Integer.parseInt(choice));
      List<String> idle = backend.idle();
      if (!idle.isEmpty()) {
        throw new AssertionError("never launched: " + idle);
      }
      System.out.println(count + " launches of operations on " + backend.description());
    }
  }

  /** Runs the kernel Fill of a copy of the program in which its store is replaced by a fault. */
  private static void planted(OpenCLDevice device, String fault) {
    Translation right = Kernels.TRANSLATION;
    int fill = right.source().indexOf("__kernel void Fill(");
    int store = right.source().indexOf("this->mem[this->y + i]", fill);
    int end = right.source().indexOf(';', store);
    if (store < 0) {
      throw new AssertionError("the kernel Fill has no store");
    }
    String wrong =
        fault.equals("race")
            ? "this->mem[this->y] = this->mem[this->y] + (float) i"
            : "this->mem[this->y + i + 1000000000] = this->value";
    String source = right.source().substring(0, store) + wrong + right.source().substring(end);
    Translation translation = new Translation(source, right.parameters());
    try (OpenClBackend backend = new OpenClBackend("opencl", device, translation)) {
      backend.allocate(100); // filled with zeros
    }
  }
}
