package dev.linnet.bench.gpu;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.Precision;
import java.util.List;

/** One device with its backend open, its clocks and its ceilings. */
public interface MeasuredDevice extends AutoCloseable {
  /** What a device is, and so what its times say. */
  enum Kind {
    /** A GPU. */
    GPU(""),
    /** A processor that runs OpenCL. */
    CPU("This device is no GPU: its times say nothing about one."),
    /** The driver of the tests, which runs the kernels on the host. */
    STAND_IN("THIS IS THE STAND-IN DRIVER OF THE TESTS, NOT A GPU: its times mean nothing.");

    private final String warning;

    Kind(String warning) {
      this.warning = warning;
    }

    /** One line for readers; empty for a GPU. */
    public String warning() {
      return warning;
    }
  }

  /** The name that opens the backend. */
  String name();

  /** Lines: the device's name, memory, capability, driver. */
  List<String> facts();

  /** What it is. */
  Kind kind();

  /** How it takes the operands of products. */
  Precision precision();

  /** The number of the CUDA device that PyTorch is to run on. */
  int torchDevice();

  /** The backend that is measured. */
  Backend backend();

  /** Opens another backend on the same device. */
  Backend another();

  /** Times kernels. */
  Clock clock();

  /** Times networks, with what passes between their launches. */
  Clock networkClock();

  /** The loops. */
  Ceilings ceilings();

  @Override
  void close();
}
