package dev.linnet.search;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.model.Metadata;
import dev.linnet.core.model.Model;
import dev.linnet.core.model.Preprocessing;
import dev.linnet.core.model.Provenance;
import dev.linnet.core.nn.Architecture;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.train.DivergedException;
import dev.linnet.core.train.Evaluation;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Trainer;
import dev.linnet.estimate.Recipes;
import dev.linnet.estimate.StandAlone;
import dev.linnet.estimate.StepTime;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The third phase: the best candidates and the networks that they are compared with are trained
 * from scratch, all in the same way.
 */
final class FinalPhase {
  /** The part of the remaining time that is planned; validation and surprises take the rest. */
  private static final double PLANNED = 0.93;

  /** The part of the remaining time that measuring may take. */
  private static final double MEASURING = 0.12;

  private static final int MOST_EPOCHS = 300;

  /** Fewer epochs than this are not worth having more finalists. */
  private static final int FEW_EPOCHS = 6;

  /** What the record of a training consists of. */
  private static final Set<String> TRAINING = Set.of("epoch", "trained", "training-failed");

  private final RunContext run;
  private final Map<Genotype, Contender> trained = new HashMap<>();

  /** Where a network comes from. */
  enum Role {
    /** From the strategy that was asked for. */
    CANDIDATE("candidate"),
    /** From random search. */
    RANDOM("random"),
    /** Designed by people. */
    HAND_DESIGNED("hand-designed");

    private final String text;

    Role(String text) {
      this.text = text;
    }

    /** As the record has it. */
    String text() {
      return text;
    }
  }

  /**
   * A network to train.
   *
   * @param name for people
   * @param genotype empty for a hand-designed network
   * @param estimate of its accuracy; NaN where there is none
   */
  record Entrant(
      String name,
      Role role,
      Optional<Genotype> genotype,
      Architecture architecture,
      Cost cost,
      double estimate) {}

  /**
   * A trained network.
   *
   * @param entrant what was trained
   * @param result how it came out
   */
  record Contender(Entrant entrant, StandAlone.Trained result) {}

  FinalPhase(RunContext run) {
    this.run = run;
  }

  /**
   * Plans how many of the entrants are trained and for how long.
   *
   * @param rounds entrants by round: the best of each side, the second best, …
   */
  SearchPlan plan(SearchPlan plan, List<List<Entrant>> rounds) {
    if (!run.budget().limited()) {
      return plan.withFinals(rounds.size(), plan.epochs());
    }
    Optional<SearchPlan> recorded = run.journal().recordedPlan(2);
    if (recorded.isPresent()) {
      return recorded.get();
    }
    run.progress().phase("measuring training steps", 0);
    Recipe recipe = recipe(run, 1);
    long networks = rounds.stream().mapToLong(List::size).sum();
    double most = MEASURING * run.budget().left() / networks;
    double[] perEpoch = new double[rounds.size()];
    for (int r = 0; r < rounds.size(); r++) {
      for (Entrant entrant : rounds.get(r)) {
        perEpoch[r] +=
            StepTime.epochSeconds(
                entrant.architecture(),
                run.data(),
                run.normalization(),
                recipe,
                run.backend(),
                most);
      }
    }
    double left = run.budget().left() * PLANNED;
    int count = rounds.size();
    while (count > 1 && left / sum(perEpoch, count) < FEW_EPOCHS) {
      count--;
    }
    int epochs = (int) Math.min(MOST_EPOCHS, left / sum(perEpoch, count));
    return plan.withFinals(count, Math.max(1, epochs));
  }

  private static double sum(double[] values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    return sum;
  }

  /** How networks are trained from scratch in a run. */
  static Recipe recipe(RunContext run, int epochs) {
    return Recipes.standAlone(
        run.data().train().size(), run.options().data().augmentation(), epochs);
  }

  /**
   * Trains entrants. One that both sides found is trained once.
   *
   * @return the trained networks in the order of training; a last one may be incomplete
   */
  List<Contender> train(List<Entrant> entrants, int epochs) {
    run.progress().phase("training the finalists", (long) entrants.size() * epochs);
    List<Contender> result = new ArrayList<>();
    int done = 0;
    for (Entrant entrant : entrants) {
      if (run.stopped() || !run.journal().mayContinue(TRAINING)) {
        break;
      }
      Contender before = entrant.genotype().map(trained::get).orElse(null);
      try {
        StandAlone.Trained network =
            before != null
                ? before.result()
                : train(training(entrant, epochs), entrant, epochs, done);
        result.add(contender(entrant, network));
      } catch (DivergedException e) {
        run.events().failed(entrant, e.getMessage());
      }
      done += epochs;
      run.progress().step(done);
    }
    return result;
  }

  /** As its genotype chooses, where the space has {@link dev.linnet.space.Tuning}. */
  private StandAlone training(Entrant entrant, int epochs) {
    Recipe usual = recipe(run, epochs);
    Recipe recipe =
        entrant
            .genotype()
            .map(
                genotype ->
                    Recipes.standAlone(
                        run.data().train().size(),
                        run.options().data().augmentation(),
                        epochs,
                        run.options().space().chosen(genotype)))
            .orElse(usual);
    return new StandAlone(
        run.data(), run.normalization(), recipe, run.backend(), run.options().seed());
  }

  private StandAlone.Trained train(StandAlone training, Entrant entrant, int epochs, int before) {
    String name = "finalist-" + (before / epochs + 1);
    ParameterStore store = new ParameterStore(run.backend());
    Optional<Checkpoint> found = run.checkpoints().restore(name, run.journal(), run.progress());
    found.ifPresent(checkpoint -> store.putAll(checkpoint.tensors()));
    if (found.map(Checkpoint::ended).orElse(false)) {
      return training.trained(entrant.architecture(), store, false);
    }
    int[] done = {found.map(Checkpoint::epochs).orElse(0)};
    StandAlone.Trained trained =
        training.train(
            entrant.architecture(),
            store,
            done[0],
            (epoch, validation) -> {
              done[0] = epoch.number();
              run.events().epoch(entrant, epoch, validation);
              Supplier<Checkpoint> checkpoint = () -> checkpoint(store, done[0], false);
              run.keep(name, done[0] == epochs, checkpoint);
              show(entrant, epoch, validation);
              run.progress().step(before + epoch.number());
            },
            run::stopped);
    if (!trained.complete()) {
      run.keep(name, true, () -> checkpoint(store, done[0], true));
    }
    return trained;
  }

  private Checkpoint checkpoint(ParameterStore store, int epochs, boolean ended) {
    return new Checkpoint(run.journal().place(), epochs, ended, store.contents());
  }

  private void show(Entrant entrant, Trainer.Epoch epoch, double validation) {
    if (epoch.number() == epoch.of() || epoch.number() % 5 == 0) {
      run.progress()
          .line(
              "%s: epoch %d of %d, loss %.4f, validation %.4f"
                  .formatted(entrant.name(), epoch.number(), epoch.of(), epoch.loss(), validation));
    }
  }

  private Contender contender(Entrant entrant, StandAlone.Trained network) {
    Contender contender = new Contender(entrant, network);
    entrant.genotype().ifPresent(genotype -> trained.put(genotype, contender));
    run.events().trained(contender, model(contender, Provenance.empty()).weightsChecksum());
    return contender;
  }

  /** A candidate as it came out of the supernet, for a run that ended before it was trained. */
  Contender untrained(Entrant entrant, ParameterStore weights) {
    double validation =
        Evaluation.accuracy(
            entrant.architecture(),
            weights,
            Weights.own(),
            run.data().validation(),
            run.normalization());
    return contender(
        entrant, new StandAlone.Trained(entrant.architecture(), weights, validation, false));
  }

  /** A contender as the artifact that a search leaves. */
  Model model(Contender contender, Provenance provenance) {
    ImageShape shape = run.data().shape();
    Normalization normalization = run.normalization();
    Optional<Genotype> genotype = contender.entrant().genotype();
    Metadata metadata =
        new Metadata(
            run.data().train().classes(),
            new Preprocessing(
                shape.height(),
                shape.width(),
                shape.channels(),
                normalization.mean(),
                normalization.std()),
            genotype.map(Genotype::toString).orElse(""),
            genotype.isPresent() ? run.options().space().name() : "",
            provenance);
    StandAlone.Trained network = contender.result();
    return Model.of(network.inference(run.data()), network.store(), metadata);
  }
}
