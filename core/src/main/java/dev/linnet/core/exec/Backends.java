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
   * @param name a provider's name, or {@link #AUTO}; behind a colon a device of that provider, as
   *     {@link Device#choose} reads it, which takes the place of the one in the options
   * @param log receives one line for {@code auto}: which, and why not the better ones
   * @throws IllegalArgumentException if there is no such backend or device, or it is not usable
   */
  public static Backend open(String name, BackendProvider.Options options, Consumer<String> log) {
    int colon = name.indexOf(':');
    if (colon >= 0) {
      BackendProvider.Options chosen =
          new BackendProvider.Options(options.threads(), name.substring(colon + 1));
      return open(provider(name), chosen);
    }
    return name.equals(AUTO) ? best(options.threads(), log) : open(provider(name), options);
  }

  /**
   * The provider of a name, which may have a device behind a colon.
   *
   * @throws IllegalArgumentException if there is none, as for {@link #AUTO}
   */
  private static BackendProvider provider(String name) {
    int colon = name.indexOf(':');
    String plain = colon < 0 ? name : name.substring(0, colon);
    if (plain.equals(AUTO)) {
      throw new IllegalArgumentException(
          "a device belongs to a backend that is named, got " + name);
    }
    List<BackendProvider> providers = providers();
    return providers.stream()
        .filter(p -> p.name().equals(plain))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(plain, providers)));
  }

  /**
   * Checks that {@link #open} would find the backend, and the device if one is chosen.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  public static void check(String name) {
    if (!name.equals(AUTO)) {
      int colon = name.indexOf(':');
      check(provider(name), colon < 0 ? "" : name.substring(colon + 1));
    }
  }

  private static void check(BackendProvider provider, String device) {
    if (provider.probe() instanceof BackendProvider.Probe.Unusable unusable) {
      throw new IllegalArgumentException(
          "backend " + provider.name() + " is not usable: " + unusable.reason());
    }
    if (!device.isEmpty()) {
      Device.choose(provider.name(), provider.devices(), device);
    }
  }

  private static Backend open(BackendProvider provider, BackendProvider.Options options) {
    check(provider, options.device());
    return provider.create(options);
  }

  private static Backend best(int threads, Consumer<String> log) {
    StringBuilder reasons = new StringBuilder();
    for (BackendProvider provider : providers()) {
      if (provider.probe() instanceof BackendProvider.Probe.Unusable unusable) {
        reasons.append("; not ").append(provider.name()).append(": ").append(unusable.reason());
      } else {
        Backend backend = provider.create(new BackendProvider.Options(threads));
        log.accept("backend: " + backend.description() + reasons);
        return backend;
      }
    }
    throw new AssertionError("the scalar backend is always usable, and before those of lower rank");
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
