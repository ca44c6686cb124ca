package dev.linnet.kernels.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link DepthwiseLoops}, copied for every number of taps of a kernel row, distance of
 * neighbouring windows in taps and number of pixels at a time. With these as constants the taps are
 * straight code in which C2 loads a pixel once for all windows that it is in. Positions are written
 * out: in a method as long as this one, C2 may not inline even the smallest other one, and a call
 * boxes all sums.
 */
final class DepthwiseTemplate implements DepthwiseLoops {
  private static final int[] CONSTANTS = Templates.constants(MethodHandles.lookup());
  private static final int TAPS = CONSTANTS[0];

  /** Taps from one window to the next; of no importance for one pixel at a time. */
  private static final int STEP = CONSTANTS[1];

  private static final int PIXELS = CONSTANTS[2];
  private static final int LANES = Width.LANES;
  private static final VectorSpecies<Float> S = Width.SPECIES;

  @Override
  public void row(
      float[] x,
      int xo,
      int xPixel,
      int xRow,
      int xColumn,
      int rows,
      float[] w,
      int wo,
      float[] y,
      int yo,
      int yPixel,
      int pixels,
      int stride) {
    for (int p = 0; p < pixels; p += PIXELS) {
      int left = Math.min(p, pixels - PIXELS); // the last tile overlaps the one before it
      int from = xo + left * xPixel;
      int to = yo + left * yPixel;
      for (int c = 0; c < stride; c += LANES) { // within: neighbours in memory
        int at = Math.min(c, stride - LANES);
        tile(x, from + at, xRow, xColumn, rows, w, wo + at, y, to + at, yPixel, stride);
      }
    }
  }

  private static void tile(
      float[] x,
      int xo,
      int xRow,
      int xColumn,
      int rows,
      float[] w,
      int wo,
      float[] y,
      int yo,
      int yPixel,
      int stride) {
    FloatVector s0 = FloatVector.fromArray(S, w, wo);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    wo += stride;
    int r = 0;
    do { // at least once, or JDK 17 boxes the sums
      FloatVector w0 = FloatVector.fromArray(S, w, wo);
      FloatVector w1 = TAPS > 1 ? FloatVector.fromArray(S, w, wo + 1 * stride) : w0;
      FloatVector w2 = TAPS > 2 ? FloatVector.fromArray(S, w, wo + 2 * stride) : w0;
      FloatVector w3 = TAPS > 3 ? FloatVector.fromArray(S, w, wo + 3 * stride) : w0;
      FloatVector w4 = TAPS > 4 ? FloatVector.fromArray(S, w, wo + 4 * stride) : w0;
      FloatVector w5 = TAPS > 5 ? FloatVector.fromArray(S, w, wo + 5 * stride) : w0;
      FloatVector w6 = TAPS > 6 ? FloatVector.fromArray(S, w, wo + 6 * stride) : w0;
      s0 = w0.fma(FloatVector.fromArray(S, x, xo), s0);
      if (TAPS > 1) {
        s0 = w1.fma(FloatVector.fromArray(S, x, xo + xColumn), s0);
      }
      if (TAPS > 2) {
        s0 = w2.fma(FloatVector.fromArray(S, x, xo + 2 * xColumn), s0);
      }
      if (TAPS > 3) {
        s0 = w3.fma(FloatVector.fromArray(S, x, xo + 3 * xColumn), s0);
      }
      if (TAPS > 4) {
        s0 = w4.fma(FloatVector.fromArray(S, x, xo + 4 * xColumn), s0);
      }
      if (TAPS > 5) {
        s0 = w5.fma(FloatVector.fromArray(S, x, xo + 5 * xColumn), s0);
      }
      if (TAPS > 6) {
        s0 = w6.fma(FloatVector.fromArray(S, x, xo + 6 * xColumn), s0);
      }
      if (PIXELS > 1) {
        s1 = w0.fma(FloatVector.fromArray(S, x, xo + STEP * xColumn), s1);
        if (TAPS > 1) {
          s1 = w1.fma(FloatVector.fromArray(S, x, xo + (STEP + 1) * xColumn), s1);
        }
        if (TAPS > 2) {
          s1 = w2.fma(FloatVector.fromArray(S, x, xo + (STEP + 2) * xColumn), s1);
        }
        if (TAPS > 3) {
          s1 = w3.fma(FloatVector.fromArray(S, x, xo + (STEP + 3) * xColumn), s1);
        }
        if (TAPS > 4) {
          s1 = w4.fma(FloatVector.fromArray(S, x, xo + (STEP + 4) * xColumn), s1);
        }
        if (TAPS > 5) {
          s1 = w5.fma(FloatVector.fromArray(S, x, xo + (STEP + 5) * xColumn), s1);
        }
        if (TAPS > 6) {
          s1 = w6.fma(FloatVector.fromArray(S, x, xo + (STEP + 6) * xColumn), s1);
        }
      }
      if (PIXELS > 2) {
        s2 = w0.fma(FloatVector.fromArray(S, x, xo + 2 * STEP * xColumn), s2);
        if (TAPS > 1) {
          s2 = w1.fma(FloatVector.fromArray(S, x, xo + (2 * STEP + 1) * xColumn), s2);
        }
        if (TAPS > 2) {
          s2 = w2.fma(FloatVector.fromArray(S, x, xo + (2 * STEP + 2) * xColumn), s2);
        }
        if (TAPS > 3) {
          s2 = w3.fma(FloatVector.fromArray(S, x, xo + (2 * STEP + 3) * xColumn), s2);
        }
        if (TAPS > 4) {
          s2 = w4.fma(FloatVector.fromArray(S, x, xo + (2 * STEP + 4) * xColumn), s2);
        }
        if (TAPS > 5) {
          s2 = w5.fma(FloatVector.fromArray(S, x, xo + (2 * STEP + 5) * xColumn), s2);
        }
        if (TAPS > 6) {
          s2 = w6.fma(FloatVector.fromArray(S, x, xo + (2 * STEP + 6) * xColumn), s2);
        }
      }
      if (PIXELS > 3) {
        s3 = w0.fma(FloatVector.fromArray(S, x, xo + 3 * STEP * xColumn), s3);
        if (TAPS > 1) {
          s3 = w1.fma(FloatVector.fromArray(S, x, xo + (3 * STEP + 1) * xColumn), s3);
        }
        if (TAPS > 2) {
          s3 = w2.fma(FloatVector.fromArray(S, x, xo + (3 * STEP + 2) * xColumn), s3);
        }
        if (TAPS > 3) {
          s3 = w3.fma(FloatVector.fromArray(S, x, xo + (3 * STEP + 3) * xColumn), s3);
        }
        if (TAPS > 4) {
          s3 = w4.fma(FloatVector.fromArray(S, x, xo + (3 * STEP + 4) * xColumn), s3);
        }
        if (TAPS > 5) {
          s3 = w5.fma(FloatVector.fromArray(S, x, xo + (3 * STEP + 5) * xColumn), s3);
        }
        if (TAPS > 6) {
          s3 = w6.fma(FloatVector.fromArray(S, x, xo + (3 * STEP + 6) * xColumn), s3);
        }
      }
      if (PIXELS > 4) {
        s4 = w0.fma(FloatVector.fromArray(S, x, xo + 4 * STEP * xColumn), s4);
        if (TAPS > 1) {
          s4 = w1.fma(FloatVector.fromArray(S, x, xo + (4 * STEP + 1) * xColumn), s4);
        }
        if (TAPS > 2) {
          s4 = w2.fma(FloatVector.fromArray(S, x, xo + (4 * STEP + 2) * xColumn), s4);
        }
        if (TAPS > 3) {
          s4 = w3.fma(FloatVector.fromArray(S, x, xo + (4 * STEP + 3) * xColumn), s4);
        }
        if (TAPS > 4) {
          s4 = w4.fma(FloatVector.fromArray(S, x, xo + (4 * STEP + 4) * xColumn), s4);
        }
        if (TAPS > 5) {
          s4 = w5.fma(FloatVector.fromArray(S, x, xo + (4 * STEP + 5) * xColumn), s4);
        }
        if (TAPS > 6) {
          s4 = w6.fma(FloatVector.fromArray(S, x, xo + (4 * STEP + 6) * xColumn), s4);
        }
      }
      if (PIXELS > 5) {
        s5 = w0.fma(FloatVector.fromArray(S, x, xo + 5 * STEP * xColumn), s5);
        if (TAPS > 1) {
          s5 = w1.fma(FloatVector.fromArray(S, x, xo + (5 * STEP + 1) * xColumn), s5);
        }
        if (TAPS > 2) {
          s5 = w2.fma(FloatVector.fromArray(S, x, xo + (5 * STEP + 2) * xColumn), s5);
        }
        if (TAPS > 3) {
          s5 = w3.fma(FloatVector.fromArray(S, x, xo + (5 * STEP + 3) * xColumn), s5);
        }
        if (TAPS > 4) {
          s5 = w4.fma(FloatVector.fromArray(S, x, xo + (5 * STEP + 4) * xColumn), s5);
        }
        if (TAPS > 5) {
          s5 = w5.fma(FloatVector.fromArray(S, x, xo + (5 * STEP + 5) * xColumn), s5);
        }
        if (TAPS > 6) {
          s5 = w6.fma(FloatVector.fromArray(S, x, xo + (5 * STEP + 6) * xColumn), s5);
        }
      }
      if (PIXELS > 6) {
        s6 = w0.fma(FloatVector.fromArray(S, x, xo + 6 * STEP * xColumn), s6);
        if (TAPS > 1) {
          s6 = w1.fma(FloatVector.fromArray(S, x, xo + (6 * STEP + 1) * xColumn), s6);
        }
        if (TAPS > 2) {
          s6 = w2.fma(FloatVector.fromArray(S, x, xo + (6 * STEP + 2) * xColumn), s6);
        }
        if (TAPS > 3) {
          s6 = w3.fma(FloatVector.fromArray(S, x, xo + (6 * STEP + 3) * xColumn), s6);
        }
        if (TAPS > 4) {
          s6 = w4.fma(FloatVector.fromArray(S, x, xo + (6 * STEP + 4) * xColumn), s6);
        }
        if (TAPS > 5) {
          s6 = w5.fma(FloatVector.fromArray(S, x, xo + (6 * STEP + 5) * xColumn), s6);
        }
        if (TAPS > 6) {
          s6 = w6.fma(FloatVector.fromArray(S, x, xo + (6 * STEP + 6) * xColumn), s6);
        }
      }
      if (PIXELS > 7) {
        s7 = w0.fma(FloatVector.fromArray(S, x, xo + 7 * STEP * xColumn), s7);
        if (TAPS > 1) {
          s7 = w1.fma(FloatVector.fromArray(S, x, xo + (7 * STEP + 1) * xColumn), s7);
        }
        if (TAPS > 2) {
          s7 = w2.fma(FloatVector.fromArray(S, x, xo + (7 * STEP + 2) * xColumn), s7);
        }
        if (TAPS > 3) {
          s7 = w3.fma(FloatVector.fromArray(S, x, xo + (7 * STEP + 3) * xColumn), s7);
        }
        if (TAPS > 4) {
          s7 = w4.fma(FloatVector.fromArray(S, x, xo + (7 * STEP + 4) * xColumn), s7);
        }
        if (TAPS > 5) {
          s7 = w5.fma(FloatVector.fromArray(S, x, xo + (7 * STEP + 5) * xColumn), s7);
        }
        if (TAPS > 6) {
          s7 = w6.fma(FloatVector.fromArray(S, x, xo + (7 * STEP + 6) * xColumn), s7);
        }
      }
      xo += xRow;
      wo += TAPS * stride;
    } while (++r < rows);
    s0.intoArray(y, yo);
    if (PIXELS > 1) {
      s1.intoArray(y, yo + 1 * yPixel);
    }
    if (PIXELS > 2) {
      s2.intoArray(y, yo + 2 * yPixel);
    }
    if (PIXELS > 3) {
      s3.intoArray(y, yo + 3 * yPixel);
    }
    if (PIXELS > 4) {
      s4.intoArray(y, yo + 4 * yPixel);
    }
    if (PIXELS > 5) {
      s5.intoArray(y, yo + 5 * yPixel);
    }
    if (PIXELS > 6) {
      s6.intoArray(y, yo + 6 * yPixel);
    }
    if (PIXELS > 7) {
      s7.intoArray(y, yo + 7 * yPixel);
    }
  }
}
