package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Gene;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Monte-Carlo tree search with a shared tree (Su et al. 2021, <i>Prioritized Architecture Sampling
 * with Monte-Carlo Tree Search</i>, arXiv:2103.11922): a path from the root chooses gene by gene;
 * the options of a node are chosen by upper confidence bounds (UCT, Kocsis and Szepesvári 2006).
 *
 * <p>Nodes of one gene share what they learn, whatever was chosen before, since most of an option's
 * worth does not depend on that: the value of a child is its own mean and the mean of its option
 * anywhere, the latter counting as much as a few visits (as in rapid action value estimation, Gelly
 * and Silver 2011). Below the tree, options are drawn by the shared means alone.
 *
 * <p>A reward is the part of the answers so far that are worse; a trial that was not measured has
 * 0. Where descents lead to what was asked before, a mutation of that is asked. An open trial
 * counts as a visit with reward 0 until it is told, so that others look elsewhere.
 */
public final class TreeSearch implements Strategy {
  static final String NAME = "mcts";
  private static final int ATTEMPTS = 20;

  /**
   * What can be set.
   *
   * @param exploration the weight of the confidence bound, at least 0
   * @param sharing visits that the shared mean of an option counts as, at least 0
   * @param temperature of the draws below the tree, on rewards in [0, 1]; above 0
   * @param lookAhead trials that may be open at a time
   */
  public record Settings(double exploration, double sharing, double temperature, int lookAhead) {
    private static final double EXPLORATION = 0.2;
    private static final double SHARING = 5;
    private static final double TEMPERATURE = 0.1;
    private static final int LOOK_AHEAD = 4;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Settings {
      if (!(exploration >= 0 && sharing >= 0 && temperature > 0) || lookAhead < 1) {
        throw new IllegalArgumentException(
            "mcts: exploration %s and sharing %s must be at least 0, temperature %s above 0, look-ahead %d at least 1"
                .formatted(exploration, sharing, temperature, lookAhead));
      }
    }

    /** The same for every space and number of trials. */
    public static Settings defaults() {
      return new Settings(EXPLORATION, SHARING, TEMPERATURE, LOOK_AHEAD);
    }
  }

  /** Visits and the sum of rewards of each option, and the children, null where none is. */
  private static final class Branch {
    private final int[] visits;
    private final double[] rewards;
    private final Branch[] children;

    Branch(int options) {
      visits = new int[options];
      rewards = new double[options];
      children = new Branch[options];
    }
  }

  private final SearchSpace space;
  private final long seed;
  private final Settings settings;
  private final History history;
  private final List<Gene> genes;
  private final Branch root;

  /** By gene: what its options led to, whatever was chosen before. */
  private final List<Branch> shared = new ArrayList<>();

  /** What the trials chose, before it was brought into canonical form. */
  private final List<int[]> paths = new ArrayList<>();

  /** How many nodes of the tree the trials visited. */
  private final List<Integer> depths = new ArrayList<>();

  private final Percentiles percentiles = new Percentiles();
  private int settled;

  /** A search of a space. */
  public TreeSearch(SearchSpace space, long seed, Settings settings) {
    this.space = space;
    this.seed = seed;
    this.settings = settings;
    this.history = new History(space);
    this.genes = space.genes();
    genes.forEach(gene -> shared.add(new Branch(gene.size())));
    this.root = new Branch(genes.get(0).size());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("exploration", settings.exploration());
    map.put("sharing", settings.sharing());
    map.put("temperature", settings.temperature());
    map.put("lookAhead", settings.lookAhead());
    return map;
  }

  @Override
  public int lookAhead() {
    return settings.lookAhead();
  }

  @Override
  public Optional<Trial> ask() {
    for (int end = history.horizon(settings.lookAhead()); settled < end; settled++) {
      if (history.outcome(settled) instanceof Outcome.Measured measured) {
        reward(paths.get(settled), depths.get(settled), percentiles.add(measured.accuracy()));
      }
    }
    RandomStream random = RandomStream.of(seed, NAME, history.next());
    int[] path = descend(random);
    Genotype canonical = space.canonical(space.genotype(path));
    for (int i = 0; i < ATTEMPTS && !history.isNew(canonical); i++) {
      visitAgain(path);
      path = descend(random);
      canonical = space.canonical(space.genotype(path));
    }
    if (!history.isNew(canonical)) {
      Optional<Genotype> near = history.sampleNewNear(canonical, random);
      if (near.isEmpty()) {
        return Optional.empty();
      }
      canonical = near.get();
      path = canonical.values();
    }
    paths.add(path);
    depths.add(visit(path));
    return Optional.of(history.ask(canonical));
  }

  /** Chooses gene by gene: in the tree by confidence bounds, below it by draws. */
  private int[] descend(RandomStream random) {
    int[] path = new int[genes.size()];
    Branch branch = root;
    for (int i = 0; i < path.length; i++) {
      path[i] = branch == null ? draw(shared.get(i), random) : best(branch, i, random);
      branch = branch == null ? null : branch.children[path[i]];
    }
    return path;
  }

  private int best(Branch branch, int gene, RandomStream random) {
    int total = 1;
    for (int v : branch.visits) {
      total += v;
    }
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int option = 0; option < branch.visits.length; option++) {
      int visits = branch.visits[option];
      double value =
          (branch.rewards[option] + settings.sharing() * mean(shared.get(gene), option))
              / Math.max(1e-9, visits + settings.sharing());
      double bound =
          value
              + settings.exploration() * Math.sqrt(Math.log(total) / (visits + 1.0))
              + 1e-6 * random.nextDouble();
      if (bound > most) {
        most = bound;
        best = option;
      }
    }
    return best;
  }

  /** The mean reward of an option; of one without visits, that of an average answer. */
  private static double mean(Branch branch, int option) {
    return (branch.rewards[option] + 0.5) / (branch.visits[option] + 1.0);
  }

  private int draw(Branch branch, RandomStream random) {
    double[] weights = new double[branch.visits.length];
    double sum = 0;
    for (int option = 0; option < weights.length; option++) {
      weights[option] = Math.exp(mean(branch, option) / settings.temperature());
      sum += weights[option];
    }
    double rest = random.nextDouble() * sum;
    int option = 0;
    while (option < weights.length - 1 && rest >= weights[option]) {
      rest -= weights[option];
      option++;
    }
    return option;
  }

  /**
   * Counts a visit along a path and lets the tree grow by one node.
   *
   * @return how many nodes of the tree were visited
   */
  private int visit(int[] path) {
    Branch branch = root;
    int depth = 0;
    for (int i = 0; i < path.length; i++) {
      shared.get(i).visits[path[i]]++;
      if (branch != null) {
        depth++;
        branch.visits[path[i]]++;
        Branch child = branch.children[path[i]];
        if (child == null && i + 1 < path.length) {
          branch.children[path[i]] = new Branch(genes.get(i + 1).size());
        }
        branch = child;
      }
    }
    return depth;
  }

  /**
   * Counts another visit along a path that leads to what was asked before. Means stay as they are;
   * bounds become tighter, so that the next descent leads elsewhere.
   */
  private void visitAgain(int[] path) {
    Branch branch = root;
    for (int i = 0; i < path.length && branch != null; i++) {
      int option = path[i];
      branch.rewards[option] += branch.rewards[option] / Math.max(1, branch.visits[option]);
      branch.visits[option]++;
      branch = branch.children[option];
    }
  }

  private void reward(int[] path, int depth, double reward) {
    Branch branch = root;
    for (int i = 0; i < path.length; i++) {
      shared.get(i).rewards[path[i]] += reward;
      if (i < depth) {
        branch.rewards[path[i]] += reward;
        branch = branch.children[path[i]];
      }
    }
  }

  @Override
  public void tell(Trial trial, Outcome outcome) {
    history.tell(trial, outcome);
  }

  @Override
  public Optional<Genotype> recommend() {
    return history.best();
  }
}
