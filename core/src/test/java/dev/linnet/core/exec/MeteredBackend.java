package dev.linnet.core.exec;

import java.util.ArrayList;
import java.util.List;

/** A backend that can say which of its kernels allocate when they run. */
final class MeteredBackend extends ForwardingBackend {
  private final List<String> allocating = new ArrayList<>();
  private boolean metering;

  /** Closes {@code backend} with itself. */
  MeteredBackend(Backend backend) {
    super(backend);
  }

  /** The kernels that allocate while work is done, each with its bytes. */
  List<String> allocating(Runnable work) {
    allocating.clear();
    metering = true;
    work.run();
    metering = false;
    return List.copyOf(allocating);
  }

  private void metered(Runnable work, OpKey key) {
    long bytes = Allocations.bytes(work);
    if (bytes > 0) {
      allocating.add(bytes + " bytes: " + key);
    }
  }

  /** Allocates nothing itself while nothing is metered. */
  private final class MeteredKernel extends ForwardingKernel {
    private final OpKey key;

    MeteredKernel(Kernel kernel, OpKey key) {
      super(kernel);
      this.key = key;
    }

    @Override
    public void prepare(Args args) {
      if (metering) {
        metered(() -> super.prepare(args), key);
      } else {
        super.prepare(args);
      }
    }

    @Override
    public void run(Args args) {
      if (metering) {
        metered(() -> super.run(args), key);
      } else {
        super.run(args);
      }
    }
  }

  @Override
  public Kernel kernel(OpKey key) {
    return new MeteredKernel(super.kernel(key), key);
  }
}
