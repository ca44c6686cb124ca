package dev.linnet.core.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The backends that this JVM can see. */
public final class Backends {
  /** The name that takes the best usable backend. */
  public static final String AUTO = "auto";

  private Backends() {}

  /** All providers, best first, usable or not. */
  public static List<BackendProvider> providers() {
    List<BackendProvider> result = new ArrayList<>();
    ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).forEach(result::add);
    if (result.stream().noneMatch(ScalarBackendProvider.class::isInstance)) {
      result.add(new ScalarBackendProvider()); // also where a repackaged jar has lost its services
    }
    result.sort(Comparator.comparingInt(BackendProvider::rank).reversed());
    return result;
  }

  /** The best usable backend with default options and no log. */
  public static Backend auto() {
    int threads = Runtime.getRuntime().availableProcessors();
    return open(AUTO, new BackendProvider.Options(threads), line -> {});
  }

  /**
   * Opens a backend by name.
   *
   * @param name a provider's name, or {@link #AUTO}
   * @param log receives one line for {@code auto}: which, and why not the better ones
   * @throws IllegalArgumentException if there is no such backend, or it is not usable
   */
  public static Backend open(String name, BackendProvider.Options options, Consumer<String> log) {
    List<BackendProvider> providers = providers();
    if (!name.equals(AUTO)) {
      BackendProvider provider =
          providers.stream()
              .filter(p -> p.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException(unknown(name, providers)));
      if (provider.probe() instanceof BackendProvider.Probe.Unusable unusable) {
        throw new IllegalArgumentException(
            "backend " + name + " is not usable: " + unusable.reason());
      }
      return provider.create(options);
    }
    StringBuilder reasons = new StringBuilder();
    for (BackendProvider provider : providers) {
      if (provider.probe() instanceof BackendProvider.Probe.Unusable unusable) {
        reasons.append("; not ").append(provider.name()).append(": ").append(unusable.reason());
      } else {
        Backend backend = provider.create(options);
        log.accept("backend: " + backend.description() + reasons);
        return backend;
      }
    }
    throw new AssertionError("the scalar backend is always usable");
  }

  private static String unknown(String name, List<BackendProvider> providers) {
    return "unknown backend "
        + name
        + "; there are "
        + AUTO
        + ", "
        + providers.stream().map(BackendProvider::name).collect(Collectors.joining(", "));
  }
}
