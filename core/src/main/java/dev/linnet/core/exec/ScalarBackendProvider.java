package dev.linnet.core.exec;

/** Provides the scalar reference backend, which runs on any JVM. */
public final class ScalarBackendProvider implements BackendProvider {
  /** For the service loader. */
  public ScalarBackendProvider() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Probe probe() {
    return new Probe.Usable("plain Java loops, any JVM");
  }

  @Override
  public Backend create(Options options) {
    return new ScalarBackend(options.threads());
  }
}
