package dev.linnet.estimate;

/** Kendall's rank correlation, in the form τ-b that allows for ties (Kendall 1945). */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * τ-b of two measures of the same things: 1 where both order them alike, −1 where oppositely.
   *
   * @return NaN where it is not defined: fewer than two things, or all equal by one measure
   * @throws IllegalArgumentException if the lengths differ
   */
  public static double kendall(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException("kendall: " + a.length + " values and " + b.length);
    }
    long agreeing = 0;
    long untiedA = 0;
    long untiedB = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        int byA = Double.compare(a[i], a[j]);
        int byB = Double.compare(b[i], b[j]);
        agreeing += (long) Integer.signum(byA) * Integer.signum(byB);
        untiedA += byA == 0 ? 0 : 1;
        untiedB += byB == 0 ? 0 : 1;
      }
    }
    return agreeing / Math.sqrt((double) untiedA * untiedB);
  }
}
