package dev.linnet.search;

import dev.linnet.search.Scheduler.Job;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Any strategy with any scheduler: the one proposes genotypes, the other decides at which fidelity
 * they are evaluated and which of them again at a higher one. With random proposals that is
 * Hyperband or ASHA as published; with {@link Tpe}, whose model learns from all fidelities, BOHB
 * (Falkner et al. 2018, arXiv:1807.01774).
 *
 * <p>The proposing strategy is told the first answer to each of its trials, a {@link Learner} all
 * of them. The same genotype is asked once at every fidelity to which it is promoted; its part of a
 * full evaluation is what a trial takes of a budget.
 */
public final class MultiFidelity implements Strategy {
  private static final int LOOK_AHEAD = 4;

  private final String name;
  private final Strategy proposer;
  private final Scheduler scheduler;
  private final int lookAhead;
  private final History history;

  /** What every trial is for, with its proposal. */
  private final List<Job> jobs = new ArrayList<>();

  /** Whether a trial is the first one of its proposal. */
  private final List<Boolean> isFirst = new ArrayList<>();

  private int settled;

  /**
   * A strategy.
   *
   * @param name of the whole
   * @param space the one that is searched
   * @param proposer fresh, and asked by nobody else; its look-ahead limits that of the whole
   * @param scheduler fresh
   */
  public MultiFidelity(String name, SearchSpace space, Strategy proposer, Scheduler scheduler) {
    this(name, space, proposer, scheduler, LOOK_AHEAD);
  }

  /**
   * A strategy.
   *
   * @param lookAhead trials that may be open at a time, if the proposer allows as many; at least 1
   */
  public MultiFidelity(
      String name, SearchSpace space, Strategy proposer, Scheduler scheduler, int lookAhead) {
    if (lookAhead < 1) {
      throw new IllegalArgumentException(
          name + ": look-ahead must be at least 1, not " + lookAhead);
    }
    this.name = name;
    this.proposer = proposer;
    this.scheduler = scheduler;
    this.lookAhead = Math.min(lookAhead, proposer.lookAhead());
    this.history = new History(space);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scheduler", scheduler.name());
    map.putAll(scheduler.settings());
    map.put("proposer", proposer.name());
    proposer.settings().forEach((key, value) -> map.put(proposer.name() + "." + key, value));
    map.put("lookAhead", lookAhead);
    return map;
  }

  @Override
  public int lookAhead() {
    return lookAhead;
  }

  @Override
  public Optional<Trial> ask() {
    for (int end = history.horizon(lookAhead); settled < end; settled++) {
      settle(jobs.get(settled), history.outcome(settled), isFirst.get(settled));
    }
    Optional<Job> job = scheduler.next();
    while (job.isPresent()) {
      boolean isNew = job.get().proposal().isEmpty();
      Optional<Trial> proposal = isNew ? proposer.ask() : job.get().proposal();
      if (proposal.isPresent()) {
        jobs.add(job.get().of(proposal.get()));
        isFirst.add(isNew);
        return Optional.of(history.ask(proposal.get().genotype(), job.get().fidelity()));
      }
      scheduler.exhausted();
      job = scheduler.next();
    }
    return Optional.empty();
  }

  private void settle(Job job, Outcome outcome, boolean first) {
    Trial proposal = job.proposal().orElseThrow();
    scheduler.told(job, outcome);
    if (proposer instanceof Learner learner) {
      learner.tell(proposal, outcome, job.fidelity());
    } else if (first) {
      proposer.tell(proposal, outcome);
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
