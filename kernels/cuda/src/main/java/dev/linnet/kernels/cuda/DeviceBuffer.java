package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Buffer;
import jcuda.driver.CUdeviceptr;

/** Floats in a device's memory. */
final class DeviceBuffer implements Buffer {
  /** A pointer that tells its address. */
  static final class Address extends CUdeviceptr {
    long value() {
      return getNativePointer();
    }
  }

  private final Address pointer;
  private final long address;
  private final int floats;

  DeviceBuffer(Address pointer, int floats) {
    this.pointer = pointer;
    this.address = pointer.value();
    this.floats = floats;
  }

  @Override
  public int floats() {
    return floats;
  }

  CUdeviceptr pointer() {
    return pointer;
  }

  long address() {
    return address;
  }
}
