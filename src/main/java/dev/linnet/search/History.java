package dev.linnet.search;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a strategy has asked and was told; finds genotypes that were not asked yet. */
final class History {
  private static final int ATTEMPTS = 1000;
  private static final int NEAR_ATTEMPTS = 20;
  private static final BigInteger SMALL = BigInteger.valueOf(100_000);

  private final SearchSpace space;
  private final List<Trial> trials = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Set<Genotype> asked = new HashSet<>();

  /** The measured ones of the first {@link #counted} trials. */
  private final List<Member> members = new ArrayList<>();

  private int counted;
  private int told;

  History(SearchSpace space) {
    this.space = space;
  }

  /** The number of the next trial. */
  int next() {
    return trials.size();
  }

  /**
   * How many trials, from the first on, have a say in the next one; see {@link Strategy}.
   *
   * @throws IllegalStateException if the last of them is not told yet
   */
  int horizon(int lookAhead) {
    int count = (int) Math.max(0, next() + 1L - lookAhead);
    if (count > 0) {
      outcome(count - 1);
    }
    return count;
  }

  /** Records the next trial. */
  Trial ask(Genotype canonical) {
    return ask(canonical, 1);
  }

  /** Records the next trial, at a fidelity. */
  Trial ask(Genotype canonical, double fidelity) {
    Trial trial = new Trial(next(), canonical, fidelity);
    trials.add(trial);
    outcomes.add(null);
    asked.add(canonical);
    return trial;
  }

  /** Records an answer; see {@link Strategy#tell}. */
  void tell(Trial trial, Outcome outcome) {
    int number = trial.number();
    if (number < 0 || number >= trials.size() || !trials.get(number).equals(trial)) {
      throw new IllegalArgumentException("trial " + number + " was not asked: " + trial.genotype());
    }
    if (outcomes.get(number) != null) {
      throw new IllegalArgumentException("trial " + number + " was told before");
    }
    outcomes.set(number, outcome);
  }

  /** How many trials, from the first on, were told. */
  int told() {
    while (told < outcomes.size() && outcomes.get(told) != null) {
      told++;
    }
    return told;
  }

  /** A trial that was asked. */
  Trial trial(int number) {
    return trials.get(number);
  }

  /**
   * The answer to a trial that was asked.
   *
   * @throws IllegalStateException if it is not told yet
   */
  Outcome outcome(int number) {
    Outcome outcome = outcomes.get(number);
    if (outcome == null) {
      throw new IllegalStateException(
          "trial " + next() + " depends on trial " + number + ", which is not told yet");
    }
    return outcome;
  }

  /**
   * The measured ones of the first {@code count} trials.
   *
   * @throws IllegalStateException if one of them is not told yet
   */
  List<Member> measured(int count) {
    for (; counted < count; counted++) {
      if (outcome(counted) instanceof Outcome.Measured measured) {
        members.add(new Member(trials.get(counted), measured));
      }
    }
    int end = members.size();
    while (end > 0 && members.get(end - 1).trial().number() >= count) {
      end--;
    }
    return List.copyOf(members.subList(0, end));
  }

  /** See {@link Strategy#recommend}. */
  Optional<Genotype> best() {
    Trial best = null;
    double accuracy = 0;
    for (int i = 0; i < trials.size(); i++) {
      Trial trial = trials.get(i);
      if (outcomes.get(i) instanceof Outcome.Measured measured
          && (best == null
              || trial.fidelity() > best.fidelity()
              || trial.fidelity() == best.fidelity() && measured.accuracy() > accuracy)) {
        best = trial;
        accuracy = measured.accuracy();
      }
    }
    return Optional.ofNullable(best).map(Trial::genotype);
  }

  /** Whether a genotype with this canonical form was not asked. */
  boolean isNew(Genotype canonical) {
    return !asked.contains(canonical);
  }

  /**
   * The canonical form of a mutation that was not asked, with as few changed genes as drawing finds
   * it; where it finds none, see {@link #sampleNew}.
   */
  Optional<Genotype> sampleNewNear(Genotype genotype, RandomStream random) {
    for (int changes = 1; changes <= genotype.size(); changes++) {
      for (int i = 0; i < NEAR_ATTEMPTS; i++) {
        Genotype mutant = space.canonical(space.mutate(genotype, changes, random));
        if (isNew(mutant)) {
          return Optional.of(mutant);
        }
      }
    }
    return sampleNew(random);
  }

  /**
   * The canonical form of a uniformly random genotype, drawn again while that form was asked
   * before. Where drawing finds none and the space is small, the first one in order.
   */
  Optional<Genotype> sampleNew(RandomStream random) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Genotype genotype = space.canonical(space.sample(random));
      if (isNew(genotype)) {
        return Optional.of(genotype);
      }
    }
    return space.size().compareTo(SMALL) > 0
        ? Optional.empty()
        : space.all().map(space::canonical).filter(this::isNew).findFirst();
  }
}
