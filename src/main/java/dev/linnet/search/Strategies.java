package dev.linnet.search;

import dev.linnet.space.SearchSpace;
import dev.linnet.text.Nearest;
import java.util.List;

/**
 * The built-in strategies by name.
 *
 * <p>A strategy and a scheduler, joined by {@code +} as in {@code evolution+asha}, are that
 * strategy with several fidelities; see {@link MultiFidelity}.
 */
public final class Strategies {
  private static final String BOHB = "bohb";
  private static final List<String> SCHEDULERS =
      List.of(Halving.NAME, Halving.HYPERBAND, Asha.NAME);
  private static final List<String> FOR_SEVERAL_OBJECTIVES =
      List.of(Nsga2.NAME, RegularizedEvolution.NAME, RandomSearch.NAME, GridSearch.NAME);

  private Strategies() {}

  /** The names of the built-in strategies. */
  public static List<String> names() {
    return List.of(
        RegularizedEvolution.NAME,
        RandomSearch.NAME,
        GridSearch.NAME,
        LocalSearch.NAME,
        Nsga2.NAME,
        BayesianSearch.NAME,
        Bananas.NAME,
        Reinforce.NAME,
        TreeSearch.NAME,
        Tpe.NAME,
        Halving.NAME,
        Halving.HYPERBAND,
        Asha.NAME,
        BOHB);
  }

  /** The name of the strategy to take where nobody says otherwise. */
  public static String usual(List<Objective> objectives) {
    return objectives.size() > 1 ? Nsga2.NAME : RegularizedEvolution.NAME;
  }

  /** The names of those that take several objectives. */
  public static List<String> namesForSeveralObjectives() {
    return FOR_SEVERAL_OBJECTIVES;
  }

  /**
   * Checks a name without making anything of it.
   *
   * @throws IllegalArgumentException in one line: it is unknown, or the strategy takes one
   *     objective and there are several
   */
  public static void check(String name, List<Objective> objectives) {
    int plus = name.indexOf('+');
    String strategy = plus < 0 ? name : name.substring(0, plus);
    if (!names().contains(strategy)) {
      throw new IllegalArgumentException(Nearest.unknown("strategy", strategy, names()));
    }
    if (plus >= 0 && !SCHEDULERS.contains(name.substring(plus + 1))) {
      throw new IllegalArgumentException(
          Nearest.unknown("scheduler", name.substring(plus + 1), SCHEDULERS));
    }
    if (objectives.size() > 1 && !FOR_SEVERAL_OBJECTIVES.contains(name)) {
      throw new IllegalArgumentException(
          "strategy %s takes one objective, not %s; several take %s"
              .formatted(
                  name, Objective.text(objectives), String.join(", ", FOR_SEVERAL_OBJECTIVES)));
    }
  }

  /**
   * A fresh strategy for accuracy.
   *
   * @param trials how many are planned, to which the settings are fitted
   * @throws IllegalArgumentException in one line that says the known names
   */
  public static Strategy named(String name, SearchSpace space, long seed, int trials) {
    return named(name, space, seed, trials, List.of(Objective.ACCURACY));
  }

  /**
   * A fresh strategy.
   *
   * @param trials how many are planned, to which the settings are fitted
   * @throws IllegalArgumentException see {@link #check}
   */
  public static Strategy named(
      String name, SearchSpace space, long seed, int trials, List<Objective> objectives) {
    check(name, objectives);
    int plus = name.indexOf('+');
    if (plus >= 0) {
      Strategy proposer = named(name.substring(0, plus), space, seed, trials, objectives);
      return new MultiFidelity(name, space, proposer, scheduler(name.substring(plus + 1)));
    }
    return switch (name) {
      case RandomSearch.NAME -> new RandomSearch(space, seed);
      case GridSearch.NAME -> new GridSearch(space, seed);
      case LocalSearch.NAME -> new LocalSearch(space, seed, LocalSearch.Settings.forTrials(trials));
      case Nsga2.NAME -> new Nsga2(space, seed, objectives, Nsga2.Settings.forTrials(trials));
      case BayesianSearch.NAME ->
          new BayesianSearch(space, seed, BayesianSearch.Settings.defaults());
      case Bananas.NAME -> new Bananas(space, seed, Bananas.Settings.defaults());
      case Reinforce.NAME -> new Reinforce(space, seed, Reinforce.Settings.defaults());
      case TreeSearch.NAME -> new TreeSearch(space, seed, TreeSearch.Settings.defaults());
      case Tpe.NAME -> new Tpe(space, seed, Tpe.Settings.defaults());
      case Halving.NAME, Halving.HYPERBAND, Asha.NAME ->
          new MultiFidelity(name, space, new RandomSearch(space, seed), scheduler(name));
      case BOHB ->
          new MultiFidelity(
              BOHB,
              space,
              new Tpe(space, seed, Tpe.Settings.defaults()),
              scheduler(Halving.HYPERBAND));
      default -> evolution(space, seed, trials, objectives);
    };
  }

  private static Strategy evolution(
      SearchSpace space, long seed, int trials, List<Objective> objectives) {
    RegularizedEvolution.Settings settings = RegularizedEvolution.Settings.forTrials(trials);
    return objectives.size() > 1
        ? new RegularizedEvolution(space, seed, objectives, settings)
        : new RegularizedEvolution(space, seed, settings);
  }

  private static Scheduler scheduler(String name) {
    return switch (name) {
      case Halving.NAME -> new Halving(Halving.Settings.successive());
      case Halving.HYPERBAND -> new Halving(Halving.Settings.hyperband());
      default -> new Asha(Asha.Settings.defaults());
    };
  }
}
