package dev.linnet.supernet;

import dev.linnet.core.data.BatchLoader;
import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import dev.linnet.core.train.Batch;
import dev.linnet.core.train.Calibration;
import dev.linnet.core.train.DivergedException;
import dev.linnet.core.train.Evaluation;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.StepSettings;
import dev.linnet.core.train.Trainer;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Task;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The networks of a search space with shared weights, trained by uniform path sampling: every step
 * trains one uniformly random candidate (Guo et al. 2020, arXiv:1904.00420; Li and Talwalkar 2019,
 * arXiv:1902.07638). Used by one thread.
 */
public final class Supernet {
  /** Training batches that the batch-norm statistics of a candidate are computed from. */
  private static final int CALIBRATION_BATCHES = 4;

  /** Validation images that a candidate is judged by, at most. */
  private static final int MOST_JUDGED = 2_500;

  /** Steps between two copies of the weights to go back to. */
  private static final int STEPS_TO_SNAPSHOT = 50;

  /** Steps in a row that may diverge before the training as a whole has. */
  private static final int MOST_FAILURES = 20;

  private final SearchSpace space;
  private final SearchData data;
  private final Task task;
  private final ImageSet judged;
  private final Normalization normalization;
  private final Recipe recipe;
  private final long seed;
  private final ParameterStore store;
  private final SharedWeights weights;
  private final BatchLoader loader;
  private final StepSettings settings;
  private final Batch batch;
  private final Map<String, Tensor> snapshot = new HashMap<>();
  private long step;

  /** Is told of a candidate that was given up. */
  @FunctionalInterface
  public interface FailureListener {
    /** Receives it, with the reason in one line. */
    void failed(Genotype genotype, String reason);
  }

  /**
   * A supernet that is not trained yet.
   *
   * @param recipe its epochs are the whole training
   * @param seed of first values, paths, order and augmentation
   */
  public Supernet(
      SearchSpace space,
      SearchData data,
      Normalization normalization,
      Recipe recipe,
      Backend backend,
      long seed) {
    this(
        space,
        data,
        normalization,
        recipe,
        backend,
        seed,
        SharedWeights.of(space, new Task(data.shape(), data.classCount())));
  }

  private Supernet(
      SearchSpace space,
      SearchData data,
      Normalization normalization,
      Recipe recipe,
      Backend backend,
      long seed,
      SharedWeights weights) {
    this.space = space;
    this.data = data;
    this.task = new Task(data.shape(), data.classCount());
    this.judged = evenly(data.validation(), MOST_JUDGED);
    this.normalization = normalization;
    this.recipe = recipe;
    this.seed = seed;
    this.store = new ParameterStore(backend);
    this.weights = weights;
    this.loader =
        BatchLoader.training(
            data.train(), recipe.batch(), normalization, recipe.augmentation(), seed);
    this.settings = new StepSettings(recipe, seed);
    this.batch = new Batch(shape(), task.classes());
  }

  /** At most so many of the images, evenly over all. */
  private static ImageSet evenly(ImageSet images, int most) {
    if (images.size() <= most) {
      return images;
    }
    return images.subset(
        IntStream.range(0, most).map(i -> (int) ((long) i * images.size() / most)).toArray());
  }

  private Shape shape() {
    return task.images(recipe.batch());
  }

  /** The number of shared values. */
  public long parameters() {
    return weights.size();
  }

  /** Steps of one epoch. */
  public int stepsPerEpoch() {
    return loader.batches();
  }

  /**
   * Trains the next epoch. A candidate whose loss becomes NaN or infinite is reported; the shared
   * weights go back to what they were before, and the training goes on.
   *
   * @param epoch from 0
   * @param afterStep is told the steps done so far
   * @param stop is asked before each step; true ends the epoch there
   * @throws DivergedException if 20 candidates in a row diverge
   */
  public Trainer.Epoch trainEpoch(
      int epoch, FailureListener failures, LongConsumer afterStep, BooleanSupplier stop) {
    long steps = (long) recipe.epochs() * loader.batches();
    batch.startEpoch();
    int failedInARow = 0;
    for (int b = 0; b < loader.batches() && !stop.getAsBoolean(); b++, step++) {
      if (step % STEPS_TO_SNAPSHOT == 0) {
        snapshot.putAll(store.snapshot(name -> true));
      }
      Genotype path = space.sample(RandomStream.of(RandomStream.key(seed, "path"), step));
      try {
        trainStep(path, epoch, b, steps);
        failedInARow = 0;
      } catch (DivergedException e) {
        store.restore(snapshot);
        failures.failed(path, e.getMessage());
        if (++failedInARow == MOST_FAILURES) {
          throw new DivergedException(
              "the supernet: "
                  + failedInARow
                  + " candidates in a row diverged; a lower learning rate"
                  + " or another space may help");
        }
      }
      afterStep.accept(step + 1);
    }
    return batch.epoch(epoch + 1, recipe.epochs());
  }

  private void trainStep(Genotype path, int epoch, int b, long steps) {
    Graph graph =
        Networks.training(space.decode(path, task), shape(), Mode.SUPERNET, weights, recipe);
    store.initialize(graph, seed);
    // what this path is the first to use has to be restored too, should it diverge
    snapshot.putAll(store.snapshot(name -> !snapshot.containsKey(name)));
    try (Program program = Program.compile(graph, store)) {
      settings.apply(program, step, steps);
      batch.step(program, loader, epoch, b);
    }
  }

  /**
   * All that the training after an epoch depends on.
   *
   * @param weights parameters, statistics and optimizer states
   * @param before what they go back to if the next candidate diverges
   */
  public record State(Map<String, ParameterStore.Stored> weights, Map<String, Tensor> before) {}

  /** A copy of the state after the last epoch. */
  public State state() {
    return new State(store.contents(), new LinkedHashMap<>(snapshot));
  }

  /**
   * Goes on where a supernet of the same settings stood: the training then gives the same bits.
   *
   * @param epochs how many were done
   */
  public void restore(int epochs, State state) {
    store.putAll(state.weights());
    snapshot.clear();
    snapshot.putAll(state.before());
    step = (long) epochs * loader.batches();
    settings.skip(step);
  }

  /** A copy of this supernet as it is now on another backend, for another thread. */
  public Supernet on(Backend backend) {
    Supernet copy = new Supernet(space, data, normalization, recipe, backend, seed, weights);
    copy.store.putAll(store.contents());
    return copy;
  }

  /**
   * The accuracy of a candidate with the shared weights, after its batch-norm statistics were
   * computed afresh, on the validation images or, where these are many, a fixed part of them:
   * candidates differ by more than that is uncertain.
   *
   * @throws DivergedException if it gives no finite logits
   */
  public double accuracy(Genotype genotype) {
    return accuracy(genotype, 1);
  }

  /**
   * The same on a part of these images, spread evenly over them.
   *
   * @param part in (0, 1]
   * @throws DivergedException if it gives no finite logits
   */
  public double accuracy(Genotype genotype, double part) {
    return accuracy(genotype, part, () -> false);
  }

  /**
   * The same, unless it is stopped.
   *
   * @param part in (0, 1]
   * @param stop is asked between batches
   * @throws DivergedException if it gives no finite logits
   * @throws java.util.concurrent.CancellationException if it was stopped
   */
  public double accuracy(Genotype genotype, double part, BooleanSupplier stop) {
    int count = (int) Math.max(1, Math.ceil(part * judged.size()));
    Architecture architecture = space.decode(genotype, task);
    ParameterStore own = overlay(architecture);
    Calibration.run(architecture, own, weights, loader, CALIBRATION_BATCHES, stop);
    return Evaluation.accuracy(
        architecture, own, weights, evenly(judged, count), normalization, stop);
  }

  /**
   * A candidate as a network of its own: a new store with its slices of the shared weights and with
   * statistics computed for them.
   */
  public ParameterStore extract(Genotype genotype) {
    Architecture architecture = space.decode(genotype, task);
    Graph graph = Networks.inference(architecture, task.images(1), Weights.own());
    ParameterStore shared = overlay(architecture);
    ParameterStore own = new ParameterStore(store.backend());
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Parameter p) {
        own.put(p.name(), leadingSlice(shared.tensor(p.name()), p.shape()), true);
      }
    }
    Calibration.run(architecture, own, Weights.own(), loader, CALIBRATION_BATCHES);
    return own;
  }

  /** The shared weights with a candidate's statistics, and first values of what no path trained. */
  private ParameterStore overlay(Architecture architecture) {
    ParameterStore overlay = store.overlay();
    overlay.initialize(Networks.inference(architecture, task.images(1), weights), seed);
    return overlay;
  }

  /** The first entries along every axis. */
  private static Tensor leadingSlice(Tensor whole, Shape shape) {
    Tensor slice = Tensor.zeros(shape);
    for (int i = 0; i < shape.size(); i++) {
      int rest = i;
      int at = 0;
      int stride = 1;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        at += rest % shape.dim(axis) * stride;
        rest /= shape.dim(axis);
        stride *= whole.shape().dim(axis);
      }
      slice.values()[i] = whole.values()[at];
    }
    return slice;
  }

  /** The SHA-256 of the shared weights that were trained, in the order of their names. */
  public String weightsChecksum() {
    return Checksums.of(store.snapshot(store::trainable));
  }
}
