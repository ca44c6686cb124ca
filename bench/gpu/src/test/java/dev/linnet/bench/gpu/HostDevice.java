package dev.linnet.bench.gpu;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.exec.Precision;
import java.util.List;
import java.util.function.UnaryOperator;

/** The scalar backend as if it were a device. */
final class HostDevice implements MeasuredDevice {
  private final UnaryOperator<Backend> change;
  private final Backend backend;
  private final SteppingCeilings ceilings = new SteppingCeilings(1e-3);

  /**
   * Opens it.
   *
   * @param change what is done to the backend
   */
  HostDevice(UnaryOperator<Backend> change) {
    this.change = change;
    this.backend = another();
  }

  @Override
  public String name() {
    return "host";
  }

  @Override
  public List<String> facts() {
    return List.of(backend.description());
  }

  @Override
  public Kind kind() {
    return Kind.CPU;
  }

  @Override
  public Precision precision() {
    return Precision.FP32;
  }

  @Override
  public int torchDevice() {
    return 0;
  }

  @Override
  public Backend backend() {
    return backend;
  }

  @Override
  public Backend another() {
    return change.apply(Backends.open("scalar", new BackendProvider.Options(1), line -> {}));
  }

  @Override
  public Clock clock() {
    return new WallClock(backend);
  }

  @Override
  public Clock networkClock() {
    return new WallClock(backend);
  }

  @Override
  public Ceilings ceilings() {
    return ceilings;
  }

  @Override
  public void close() {
    backend.close();
  }
}
