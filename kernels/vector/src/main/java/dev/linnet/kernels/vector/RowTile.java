package dev.linnet.kernels.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of the tile for one vector of output channels and kernels of 3 or 5 columns: MR
 * neighbouring pixels of a row. A float of x is loaded once for all windows that it is in; {@link
 * ConvTile} would load it for every sum, and with one vector there are as many loads as sums.
 *
 * <pre>
 *   y[yo + i·yStep + v] = first + Σ x[xo + … + (i + t)·PIXEL] · w[… + v]
 *                                                  i &lt; MR, t &lt; TAPS, v &lt; LANES
 * </pre>
 *
 * over the rows and the depth of a {@link Reduction}, the taps within: packed weights lie {@code
 * [r][c][t][lane]}. As there, nothing takes a sum as an argument and loops run at least once.
 */
final class RowTile implements Tile {
  private static final int[] CONSTANTS = Templates.constants(MethodHandles.lookup());
  private static final int MR = CONSTANTS[0];

  /** Floats between the pixels of x. */
  private static final int PIXEL = CONSTANTS[1];

  private static final int TAPS = CONSTANTS[2];
  private static final int LANES = Width.LANES;
  private static final VectorSpecies<Float> S = Width.SPECIES;

  /** The most pixels. */
  static final int MOST_ROWS = 8;

  /** The most taps. */
  static final int MOST_TAPS = 5;

  private static final int X1 = 1 * PIXEL;
  private static final int X2 = 2 * PIXEL;
  private static final int X3 = 3 * PIXEL;
  private static final int X4 = 4 * PIXEL;
  private static final int X5 = 5 * PIXEL;
  private static final int X6 = 6 * PIXEL;
  private static final int X7 = 7 * PIXEL;
  private static final int X8 = 8 * PIXEL;
  private static final int X9 = 9 * PIXEL;
  private static final int X10 = 10 * PIXEL;
  private static final int X11 = 11 * PIXEL;

  @Override
  public void once(Reduction r, float[] x, int xo, float[] w, int wo, float[] y, int yo) {
    tile(r, x, xo, w, wo, y, yo);
  }

  @Override
  public void rows(
      Reduction r,
      Grid g,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float[] y,
      int yo,
      int from,
      int to) {
    int columns = g.columns();
    for (int row = from; row < to; row++) {
      int n = row / g.rows();
      int h = row - n * g.rows();
      int xr = xo + n * g.xImage() + h * g.xRow();
      int yr = yo + n * g.yImage() + h * g.yRow();
      for (int v = 0; v < columns; v += MR) {
        int left = Math.min(v, columns - MR); // the last tile of a row overlaps the one before it
        tile(r, x, xr + left * PIXEL, w, wo, y, yr + left * r.yStep());
      }
    }
  }

  private static void tile(Reduction g, float[] x, int xo, float[] w, int wo, float[] y, int yo) {
    FloatVector first = FloatVector.fromArray(S, w, wo);
    wo += LANES;
    FloatVector s0 = first;
    FloatVector s1 = first;
    FloatVector s2 = first;
    FloatVector s3 = first;
    FloatVector s4 = first;
    FloatVector s5 = first;
    FloatVector s6 = first;
    FloatVector s7 = first;
    int xRow = g.xRow();
    int rows = g.rows();
    int depth = g.depth();
    int row = 0;
    do {
      int xt = xo;
      int end = xt + depth;
      xo += xRow;
      row++;
      do {
        FloatVector w0 = FloatVector.fromArray(S, w, wo);
        FloatVector w1 = FloatVector.fromArray(S, w, wo + LANES);
        FloatVector w2 = FloatVector.fromArray(S, w, wo + 2 * LANES);
        FloatVector w3 = TAPS > 3 ? FloatVector.fromArray(S, w, wo + 3 * LANES) : w0;
        FloatVector w4 = TAPS > 4 ? FloatVector.fromArray(S, w, wo + 4 * LANES) : w0;
        FloatVector b = FloatVector.broadcast(S, x[xt]);
        s0 = b.fma(w0, s0);
        if (MR + TAPS > 2) {
          b = FloatVector.broadcast(S, x[xt + X1]);
          if (MR > 1) {
            s1 = b.fma(w0, s1);
          }
          s0 = b.fma(w1, s0);
        }
        if (MR + TAPS > 3) {
          b = FloatVector.broadcast(S, x[xt + X2]);
          if (MR > 2) {
            s2 = b.fma(w0, s2);
          }
          if (MR > 1) {
            s1 = b.fma(w1, s1);
          }
          s0 = b.fma(w2, s0);
        }
        if (MR + TAPS > 4) {
          b = FloatVector.broadcast(S, x[xt + X3]);
          if (MR > 3) {
            s3 = b.fma(w0, s3);
          }
          if (MR > 2) {
            s2 = b.fma(w1, s2);
          }
          if (MR > 1) {
            s1 = b.fma(w2, s1);
          }
          if (TAPS > 3) {
            s0 = b.fma(w3, s0);
          }
        }
        if (MR + TAPS > 5) {
          b = FloatVector.broadcast(S, x[xt + X4]);
          if (MR > 4) {
            s4 = b.fma(w0, s4);
          }
          if (MR > 3) {
            s3 = b.fma(w1, s3);
          }
          if (MR > 2) {
            s2 = b.fma(w2, s2);
          }
          if (MR > 1 && TAPS > 3) {
            s1 = b.fma(w3, s1);
          }
          if (TAPS > 4) {
            s0 = b.fma(w4, s0);
          }
        }
        if (MR + TAPS > 6) {
          b = FloatVector.broadcast(S, x[xt + X5]);
          if (MR > 5) {
            s5 = b.fma(w0, s5);
          }
          if (MR > 4) {
            s4 = b.fma(w1, s4);
          }
          if (MR > 3) {
            s3 = b.fma(w2, s3);
          }
          if (MR > 2 && TAPS > 3) {
            s2 = b.fma(w3, s2);
          }
          if (MR > 1 && TAPS > 4) {
            s1 = b.fma(w4, s1);
          }
        }
        if (MR + TAPS > 7) {
          b = FloatVector.broadcast(S, x[xt + X6]);
          if (MR > 6) {
            s6 = b.fma(w0, s6);
          }
          if (MR > 5) {
            s5 = b.fma(w1, s5);
          }
          if (MR > 4) {
            s4 = b.fma(w2, s4);
          }
          if (MR > 3 && TAPS > 3) {
            s3 = b.fma(w3, s3);
          }
          if (MR > 2 && TAPS > 4) {
            s2 = b.fma(w4, s2);
          }
        }
        if (MR + TAPS > 8) {
          b = FloatVector.broadcast(S, x[xt + X7]);
          if (MR > 7) {
            s7 = b.fma(w0, s7);
          }
          if (MR > 6) {
            s6 = b.fma(w1, s6);
          }
          if (MR > 5) {
            s5 = b.fma(w2, s5);
          }
          if (MR > 4 && TAPS > 3) {
            s4 = b.fma(w3, s4);
          }
          if (MR > 3 && TAPS > 4) {
            s3 = b.fma(w4, s3);
          }
        }
        if (MR + TAPS > 9) {
          b = FloatVector.broadcast(S, x[xt + X8]);
          if (MR > 7) {
            s7 = b.fma(w1, s7);
          }
          if (MR > 6) {
            s6 = b.fma(w2, s6);
          }
          if (MR > 5 && TAPS > 3) {
            s5 = b.fma(w3, s5);
          }
          if (MR > 4 && TAPS > 4) {
            s4 = b.fma(w4, s4);
          }
        }
        if (MR + TAPS > 10) {
          b = FloatVector.broadcast(S, x[xt + X9]);
          if (MR > 7) {
            s7 = b.fma(w2, s7);
          }
          if (MR > 6 && TAPS > 3) {
            s6 = b.fma(w3, s6);
          }
          if (MR > 5 && TAPS > 4) {
            s5 = b.fma(w4, s5);
          }
        }
        if (MR + TAPS > 11) {
          b = FloatVector.broadcast(S, x[xt + X10]);
          if (MR > 7 && TAPS > 3) {
            s7 = b.fma(w3, s7);
          }
          if (MR > 6 && TAPS > 4) {
            s6 = b.fma(w4, s6);
          }
        }
        if (MR + TAPS > 12) {
          b = FloatVector.broadcast(S, x[xt + X11]);
          if (MR > 7 && TAPS > 4) {
            s7 = b.fma(w4, s7);
          }
        }
        wo += TAPS * LANES;
        xt++;
      } while (xt < end);
    } while (row < rows);
    int yStep = g.yStep();
    s0.intoArray(y, yo);
    if (MR > 1) {
      s1.intoArray(y, yo + 1 * yStep);
    }
    if (MR > 2) {
      s2.intoArray(y, yo + 2 * yStep);
    }
    if (MR > 3) {
      s3.intoArray(y, yo + 3 * yStep);
    }
    if (MR > 4) {
      s4.intoArray(y, yo + 4 * yStep);
    }
    if (MR > 5) {
      s5.intoArray(y, yo + 5 * yStep);
    }
    if (MR > 6) {
      s6.intoArray(y, yo + 6 * yStep);
    }
    if (MR > 7) {
      s7.intoArray(y, yo + 7 * yStep);
    }
  }
}
