package dev.linnet.search;

import dev.linnet.core.data.ImageSet;
import dev.linnet.core.model.Model;
import dev.linnet.core.model.Provenance;
import dev.linnet.data.LoadedData;
import dev.linnet.estimate.Latency;
import dev.linnet.estimate.SupernetEstimator;
import dev.linnet.search.FinalPhase.Contender;
import dev.linnet.search.FinalPhase.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The last phase: what won by the validation images is tested, once. */
final class TestPhase {
  private final RunContext run;

  TestPhase(RunContext run) {
    this.run = run;
  }

  /**
   * Tests the best of each role.
   *
   * @param contenders at least one of them a candidate
   */
  SearchResult result(
      List<Contender> contenders,
      SearchResult.Ranking ranking,
      List<FrontMember> front,
      int trials) {
    boolean interrupted = run.interrupted().getAsBoolean();
    Contender winner = best(contenders, Role.CANDIDATE).orElseThrow();
    LoadedData data = run.options().data();
    ImageSet test = data.splits().test().open("the final test of a search");
    NetworkResult best = tested(winner, test);
    List<NetworkResult> baselines = new ArrayList<>();
    best(contenders, Role.RANDOM).ifPresent(c -> baselines.add(tested(c, test)));
    best(contenders, Role.HAND_DESIGNED).ifPresent(c -> baselines.add(tested(c, test)));
    run.events().end(reason(interrupted), run.budget().elapsed());
    Model model = new FinalPhase(run).model(winner, provenance(best));
    return new SearchResult(
        run.options(),
        run.backend().description(),
        SupernetEstimator.NAME,
        trials,
        best,
        baselines,
        front,
        ranking,
        run.budget().elapsed(),
        interrupted,
        model);
  }

  /** Why the run ends, as the record says or else as it is now. */
  private String reason(boolean interrupted) {
    return run.journal()
        .recorded("end", 0)
        .map(event -> event.fields().path("reason").asText())
        .orElse(interrupted ? "interrupted" : run.stopped() ? "budget" : "done");
  }

  /** By validation; a training that was done to its end goes before one that was not. */
  private static Optional<Contender> best(List<Contender> contenders, Role role) {
    return contenders.stream()
        .filter(c -> c.entrant().role() == role)
        .max(
            Comparator.comparing((Contender c) -> c.result().complete())
                .thenComparingDouble(c -> c.result().validation())
                .thenComparingLong(c -> -c.entrant().cost().macs()));
  }

  private NetworkResult tested(Contender contender, ImageSet test) {
    FinalPhase.Entrant entrant = contender.entrant();
    double latencyMs =
        run.journal()
            .recorded("tested", 0)
            .map(event -> event.stamp().path("latencyMs").asDouble())
            .orElseGet(
                () -> Latency.milliseconds(run.inference(entrant.architecture()), run.backend()));
    NetworkResult result =
        new NetworkResult(
            entrant.name(),
            entrant.role().text(),
            entrant.genotype(),
            contender.result().validation(),
            contender.result().accuracy(test, run.normalization()),
            entrant.cost(),
            latencyMs);
    run.events().tested(result);
    return result;
  }

  private Provenance provenance(NetworkResult best) {
    return Provenance.empty()
        .with(Provenance.DATA, run.options().data().name())
        .with(Provenance.DATA_SHA256, run.options().data().provenance().sha256())
        .with(Provenance.SEED, run.options().seed())
        .with(Provenance.COMMAND, run.options().command())
        .with(Provenance.LINNET, Versions.linnet())
        .with(Provenance.JAVA, Versions.java())
        .with(Provenance.BACKEND, run.backend().description())
        .with(Provenance.DATE, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
        .with(Provenance.VALIDATION_ACCURACY, best.validation())
        .with(Provenance.TEST_ACCURACY, best.test())
        .with(Provenance.PARAMETERS, best.cost().params())
        .with(Provenance.MACS, best.cost().macs());
  }
}
