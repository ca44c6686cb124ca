package dev.linnet.search;

import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.train.Networks;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import dev.linnet.space.Task;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What all phases of a run share. There is no way from here to the test images.
 *
 * @param options as the user gave them
 * @param data the training and validation images
 * @param normalization of the training images
 * @param backend everything runs on it
 * @param journal the run's record
 * @param events writes to it
 * @param checkpoints of the run's trainings
 * @param progress is told how the run comes along
 * @param budget the time for the whole run
 * @param interrupted whether the user wants it to end
 */
record RunContext(
    SearchOptions options,
    SearchData data,
    Normalization normalization,
    Backend backend,
    Journal journal,
    Events events,
    Checkpoints checkpoints,
    Progress progress,
    Budget budget,
    BooleanSupplier interrupted) {

  Task task() {
    return new Task(data.shape(), data.classCount());
  }

  /** Whether to end with what there is. A run that repeats its record ends where that says. */
  boolean stopped() {
    return interrupted.getAsBoolean() || !journal.repeating() && budget.over();
  }

  /**
   * Writes a checkpoint, unless the run is being interrupted: what it does from then on is not what
   * one that is resumed goes on with.
   *
   * @param must whether it is written even if the last one was written just now
   */
  void keep(String name, boolean must, Supplier<Checkpoint> checkpoint) {
    if (interrupted.getAsBoolean()) {
      return;
    }
    if (must) {
      checkpoints.write(name, checkpoint);
    } else {
      checkpoints.offer(name, checkpoint);
    }
  }

  Architecture architecture(Genotype genotype) {
    return options.space().decode(genotype, task());
  }

  /** The network in use, for one image. */
  Graph inference(Architecture architecture) {
    return Networks.inference(architecture, task().images(1), Weights.own());
  }

  Cost cost(Architecture architecture) {
    return Cost.of(inference(architecture), backend);
  }
}
