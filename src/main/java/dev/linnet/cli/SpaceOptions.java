package dev.linnet.cli;

import dev.linnet.space.SearchSpace;
import dev.linnet.space.SpaceFile;
import dev.linnet.space.Spaces;
import dev.linnet.space.Tuning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Finds search spaces: the built-in ones by name, others by their file. */
final class SpaceOptions {
  private SpaceOptions() {}

  /**
   * The space of that name, or that a file of that name describes.
   *
   * @throws UsageException if there is none, or if the file describes none
   * @throws UncheckedIOException if the file cannot be read
   */
  static SearchSpace named(String name) {
    return UsageException.unless(
        () -> name.endsWith(SpaceFile.SUFFIX) ? file(name) : Spaces.named(name));
  }

  /** {@link #named}, with {@link Tuning} if so wished. */
  static SearchSpace named(String name, boolean tune) {
    SearchSpace space = named(name);
    return tune ? Tuning.of(space) : space;
  }

  /** Whether a genotype chooses how it is trained. */
  static boolean isTuned(String genotype) {
    return genotype.contains(Tuning.SUFFIX + ":");
  }

  private static SearchSpace file(String name) {
    try {
      return SpaceFile.read(Path.of(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
              + " or a file by --space");
    }
    return UsageException.unless(() -> Spaces.named(genotype.substring(0, colon)));
  }
}
