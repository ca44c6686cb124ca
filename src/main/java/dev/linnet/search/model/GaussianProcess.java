package dev.linnet.search.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Gaussian process over genotypes that keeps the posterior of many candidates up to date
 * (Rasmussen and Williams 2006, <i>Gaussian Processes for Machine Learning</i>, section 2.2).
 *
 * <p>With K = L·Lᵀ the covariance of what was asked and V = L⁻¹·k(asked, candidates), asking once
 * more appends a row to L and to V: candidates × asked multiplications, nothing is factored again.
 * The posterior variance of a candidate is its prior variance less the squares of its column of V;
 * the mean is Vᵀ·L⁻¹·y, and as y comes last, it may be rescaled between any two calls.
 *
 * <p>A question may be added before its answer is known: variances fall at once, means follow when
 * the answers are there.
 *
 * <p>Instances are mutable and belong to one thread.
 */
public final class GaussianProcess {
  private static final int FIRST_CAPACITY = 1024;
  private static final double LEAST_VARIANCE = 1e-9;

  private final Views views;
  private final List<long[]> candidates = new ArrayList<>();
  private final List<Integer> asked = new ArrayList<>();
  private final List<double[]> factor = new ArrayList<>();
  private final List<float[]> rows = new ArrayList<>();
  private Kernel kernel;
  private double[][] tables;
  private long[] bits = new long[0];
  private double[] variance = new double[0];
  private float[] mean = new float[0];
  private int[] times = new int[0];
  private int repeats;

  /** L⁻¹·y of the last posterior. */
  private double[] weights = new double[0];

  /** A process that knows nothing yet, with the usual kernel. */
  public GaussianProcess(Views views) {
    this.views = views;
    use(KernelFit.usual(views));
  }

  private void use(Kernel next) {
    kernel = next;
    tables = next.tables(views);
  }

  /** The number of candidates. */
  public int candidates() {
    return candidates.size();
  }

  /** A candidate as it was added. */
  public long[] seen(int candidate) {
    return candidates.get(candidate);
  }

  /** The number of questions. */
  public int asked() {
    return asked.size();
  }

  /** The candidate of a question. */
  public int askedCandidate(int question) {
    return asked.get(question);
  }

  /** How many questions are about a candidate. */
  public int timesAsked(int candidate) {
    return times[candidate];
  }

  /** How many questions are about a candidate that was asked before. */
  public int repeats() {
    return repeats;
  }

  /** The variance of a value of which nothing is known. */
  public double priorVariance() {
    return kernel.variance();
  }

  /** The variance of an answer around the value. */
  public double noise() {
    return kernel.noise();
  }

  /**
   * Adds a candidate.
   *
   * @param x see {@link Views#of}
   * @return its number, counting from 0
   */
  public int add(long[] x) {
    int column = candidates.size();
    candidates.add(x);
    grow(column + 1);
    times[column] = 0;
    System.arraycopy(x, 0, bits, column * views.words(), views.words());
    solve(column);
    return column;
  }

  private void grow(int size) {
    if (size > variance.length) {
      int capacity = Math.max(FIRST_CAPACITY, 2 * variance.length);
      bits = Arrays.copyOf(bits, capacity * views.words());
      variance = Arrays.copyOf(variance, capacity);
      mean = Arrays.copyOf(mean, capacity);
      times = Arrays.copyOf(times, capacity);
      rows.replaceAll(row -> Arrays.copyOf(row, capacity));
    }
  }

  /** The column of V for one candidate, by forward substitution. */
  private void solve(int column) {
    int n = rows.size();
    double[] v = new double[n];
    double rest = kernel.variance();
    for (int i = 0; i < n; i++) {
      double[] l = factor.get(i);
      double s = covariance(asked.get(i), column);
      for (int q = 0; q < i; q++) {
        s -= l[q] * v[q];
      }
      v[i] = s / l[i];
      rows.get(i)[column] = (float) v[i];
      rest -= v[i] * v[i];
    }
    variance[column] = rest;
    mean[column] = 0;
    for (int i = 0; i < weights.length; i++) {
      mean[column] += (float) (v[i] * weights[i]);
    }
  }

  private double covariance(int a, int b) {
    double sum = 0;
    for (int v = 0; v < tables.length; v++) {
      sum += tables[v][views.distance(v, candidates.get(a), candidates.get(b))];
    }
    return sum;
  }

  /** Adds a question about a candidate; the answer is given to {@link #posterior}. */
  public void ask(int candidate) {
    asked.add(candidate);
    repeats += times[candidate] > 0 ? 1 : 0;
    times[candidate]++;
    append(candidate);
  }

  private void append(int candidate) {
    int n = rows.size();
    double[] l = new double[n + 1];
    double pivot = kernel.variance() + kernel.noise();
    for (int i = 0; i < n; i++) {
      l[i] = rows.get(i)[candidate];
      pivot -= l[i] * l[i];
    }
    l[n] = Math.sqrt(Math.max(pivot, kernel.noise() / 2));
    float[] row = new float[variance.length];
    priorCovariances(candidate, row);
    int size = candidates.size();
    int i = 0;
    for (; i + Rows.BLOCK <= n; i += Rows.BLOCK) {
      Rows.add(row, size, l, i, -1, rows);
    }
    for (; i < n; i++) {
      Rows.add(row, size, -l[i], rows.get(i));
    }
    float scale = (float) (1 / l[n]);
    for (int j = 0; j < size; j++) {
      row[j] *= scale;
      variance[j] -= row[j] * row[j];
    }
    factor.add(l);
    rows.add(row);
  }

  private void priorCovariances(int candidate, float[] row) {
    long[] x = candidates.get(candidate);
    int words = views.words();
    for (int j = 0; j < candidates.size(); j++) {
      double sum = 0;
      for (int v = 0; v < tables.length; v++) {
        sum += tables[v][views.distance(v, bits, j * words, x)];
      }
      row[j] = (float) sum;
    }
  }

  /**
   * Fits the kernel to the answers so far and computes everything anew with it.
   *
   * @param y the answers to the first questions, scaled to mean 0 and variance 1
   */
  public void fit(double[] y) {
    long[][] x = new long[y.length][];
    for (int i = 0; i < x.length; i++) {
      x[i] = candidates.get(asked.get(i));
    }
    use(new KernelFit(views, x, y).from(kernel));
    weights = new double[0];
    factor.clear();
    rows.clear();
    Arrays.fill(variance, kernel.variance());
    asked.forEach(this::append);
  }

  /**
   * Computes the posterior means of all candidates.
   *
   * @param y the answers to the first questions; the others are open
   */
  public void posterior(double[] y) {
    weights = weights(y);
    int size = candidates.size();
    Arrays.fill(mean, 0, size, 0);
    int i = 0;
    for (; i + Rows.BLOCK <= weights.length; i += Rows.BLOCK) {
      Rows.add(mean, size, weights, i, 1, rows);
    }
    for (; i < weights.length; i++) {
      Rows.add(mean, size, weights[i], rows.get(i));
    }
  }

  /** L⁻¹·y. */
  private double[] weights(double[] y) {
    double[] z = new double[y.length];
    for (int i = 0; i < z.length; i++) {
      double[] l = factor.get(i);
      double s = y[i];
      for (int q = 0; q < i; q++) {
        s -= l[q] * z[q];
      }
      z[i] = s / l[i];
    }
    return z;
  }

  /**
   * The posterior means of what was asked, question by question. Modifies nothing.
   *
   * @param y the answers to the first questions
   */
  public double[] meansOfAsked(double[] y) {
    double[] z = weights(y);
    double[] means = new double[y.length];
    for (int i = 0; i < z.length; i++) {
      int column = asked.get(i);
      for (int q = 0; q < z.length; q++) {
        means[i] += z[q] * rows.get(q)[column];
      }
    }
    return means;
  }

  /** The mean of a candidate by the last {@link #posterior}. */
  public double mean(int candidate) {
    return mean[candidate];
  }

  /** The posterior variance of a candidate's value, greater than 0; every question counts. */
  public double variance(int candidate) {
    return Math.max(variance[candidate], LEAST_VARIANCE);
  }

  /**
   * Drops candidates; the others are numbered anew, in the same order.
   *
   * @param kept by candidate, at least true for all that were asked
   */
  public void retain(boolean[] kept) {
    int[] number = new int[kept.length];
    int size = 0;
    int words = views.words();
    for (int j = 0; j < kept.length; j++) {
      number[j] = size;
      if (kept[j]) {
        candidates.set(size, candidates.get(j));
        System.arraycopy(bits, j * words, bits, size * words, words);
        variance[size] = variance[j];
        mean[size] = mean[j];
        times[size] = times[j];
        for (float[] row : rows) {
          row[size] = row[j];
        }
        size++;
      }
    }
    candidates.subList(size, candidates.size()).clear();
    asked.replaceAll(column -> number[column]);
  }
}
