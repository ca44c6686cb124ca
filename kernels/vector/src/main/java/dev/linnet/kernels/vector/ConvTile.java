package dev.linnet.kernels.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of the tile that all convolutions and matrix products are made of: MR rows of x times NV
 * vectors of w, summed in registers,
 *
 * <pre>
 *   y[yo + i·yStep + v] = first + Σ x[xo + … + i·PIXEL] · w[wo + … + v]     i &lt; MR, v &lt; NV·LANES
 * </pre>
 *
 * over the positions of a {@link Reduction}. Never used as loaded: {@link Templates} makes hidden
 * copies, each with its own constants as class data, so that C2 sees them as constants and folds
 * {@code i·PIXEL} into the addresses. Measured facts behind the form of the loops:
 *
 * <ul>
 *   <li>Nothing takes a sum as an argument: a call that is not inlined boxes it in every round.
 *   <li>Loops run at least once ({@code do … while}): with a loop that may not run at all, JDK 17
 *       boxes all accumulators (4 instead of 210 GFLOP/s).
 *   <li>The innermost loop counts xt itself and the position in the outer ones is advanced before
 *       it: fewer live integers, and no accumulator is spilled on JDK 25.
 * </ul>
 */
final class ConvTile implements Tile {
  private static final int[] CONSTANTS = Templates.constants(MethodHandles.lookup());
  private static final int MR = CONSTANTS[0];
  private static final int NV = CONSTANTS[1];

  /** Floats between the rows of x. */
  private static final int PIXEL = CONSTANTS[2];

  /**
   * Whether the steps along the reduction are those of packed weights, 1 in x and NR in w, and the
   * sums start with the NR floats that come before the weights; else they start with what y has.
   */
  private static final boolean PACKED = CONSTANTS[3] != 0;

  private static final int LANES = Width.LANES;
  private static final int NR = NV * LANES;
  private static final VectorSpecies<Float> S = Width.SPECIES;

  private static final int X0 = 0 * PIXEL;
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
  private static final int X12 = 12 * PIXEL;
  private static final int X13 = 13 * PIXEL;

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
    int wVector = PACKED ? LANES : g.wVector();
    int yStep = g.yStep();
    int second = yo + g.yVector();
    FloatVector firstA = FloatVector.fromArray(S, PACKED ? w : y, PACKED ? wo : yo);
    FloatVector firstB =
        NV > 1 ? FloatVector.fromArray(S, PACKED ? w : y, PACKED ? wo + LANES : second) : firstA;
    if (PACKED) {
      wo += NR;
    }
    FloatVector c0a = firstA;
    FloatVector c0b = firstB;
    FloatVector c1a = PACKED || MR <= 1 ? firstA : FloatVector.fromArray(S, y, yo + yStep);
    FloatVector c1b =
        PACKED || MR <= 1 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + yStep);
    FloatVector c2a = PACKED || MR <= 2 ? firstA : FloatVector.fromArray(S, y, yo + 2 * yStep);
    FloatVector c2b =
        PACKED || MR <= 2 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + 2 * yStep);
    FloatVector c3a = PACKED || MR <= 3 ? firstA : FloatVector.fromArray(S, y, yo + 3 * yStep);
    FloatVector c3b =
        PACKED || MR <= 3 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + 3 * yStep);
    FloatVector c4a = PACKED || MR <= 4 ? firstA : FloatVector.fromArray(S, y, yo + 4 * yStep);
    FloatVector c4b =
        PACKED || MR <= 4 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + 4 * yStep);
    FloatVector c5a = PACKED || MR <= 5 ? firstA : FloatVector.fromArray(S, y, yo + 5 * yStep);
    FloatVector c5b =
        PACKED || MR <= 5 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + 5 * yStep);
    FloatVector c6a = PACKED || MR <= 6 ? firstA : FloatVector.fromArray(S, y, yo + 6 * yStep);
    FloatVector c6b =
        PACKED || MR <= 6 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + 6 * yStep);
    FloatVector c7a = PACKED || MR <= 7 ? firstA : FloatVector.fromArray(S, y, yo + 7 * yStep);
    FloatVector c7b =
        PACKED || MR <= 7 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + 7 * yStep);
    FloatVector c8a = PACKED || MR <= 8 ? firstA : FloatVector.fromArray(S, y, yo + 8 * yStep);
    FloatVector c8b =
        PACKED || MR <= 8 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + 8 * yStep);
    FloatVector c9a = PACKED || MR <= 9 ? firstA : FloatVector.fromArray(S, y, yo + 9 * yStep);
    FloatVector c9b =
        PACKED || MR <= 9 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + 9 * yStep);
    FloatVector c10a = PACKED || MR <= 10 ? firstA : FloatVector.fromArray(S, y, yo + 10 * yStep);
    FloatVector c10b =
        PACKED || MR <= 10 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + 10 * yStep);
    FloatVector c11a = PACKED || MR <= 11 ? firstA : FloatVector.fromArray(S, y, yo + 11 * yStep);
    FloatVector c11b =
        PACKED || MR <= 11 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + 11 * yStep);
    FloatVector c12a = PACKED || MR <= 12 ? firstA : FloatVector.fromArray(S, y, yo + 12 * yStep);
    FloatVector c12b =
        PACKED || MR <= 12 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + 12 * yStep);
    FloatVector c13a = PACKED || MR <= 13 ? firstA : FloatVector.fromArray(S, y, yo + 13 * yStep);
    FloatVector c13b =
        PACKED || MR <= 13 || NV == 1 ? firstB : FloatVector.fromArray(S, y, second + 13 * yStep);
    int xRow = g.xRow();
    int xTap = g.xTap();
    int rows = g.rows();
    int taps = g.taps();
    int xStep = PACKED ? 1 : g.xStep();
    int wStep = PACKED ? NR : g.wStep();
    int length = g.depth() * xStep;
    int wTap = g.wTap();
    int wRow = g.wRow();
    int row = 0;
    int t = 0;
    do {
      int xt = xo + xTap * t;
      int end = xt + length;
      if (++t == taps) {
        t = 0;
        row++;
        xo += xRow;
      }
      do {
        FloatVector wa = FloatVector.fromArray(S, w, wo);
        FloatVector wb = NV > 1 ? FloatVector.fromArray(S, w, wo + wVector) : wa;
        FloatVector b;
        b = FloatVector.broadcast(S, x[xt + X0]);
        c0a = b.fma(wa, c0a);
        c0b = NV > 1 ? b.fma(wb, c0b) : c0b;
        if (MR > 1) {
          b = FloatVector.broadcast(S, x[xt + X1]);
          c1a = b.fma(wa, c1a);
          c1b = NV > 1 ? b.fma(wb, c1b) : c1b;
        }
        if (MR > 2) {
          b = FloatVector.broadcast(S, x[xt + X2]);
          c2a = b.fma(wa, c2a);
          c2b = NV > 1 ? b.fma(wb, c2b) : c2b;
        }
        if (MR > 3) {
          b = FloatVector.broadcast(S, x[xt + X3]);
          c3a = b.fma(wa, c3a);
          c3b = NV > 1 ? b.fma(wb, c3b) : c3b;
        }
        if (MR > 4) {
          b = FloatVector.broadcast(S, x[xt + X4]);
          c4a = b.fma(wa, c4a);
          c4b = NV > 1 ? b.fma(wb, c4b) : c4b;
        }
        if (MR > 5) {
          b = FloatVector.broadcast(S, x[xt + X5]);
          c5a = b.fma(wa, c5a);
          c5b = NV > 1 ? b.fma(wb, c5b) : c5b;
        }
        if (MR > 6) {
          b = FloatVector.broadcast(S, x[xt + X6]);
          c6a = b.fma(wa, c6a);
          c6b = NV > 1 ? b.fma(wb, c6b) : c6b;
        }
        if (MR > 7) {
          b = FloatVector.broadcast(S, x[xt + X7]);
          c7a = b.fma(wa, c7a);
          c7b = NV > 1 ? b.fma(wb, c7b) : c7b;
        }
        if (MR > 8) {
          b = FloatVector.broadcast(S, x[xt + X8]);
          c8a = b.fma(wa, c8a);
          c8b = NV > 1 ? b.fma(wb, c8b) : c8b;
        }
        if (MR > 9) {
          b = FloatVector.broadcast(S, x[xt + X9]);
          c9a = b.fma(wa, c9a);
          c9b = NV > 1 ? b.fma(wb, c9b) : c9b;
        }
        if (MR > 10) {
          b = FloatVector.broadcast(S, x[xt + X10]);
          c10a = b.fma(wa, c10a);
          c10b = NV > 1 ? b.fma(wb, c10b) : c10b;
        }
        if (MR > 11) {
          b = FloatVector.broadcast(S, x[xt + X11]);
          c11a = b.fma(wa, c11a);
          c11b = NV > 1 ? b.fma(wb, c11b) : c11b;
        }
        if (MR > 12) {
          b = FloatVector.broadcast(S, x[xt + X12]);
          c12a = b.fma(wa, c12a);
          c12b = NV > 1 ? b.fma(wb, c12b) : c12b;
        }
        if (MR > 13) {
          b = FloatVector.broadcast(S, x[xt + X13]);
          c13a = b.fma(wa, c13a);
          c13b = NV > 1 ? b.fma(wb, c13b) : c13b;
        }
        wo += wStep;
        xt += xStep;
      } while (xt < end);
      if (!PACKED) {
        wo += t == 0 ? wTap + wRow : wTap;
      }
    } while (row < rows);
    c0a.intoArray(y, yo);
    if (MR > 1) {
      c1a.intoArray(y, yo + yStep);
    }
    if (MR > 2) {
      c2a.intoArray(y, yo + 2 * yStep);
    }
    if (MR > 3) {
      c3a.intoArray(y, yo + 3 * yStep);
    }
    if (MR > 4) {
      c4a.intoArray(y, yo + 4 * yStep);
    }
    if (MR > 5) {
      c5a.intoArray(y, yo + 5 * yStep);
    }
    if (MR > 6) {
      c6a.intoArray(y, yo + 6 * yStep);
    }
    if (MR > 7) {
      c7a.intoArray(y, yo + 7 * yStep);
    }
    if (MR > 8) {
      c8a.intoArray(y, yo + 8 * yStep);
    }
    if (MR > 9) {
      c9a.intoArray(y, yo + 9 * yStep);
    }
    if (MR > 10) {
      c10a.intoArray(y, yo + 10 * yStep);
    }
    if (MR > 11) {
      c11a.intoArray(y, yo + 11 * yStep);
    }
    if (MR > 12) {
      c12a.intoArray(y, yo + 12 * yStep);
    }
    if (MR > 13) {
      c13a.intoArray(y, yo + 13 * yStep);
    }
    if (NV > 1) {
      c0b.intoArray(y, second);
      if (MR > 1) {
        c1b.intoArray(y, second + yStep);
      }
      if (MR > 2) {
        c2b.intoArray(y, second + 2 * yStep);
      }
      if (MR > 3) {
        c3b.intoArray(y, second + 3 * yStep);
      }
      if (MR > 4) {
        c4b.intoArray(y, second + 4 * yStep);
      }
      if (MR > 5) {
        c5b.intoArray(y, second + 5 * yStep);
      }
      if (MR > 6) {
        c6b.intoArray(y, second + 6 * yStep);
      }
      if (MR > 7) {
        c7b.intoArray(y, second + 7 * yStep);
      }
      if (MR > 8) {
        c8b.intoArray(y, second + 8 * yStep);
      }
      if (MR > 9) {
        c9b.intoArray(y, second + 9 * yStep);
      }
      if (MR > 10) {
        c10b.intoArray(y, second + 10 * yStep);
      }
      if (MR > 11) {
        c11b.intoArray(y, second + 11 * yStep);
      }
      if (MR > 12) {
        c12b.intoArray(y, second + 12 * yStep);
      }
      if (MR > 13) {
        c13b.intoArray(y, second + 13 * yStep);
      }
    }
  }
}
