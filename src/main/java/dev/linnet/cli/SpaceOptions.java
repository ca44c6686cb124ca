package dev.linnet.cli;

import dev.linnet.space.SearchSpace;
import dev.linnet.space.Spaces;

/** Finds the built-in search spaces. */
final class SpaceOptions {
  private SpaceOptions() {}

  /**
   * The space of that name.
   *
   * @throws UsageException if there is none
   */
  static SearchSpace named(String name) {
    return UsageException.unless(() -> Spaces.named(name));
  }

  /**
   * The space that the text form of a genotype names.
   *
   * @throws UsageException if it names none that is known
   */
  static SearchSpace ofGenotype(String genotype) {
    int colon = genotype.indexOf(':');
    if (colon < 1) {
      throw new UsageException(
          "--genotype: '"
              + genotype
              + "' does not start with the name of a space; name one of "
              + String.join(", ", Spaces.names())
              + " by --space");
    }
    return named(genotype.substring(0, colon));
  }
}
