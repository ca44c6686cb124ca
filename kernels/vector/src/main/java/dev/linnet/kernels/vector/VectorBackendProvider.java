package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Dropout;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.LeadingSlice;
import dev.linnet.core.graph.Op;
import java.util.Locale;
import java.util.Set;

/**
 * Provides the vector backend. Loads and probes on any JVM: nothing here mentions a vector type,
 * and {@link Machine}, which does, is loaded only after the module and the compiler have been
 * found.
 */
public final class VectorBackendProvider implements BackendProvider {
  private static final String MODULE = "jdk.incubator.vector";
  private static final int LEAST_BITS = 128;

  /** For the service loader. */
  public VectorBackendProvider() {}

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int rank() {
    return 10;
  }

  /** Checks the module, then the compiler, then the width. */
  @Override
  public Probe probe() {
    if (!moduleResolved()) {
      return new Probe.Unusable(
          "the module " + MODULE + " is not resolved; add the option --add-modules " + MODULE);
    }
    String compiler =
        withoutC2(System.getProperty("java.vm.info", ""), System.getProperty("java.vm.name", ""));
    if (compiler != null) {
      return new Probe.Unusable(compiler);
    }
    int bits = Machine.bits();
    if (bits < LEAST_BITS) {
      return new Probe.Unusable(
          "vectors of this CPU have " + bits + " bits, it needs at least " + LEAST_BITS);
    }
    return new Probe.Usable(Machine.description());
  }

  /**
   * The operations for which this backend always runs core's scalar kernels: they move values or
   * are rare.
   */
  public static Set<Class<? extends Op>> scalarOperations() {
    return Set.of(
        Concat.class,
        Concat.InputGradient.class,
        Flatten.class,
        Flatten.InputGradient.class,
        Dropout.class,
        Dropout.InputGradient.class,
        LeadingSlice.class,
        LeadingSlice.InputGradient.class);
  }

  private static boolean moduleResolved() {
    ModuleLayer layer = VectorBackendProvider.class.getModule().getLayer();
    return (layer == null ? ModuleLayer.boot() : layer).findModule(MODULE).isPresent()
        || ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /**
   * Why vector code would run uncompiled, hundreds of times slower than plain loops; null if it
   * would not.
   *
   * @param info the property java.vm.info, such as "mixed mode, sharing"
   * @param name the property java.vm.name, such as "OpenJDK 64-Bit Server VM"
   */
  static String withoutC2(String info, String name) {
    String mode = info.toLowerCase(Locale.ROOT);
    if (mode.contains("interpreted")) {
      return "this JVM only interprets (" + info + "); run it without -Xint";
    }
    if (mode.contains("emulated-client")) {
      return "this JVM runs without the C2 compiler ("
          + info
          + "); run it without -client and -XX:TieredStopAtLevel";
    }
    if (name.contains("Client") || name.contains("Minimal") || name.contains("Zero")) {
      return "the " + name + " has no C2 compiler; use a server VM";
    }
    return null;
  }

  @Override
  public Backend create(Options options) {
    if (probe() instanceof Probe.Unusable unusable) {
      throw new IllegalStateException("backend vector is not usable: " + unusable.reason());
    }
    return Machine.open(options.threads());
  }

  /** What needs the incubator module. */
  private static final class Machine {
    static int bits() {
      return Width.bits();
    }

    static String description() {
      return Width.description();
    }

    static Backend open(int threads) {
      return new VectorBackend(threads, new TileCopies(TileCopies.WORTH));
    }
  }
}
