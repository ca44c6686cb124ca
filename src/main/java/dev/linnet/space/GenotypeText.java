package dev.linnet.space;

/** Reads the text form of genotypes, strictly. */
final class GenotypeText {

  private GenotypeText() {}

  /**
   * The values in {@code text}; their number and ranges are not checked here.
   *
   * @throws IllegalArgumentException if the form is wrong or another space is named
   */
  static int[] values(String text, SearchSpace space) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3 || !parts[2].matches("[0-9]{1,5}(\\.[0-9]{1,5})*")) {
      throw new IllegalArgumentException(
          "genotype \"%s\": expected the form %s:N.N.… with %d numbers"
              .formatted(shortened(text), space.id(), space.genes().size()));
    }
    String id = parts[0] + ":" + parts[1];
    if (!id.equals(space.id())) {
      throw new IllegalArgumentException(foreign(id, space));
    }
    String[] numbers = parts[2].split("\\.", -1);
    int[] values = new int[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Integer.parseInt(numbers[i]);
    }
    return values;
  }

  /** What is wrong with a genotype of the space {@code id} here. */
  static String foreign(String id, SearchSpace space) {
    String name = id.substring(0, id.indexOf(':'));
    return name.equals(space.name())
        ? "genotype of another version of space %s (fingerprint %s, here %s)"
            .formatted(name, id.substring(name.length() + 1), space.fingerprint())
        : "genotype of space %s, but the space here is %s".formatted(name, space.name());
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }
}
