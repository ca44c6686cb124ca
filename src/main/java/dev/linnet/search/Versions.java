package dev.linnet.search;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** Which Linnet and which Java this is, for records. */
final class Versions {
  private Versions() {}

  /** The version of this build, from its module or its jar. */
  static String linnet() {
    return Optional.ofNullable(Versions.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .or(() -> Optional.ofNullable(Versions.class.getPackage().getImplementationVersion()))
        .orElse("unversioned");
  }

  /** The version of the running Java. */
  static String java() {
    return Runtime.version().toString();
  }
}
