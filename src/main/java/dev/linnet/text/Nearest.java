package dev.linnet.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody probably meant. */
public final class Nearest {

  private static final int SHORTEST_PART = 3;

  private Nearest() {}

  /**
   * The known name nearest to {@code word}, if one is near enough: at most a third of its letters
   * (at least one) inserted, deleted, replaced or swapped with a neighbour, in the whole name or in
   * one of its parts between hyphens, or {@code word} occurs in it. Upper and lower case count as
   * the same.
   *
   * @param known the names to choose from; of equally near ones the first is taken
   */
  public static Optional<String> of(String word, Collection<String> known) {
    String wanted = word.toLowerCase(Locale.ROOT);
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String name : known) {
      String candidate = name.toLowerCase(Locale.ROOT);
      int whole = distance(wanted, candidate);
      boolean near =
          whole <= allowed(candidate)
              || (wanted.length() >= SHORTEST_PART && candidate.contains(wanted))
              || Arrays.stream(candidate.split("-"))
                  .anyMatch(
                      part ->
                          part.length() > SHORTEST_PART && distance(wanted, part) <= allowed(part));
      if (near && whole < least) {
        nearest = name;
        least = whole;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /**
   * One line about an unknown name: {@code unknown strategy 'evolutoin'; known are evolution,
   * random; did you mean evolution?}
   *
   * @param what the kind of thing, in the singular
   */
  public static String unknown(String what, String word, Collection<String> known) {
    return "unknown "
        + what
        + " '"
        + word
        + "'; known are "
        + String.join(", ", known)
        + question(word, known);
  }

  /** {@code ; did you mean evolution?}, or nothing where no name is near. */
  public static String question(String word, Collection<String> known) {
    return of(word, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private static int allowed(String name) {
    return Math.max(1, name.length() / 3);
  }

  /** The optimal string alignment distance: edits, a swap of neighbours counts as one. */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, 1 + Math.min(last[j], row[j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
