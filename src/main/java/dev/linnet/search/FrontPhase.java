package dev.linnet.search;

import dev.linnet.estimate.Latency;
import dev.linnet.search.TrialPhase.Candidate;
import dev.linnet.space.Genotype;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Measures the latencies of the Pareto front again, in turns and until all is warm; for a search
 * with several objectives. What the search measured of a candidate was the first that the Java
 * runtime and the backend saw of it.
 */
final class FrontPhase {
  static final String EVENT = "front";

  private final RunContext run;

  FrontPhase(RunContext run) {
    this.run = run;
  }

  /** The same, the members of the front first: what is dominated need not be trained. */
  List<Candidate> frontFirst(List<Candidate> candidates) {
    List<Objective> objectives = run.options().objectives();
    if (objectives.size() < 2) {
      return candidates;
    }
    List<Member> front = ParetoFront.of(objectives, members(candidates)).members();
    List<Candidate> order = new ArrayList<>();
    candidates.stream().filter(c -> front.contains(c.member())).forEach(order::add);
    candidates.stream().filter(c -> !front.contains(c.member())).forEach(order::add);
    return order;
  }

  private static List<Member> members(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::member).toList();
  }

  /**
   * The front of what the strategy measured.
   *
   * @return the members from the most accurate on; empty if accuracy is the only objective. A
   *     member that is dominated by the latencies as measured again is left out
   */
  List<FrontMember> front(List<Candidate> measured) {
    List<Objective> objectives = run.options().objectives();
    if (objectives.size() < 2) {
      return List.of();
    }
    List<Member> members = ParetoFront.of(objectives, members(measured)).members();
    double[] latencies = latencies(members);
    List<Member> again = new ArrayList<>();
    for (int i = 0; i < latencies.length; i++) {
      again.add(measured(members.get(i), latencies[i]));
    }
    List<Member> settled = ParetoFront.of(objectives, again).members();
    List<FrontMember> front = new ArrayList<>();
    for (int i = 0; i < latencies.length; i++) {
      boolean dominated = !settled.contains(again.get(i));
      run.events().front(members.get(i), latencies[i], dominated);
      if (!dominated) {
        front.add(frontMember(members.get(i), latencies[i]));
      }
    }
    return front;
  }

  private static Member measured(Member member, double latencyMs) {
    Outcome.Measured before = member.outcome();
    return new Member(
        member.trial(),
        new Outcome.Measured(before.accuracy(), before.cost(), OptionalDouble.of(latencyMs)));
  }

  private static FrontMember frontMember(Member member, double latencyMs) {
    Outcome.Measured outcome = member.outcome();
    return new FrontMember(
        member.trial().genotype(),
        outcome.accuracy(),
        outcome.cost(),
        latencyMs,
        outcome.latencyMs().orElse(Double.NaN));
  }

  /** As recorded; otherwise measured; where there is no time left, what the search measured. */
  private double[] latencies(List<Member> members) {
    double[] latencies = new double[members.size()];
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < latencies.length; i++) {
      Optional<Event> recorded = run.journal().recorded(EVENT, i);
      OptionalDouble known = members.get(i).outcome().latencyMs();
      if (recorded.isPresent()) {
        latencies[i] = recorded.get().stamp().path("latencyMs").asDouble();
      } else if (run.stopped() && known.isPresent()) {
        latencies[i] = known.getAsDouble();
      } else {
        open.add(i);
      }
    }
    run.progress().phase("measuring the front again", 0);
    double[] measured = measured(open.stream().map(members::get).toList());
    for (int k = 0; k < measured.length; k++) {
      latencies[open.get(k)] = measured[k];
    }
    return latencies;
  }

  /**
   * Measured now: where latency is an objective, in a process of its own if there can be one. What
   * is no objective is measured for the record, once.
   */
  private double[] measured(List<Member> members) {
    List<Genotype> genotypes = members.stream().map(m -> m.trial().genotype()).toList();
    boolean objective = run.options().objectives().contains(Objective.LATENCY);
    Optional<List<String>> process = run.options().execution().latencies();
    if (objective && process.isPresent() && !genotypes.isEmpty()) {
      return LatencyProcess.milliseconds(process.get(), genotypes, run.interrupted())
          .orElseGet(
              () ->
                  members.stream()
                      .mapToDouble(m -> m.outcome().latencyMs().orElse(Double.NaN))
                      .toArray());
    }
    return Latency.milliseconds(
        genotypes.stream().map(run::architecture).map(run::inference).toList(),
        run.backend(),
        () -> run.stopped() || !objective);
  }
}
