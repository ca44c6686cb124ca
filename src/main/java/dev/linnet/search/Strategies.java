package dev.linnet.search;

import dev.linnet.space.SearchSpace;
import dev.linnet.text.Nearest;
import java.util.List;

/** The built-in strategies by name. */
public final class Strategies {

  private Strategies() {}

  /** The names of the built-in strategies. */
  public static List<String> names() {
    return List.of(RegularizedEvolution.NAME, RandomSearch.NAME);
  }

  /**
   * A fresh strategy.
   *
   * @param trials how many are planned, to which the settings are fitted
   * @throws IllegalArgumentException in one line that says the known names
   */
  public static Strategy named(String name, SearchSpace space, long seed, int trials) {
    return switch (name) {
      case RegularizedEvolution.NAME ->
          new RegularizedEvolution(space, seed, RegularizedEvolution.Settings.forTrials(trials));
      case RandomSearch.NAME -> new RandomSearch(space, seed);
      default -> throw new IllegalArgumentException(Nearest.unknown("strategy", name, names()));
    };
  }
}
