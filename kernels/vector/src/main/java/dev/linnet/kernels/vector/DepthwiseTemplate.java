package dev.linnet.kernels.vector;

import static dev.linnet.core.graph.Activation.Function.HARD_SWISH;
import static dev.linnet.core.graph.Activation.Function.RELU;

import dev.linnet.core.graph.Activation.Function;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link DepthwiseLoops}, copied for every number of taps, distance of neighbouring
 * windows in taps, number of kernel rows and function. The weights stay in registers, and a pixel
 * of x is loaded once: it is added to the sums of all windows of its row that it is in. The first
 * sum is complete when the last pixel of its window has been added; then the others move up, which
 * costs nothing once registers are renamed. A row starts with windows that lie to the left of it
 * and are not stored.
 *
 * <p>{@code wRT} is the weight of row R and of the T-th tap from the right. Values are clamped by
 * their bits, as in {@link PointwiseTemplate}.
 */
final class DepthwiseTemplate implements DepthwiseLoops {
  private static final int[] CONSTANTS = Templates.constants(MethodHandles.lookup());
  private static final int TAPS = CONSTANTS[0];

  /** Taps from one window to the next: 1, 2, or 0 for windows that are summed one by one. */
  private static final int STEP = CONSTANTS[1];

  private static final int ROWS = CONSTANTS[2];
  private static final Function F = InlineFunctions.of(CONSTANTS[3]);

  /** The windows that a pixel is in, less one. */
  private static final int AHEAD = STEP == 0 ? 0 : (TAPS - 1) / STEP;

  private static final VectorSpecies<Float> S = Width.SPECIES;

  /** The bits of 6. */
  private static final int SIX = 0x40c00000;

  /** Added to the bits of |x|, overflows for what is beyond those of infinity: NaN. */
  private static final int BEYOND_INFINITY = 0x007fffff;

  @Override
  public void run(
      Steps steps,
      int second,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float[] start,
      int so,
      float[] y,
      int yo,
      int rows) {
    int xRow = steps.xRow();
    int xTap = steps.xTap();
    int xPixel = steps.xPixel();
    int startPixel = steps.startPixel();
    int yPixel = steps.yPixel();
    int columns = steps.columns();
    int wTap = steps.wTap();
    FloatVector w00 = FloatVector.fromArray(S, w, wo + (TAPS - 1) * wTap);
    FloatVector w01 = TAPS > 1 ? FloatVector.fromArray(S, w, wo + (TAPS - 2) * wTap) : w00;
    FloatVector w02 = TAPS > 2 ? FloatVector.fromArray(S, w, wo + (TAPS - 3) * wTap) : w00;
    FloatVector w03 = TAPS > 3 ? FloatVector.fromArray(S, w, wo + (TAPS - 4) * wTap) : w00;
    FloatVector w04 = TAPS > 4 ? FloatVector.fromArray(S, w, wo + (TAPS - 5) * wTap) : w00;
    FloatVector w05 = TAPS > 5 ? FloatVector.fromArray(S, w, wo + (TAPS - 6) * wTap) : w00;
    FloatVector w06 = TAPS > 6 ? FloatVector.fromArray(S, w, wo + (TAPS - 7) * wTap) : w00;
    FloatVector w10 = ROWS > 1 ? FloatVector.fromArray(S, w, wo + (2 * TAPS - 1) * wTap) : w00;
    FloatVector w11 =
        ROWS > 1 && TAPS > 1 ? FloatVector.fromArray(S, w, wo + (2 * TAPS - 2) * wTap) : w00;
    FloatVector w12 =
        ROWS > 1 && TAPS > 2 ? FloatVector.fromArray(S, w, wo + (2 * TAPS - 3) * wTap) : w00;
    FloatVector w13 =
        ROWS > 1 && TAPS > 3 ? FloatVector.fromArray(S, w, wo + (2 * TAPS - 4) * wTap) : w00;
    FloatVector w14 =
        ROWS > 1 && TAPS > 4 ? FloatVector.fromArray(S, w, wo + (2 * TAPS - 5) * wTap) : w00;
    FloatVector w15 =
        ROWS > 1 && TAPS > 5 ? FloatVector.fromArray(S, w, wo + (2 * TAPS - 6) * wTap) : w00;
    FloatVector w16 =
        ROWS > 1 && TAPS > 6 ? FloatVector.fromArray(S, w, wo + (2 * TAPS - 7) * wTap) : w00;
    FloatVector w20 = ROWS > 2 ? FloatVector.fromArray(S, w, wo + (3 * TAPS - 1) * wTap) : w00;
    FloatVector w21 =
        ROWS > 2 && TAPS > 1 ? FloatVector.fromArray(S, w, wo + (3 * TAPS - 2) * wTap) : w00;
    FloatVector w22 =
        ROWS > 2 && TAPS > 2 ? FloatVector.fromArray(S, w, wo + (3 * TAPS - 3) * wTap) : w00;
    FloatVector w23 =
        ROWS > 2 && TAPS > 3 ? FloatVector.fromArray(S, w, wo + (3 * TAPS - 4) * wTap) : w00;
    FloatVector w24 =
        ROWS > 2 && TAPS > 4 ? FloatVector.fromArray(S, w, wo + (3 * TAPS - 5) * wTap) : w00;
    FloatVector w25 =
        ROWS > 2 && TAPS > 5 ? FloatVector.fromArray(S, w, wo + (3 * TAPS - 6) * wTap) : w00;
    FloatVector w26 =
        ROWS > 2 && TAPS > 6 ? FloatVector.fromArray(S, w, wo + (3 * TAPS - 7) * wTap) : w00;
    int r = 0;
    do { // at least once, or JDK 17 boxes the sums
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      FloatVector s4 = s0;
      FloatVector s5 = s0;
      FloatVector s6 = s0;
      int at = xo + r * steps.xNext() + (STEP == 0 ? 0 : TAPS - STEP - AHEAD * STEP) * xTap;
      int to = yo + r * steps.yNext();
      int from = so + r * steps.startNext();
      int column = -AHEAD;
      do {
        FloatVector first =
            FloatVector.fromArray(
                S, start, from + Math.min(column + AHEAD, columns - 1) * startPixel);
        if (AHEAD == 0) {
          s0 = first;
        }
        if (AHEAD == 1) {
          s1 = first;
        }
        if (AHEAD == 2) {
          s2 = first;
        }
        if (AHEAD == 3) {
          s3 = first;
        }
        if (AHEAD == 4) {
          s4 = first;
        }
        if (AHEAD == 5) {
          s5 = first;
        }
        if (AHEAD == 6) {
          s6 = first;
        }
        if (STEP == 1) {
          FloatVector v0 = FloatVector.fromArray(S, x, at);
          s0 = w00.fma(v0, s0);
          if (TAPS > 1) {
            s1 = w01.fma(v0, s1);
          }
          if (TAPS > 2) {
            s2 = w02.fma(v0, s2);
          }
          if (TAPS > 3) {
            s3 = w03.fma(v0, s3);
          }
          if (TAPS > 4) {
            s4 = w04.fma(v0, s4);
          }
          if (TAPS > 5) {
            s5 = w05.fma(v0, s5);
          }
          if (TAPS > 6) {
            s6 = w06.fma(v0, s6);
          }
          if (ROWS > 1) {
            FloatVector v1 = FloatVector.fromArray(S, x, at + xRow);
            s0 = w10.fma(v1, s0);
            if (TAPS > 1) {
              s1 = w11.fma(v1, s1);
            }
            if (TAPS > 2) {
              s2 = w12.fma(v1, s2);
            }
            if (TAPS > 3) {
              s3 = w13.fma(v1, s3);
            }
            if (TAPS > 4) {
              s4 = w14.fma(v1, s4);
            }
            if (TAPS > 5) {
              s5 = w15.fma(v1, s5);
            }
            if (TAPS > 6) {
              s6 = w16.fma(v1, s6);
            }
          }
          if (ROWS > 2) {
            FloatVector v2 = FloatVector.fromArray(S, x, at + 2 * xRow);
            s0 = w20.fma(v2, s0);
            if (TAPS > 1) {
              s1 = w21.fma(v2, s1);
            }
            if (TAPS > 2) {
              s2 = w22.fma(v2, s2);
            }
            if (TAPS > 3) {
              s3 = w23.fma(v2, s3);
            }
            if (TAPS > 4) {
              s4 = w24.fma(v2, s4);
            }
            if (TAPS > 5) {
              s5 = w25.fma(v2, s5);
            }
            if (TAPS > 6) {
              s6 = w26.fma(v2, s6);
            }
          }
        } else if (STEP == 2) {
          FloatVector u0 = FloatVector.fromArray(S, x, Math.max(0, at));
          FloatVector v0 = FloatVector.fromArray(S, x, at + xTap);
          if (TAPS > 1) {
            s0 = w01.fma(u0, s0);
          }
          s0 = w00.fma(v0, s0);
          if (TAPS > 3) {
            s1 = w03.fma(u0, s1);
          }
          if (TAPS > 2) {
            s1 = w02.fma(v0, s1);
          }
          if (TAPS > 5) {
            s2 = w05.fma(u0, s2);
          }
          if (TAPS > 4) {
            s2 = w04.fma(v0, s2);
          }
          if (TAPS > 6) {
            s3 = w06.fma(v0, s3);
          }
          if (ROWS > 1) {
            FloatVector u1 = FloatVector.fromArray(S, x, Math.max(0, at + xRow));
            FloatVector v1 = FloatVector.fromArray(S, x, at + xRow + xTap);
            if (TAPS > 1) {
              s0 = w11.fma(u1, s0);
            }
            s0 = w10.fma(v1, s0);
            if (TAPS > 3) {
              s1 = w13.fma(u1, s1);
            }
            if (TAPS > 2) {
              s1 = w12.fma(v1, s1);
            }
            if (TAPS > 5) {
              s2 = w15.fma(u1, s2);
            }
            if (TAPS > 4) {
              s2 = w14.fma(v1, s2);
            }
            if (TAPS > 6) {
              s3 = w16.fma(v1, s3);
            }
          }
          if (ROWS > 2) {
            FloatVector u2 = FloatVector.fromArray(S, x, Math.max(0, at + 2 * xRow));
            FloatVector v2 = FloatVector.fromArray(S, x, at + 2 * xRow + xTap);
            if (TAPS > 1) {
              s0 = w21.fma(u2, s0);
            }
            s0 = w20.fma(v2, s0);
            if (TAPS > 3) {
              s1 = w23.fma(u2, s1);
            }
            if (TAPS > 2) {
              s1 = w22.fma(v2, s1);
            }
            if (TAPS > 5) {
              s2 = w25.fma(u2, s2);
            }
            if (TAPS > 4) {
              s2 = w24.fma(v2, s2);
            }
            if (TAPS > 6) {
              s3 = w26.fma(v2, s3);
            }
          }
        } else {
          s0 = w00.fma(FloatVector.fromArray(S, x, at + (TAPS - 1) * xTap), s0);
          if (TAPS > 1) {
            s0 = w01.fma(FloatVector.fromArray(S, x, at + (TAPS - 2) * xTap), s0);
          }
          if (TAPS > 2) {
            s0 = w02.fma(FloatVector.fromArray(S, x, at + (TAPS - 3) * xTap), s0);
          }
          if (TAPS > 3) {
            s0 = w03.fma(FloatVector.fromArray(S, x, at + (TAPS - 4) * xTap), s0);
          }
          if (TAPS > 4) {
            s0 = w04.fma(FloatVector.fromArray(S, x, at + (TAPS - 5) * xTap), s0);
          }
          if (TAPS > 5) {
            s0 = w05.fma(FloatVector.fromArray(S, x, at + (TAPS - 6) * xTap), s0);
          }
          if (TAPS > 6) {
            s0 = w06.fma(FloatVector.fromArray(S, x, at + (TAPS - 7) * xTap), s0);
          }
          if (ROWS > 1) {
            s0 = w10.fma(FloatVector.fromArray(S, x, at + xRow + (TAPS - 1) * xTap), s0);
            if (TAPS > 1) {
              s0 = w11.fma(FloatVector.fromArray(S, x, at + xRow + (TAPS - 2) * xTap), s0);
            }
            if (TAPS > 2) {
              s0 = w12.fma(FloatVector.fromArray(S, x, at + xRow + (TAPS - 3) * xTap), s0);
            }
            if (TAPS > 3) {
              s0 = w13.fma(FloatVector.fromArray(S, x, at + xRow + (TAPS - 4) * xTap), s0);
            }
            if (TAPS > 4) {
              s0 = w14.fma(FloatVector.fromArray(S, x, at + xRow + (TAPS - 5) * xTap), s0);
            }
            if (TAPS > 5) {
              s0 = w15.fma(FloatVector.fromArray(S, x, at + xRow + (TAPS - 6) * xTap), s0);
            }
            if (TAPS > 6) {
              s0 = w16.fma(FloatVector.fromArray(S, x, at + xRow + (TAPS - 7) * xTap), s0);
            }
          }
          if (ROWS > 2) {
            s0 = w20.fma(FloatVector.fromArray(S, x, at + 2 * xRow + (TAPS - 1) * xTap), s0);
            if (TAPS > 1) {
              s0 = w21.fma(FloatVector.fromArray(S, x, at + 2 * xRow + (TAPS - 2) * xTap), s0);
            }
            if (TAPS > 2) {
              s0 = w22.fma(FloatVector.fromArray(S, x, at + 2 * xRow + (TAPS - 3) * xTap), s0);
            }
            if (TAPS > 3) {
              s0 = w23.fma(FloatVector.fromArray(S, x, at + 2 * xRow + (TAPS - 4) * xTap), s0);
            }
            if (TAPS > 4) {
              s0 = w24.fma(FloatVector.fromArray(S, x, at + 2 * xRow + (TAPS - 5) * xTap), s0);
            }
            if (TAPS > 5) {
              s0 = w25.fma(FloatVector.fromArray(S, x, at + 2 * xRow + (TAPS - 6) * xTap), s0);
            }
            if (TAPS > 6) {
              s0 = w26.fma(FloatVector.fromArray(S, x, at + 2 * xRow + (TAPS - 7) * xTap), s0);
            }
          }
        }
        if (column >= 0) {
          FloatVector result = s0;
          if (F != null) {
            IntVector bits = (F == HARD_SWISH ? s0.add(3) : s0).reinterpretAsInts();
            IntVector clamped = F == RELU ? bits.max(0) : bits.max(0).min(SIX);
            if (F == HARD_SWISH) { // NaN of the sum is NaN of the product
              result = s0.mul(clamped.reinterpretAsFloats().mul(1 / 6f));
            } else {
              IntVector nan =
                  bits.and(Integer.MAX_VALUE)
                      .add(BEYOND_INFINITY)
                      .lanewise(VectorOperators.ASHR, 31);
              result = clamped.or(nan).reinterpretAsFloats();
            }
          }
          result.intoArray(y, to);
          to += yPixel;
        }
        s0 = s1;
        s1 = s2;
        s2 = s3;
        s3 = s4;
        s4 = s5;
        s5 = s6;
        at += xPixel;
      } while (++column < columns);
    } while (++r < rows);
  }
}
