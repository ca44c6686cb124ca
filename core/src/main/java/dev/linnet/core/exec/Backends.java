package dev.linnet.core.exec;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;

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
   *     {@link Device#choose} reads it; behind a slash a {@link Precision}. Each takes the place of
   *     the one in the options
   * @param log receives one line for {@code auto}: which, and why not the better ones
   * @throws IllegalArgumentException if there is no such backend or device, it is not usable, or it
   *     has no such precision
   */
  public static Backend open(String name, BackendProvider.Options options, Consumer<String> log) {
    BackendName parsed = BackendName.of(name);
    if (name.equals(AUTO) && options.precision() == Precision.FP32) {
      return best(options.threads(), log);
    }
    BackendProvider provider = provider(parsed.provider(), name);
    BackendProvider.Options chosen = parsed.in(options);
    check(provider, chosen);
    return provider.create(chosen);
  }

  /**
   * The provider of a name.
   *
   * @param whole the name with all that belongs to it
   * @throws IllegalArgumentException if there is none, as for {@link #AUTO}
   */
  private static BackendProvider provider(String plain, String whole) {
    if (plain.equals(AUTO)) {
      throw new IllegalArgumentException(
          "a device or a precision belongs to a backend that is named, got " + whole);
    }
    List<BackendProvider> providers = providers();
    return providers.stream()
        .filter(p -> p.name().equals(plain))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(plain, providers)));
  }

  /**
   * Checks that {@link #open} would find the backend, and the device and the precision if they are
   * chosen.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  public static void check(String name) {
    if (!name.equals(AUTO)) {
      BackendName parsed = BackendName.of(name);
      check(provider(parsed.provider(), name), parsed.in(new BackendProvider.Options(1)));
    }
  }

  private static void check(BackendProvider provider, BackendProvider.Options options) {
    if (provider.probe() instanceof BackendProvider.Probe.Unusable unusable) {
      throw new IllegalArgumentException(
          "backend " + provider.name() + " is not usable: " + unusable.reason());
    }
    if (!options.device().isEmpty()) {
      Device.choose(provider.name(), provider.devices(), options.device());
    }
    Set<Precision> precisions = provider.precisions(options.device());
    if (!precisions.contains(options.precision())) {
      throw new IllegalArgumentException(
          "backend "
              + BackendName.text(provider.name(), options.device(), Precision.FP32)
              + " has "
              + precisions.stream().sorted().map(Precision::toString).collect(joining(" and "))
              + " only, got "
              + options.precision());
    }
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
        + providers.stream().map(BackendProvider::name).collect(joining(", "));
  }
}
