package dev.linnet.kernels.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link DepthwiseGradientLoops}, copied for every number of taps, distance of
 * neighbouring windows in taps and number of kernel rows. Sums stay in registers. The pixels of a
 * window stay there too: the next one needs only those that it does not share with it.
 *
 * <p>{@code sRT} is the sum of row R and tap T, {@code vRT} the pixel of x that belongs to it.
 */
final class DepthwiseGradientTemplate implements DepthwiseGradientLoops {
  private static final int[] CONSTANTS = Templates.constants(MethodHandles.lookup());
  private static final int TAPS = CONSTANTS[0];

  /** Taps from one window to the next: 1, 2, or 0 where windows share no pixel. */
  private static final int STEP = CONSTANTS[1];

  private static final int ROWS = CONSTANTS[2];

  /** The taps whose pixels the next window has too. */
  private static final int SHARED = STEP == 0 ? 0 : Math.max(0, TAPS - STEP);

  private static final int LANES = Width.LANES;
  private static final VectorSpecies<Float> S = Width.SPECIES;

  @Override
  public void sum(
      Steps steps,
      int second,
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      int rows,
      float[] sums,
      int so) {
    int dyPixel = steps.dyPixel();
    int xPixel = steps.xPixel();
    int xTap = steps.xTap();
    int xRow = steps.xRow();
    int columns = steps.columns();
    FloatVector s00 = FloatVector.fromArray(S, sums, so);
    FloatVector s01 = TAPS > 1 ? FloatVector.fromArray(S, sums, so + 1 * LANES) : s00;
    FloatVector s02 = TAPS > 2 ? FloatVector.fromArray(S, sums, so + 2 * LANES) : s00;
    FloatVector s03 = TAPS > 3 ? FloatVector.fromArray(S, sums, so + 3 * LANES) : s00;
    FloatVector s04 = TAPS > 4 ? FloatVector.fromArray(S, sums, so + 4 * LANES) : s00;
    FloatVector s05 = TAPS > 5 ? FloatVector.fromArray(S, sums, so + 5 * LANES) : s00;
    FloatVector s06 = TAPS > 6 ? FloatVector.fromArray(S, sums, so + 6 * LANES) : s00;
    FloatVector s10 = ROWS > 1 ? FloatVector.fromArray(S, sums, so + TAPS * LANES) : s00;
    FloatVector s11 =
        ROWS > 1 && TAPS > 1 ? FloatVector.fromArray(S, sums, so + (TAPS + 1) * LANES) : s00;
    FloatVector s12 =
        ROWS > 1 && TAPS > 2 ? FloatVector.fromArray(S, sums, so + (TAPS + 2) * LANES) : s00;
    FloatVector s13 =
        ROWS > 1 && TAPS > 3 ? FloatVector.fromArray(S, sums, so + (TAPS + 3) * LANES) : s00;
    FloatVector s14 =
        ROWS > 1 && TAPS > 4 ? FloatVector.fromArray(S, sums, so + (TAPS + 4) * LANES) : s00;
    FloatVector s15 =
        ROWS > 1 && TAPS > 5 ? FloatVector.fromArray(S, sums, so + (TAPS + 5) * LANES) : s00;
    FloatVector s16 =
        ROWS > 1 && TAPS > 6 ? FloatVector.fromArray(S, sums, so + (TAPS + 6) * LANES) : s00;
    FloatVector s20 = ROWS > 2 ? FloatVector.fromArray(S, sums, so + 2 * TAPS * LANES) : s00;
    FloatVector s21 =
        ROWS > 2 && TAPS > 1 ? FloatVector.fromArray(S, sums, so + (2 * TAPS + 1) * LANES) : s00;
    FloatVector s22 =
        ROWS > 2 && TAPS > 2 ? FloatVector.fromArray(S, sums, so + (2 * TAPS + 2) * LANES) : s00;
    FloatVector s23 =
        ROWS > 2 && TAPS > 3 ? FloatVector.fromArray(S, sums, so + (2 * TAPS + 3) * LANES) : s00;
    FloatVector s24 =
        ROWS > 2 && TAPS > 4 ? FloatVector.fromArray(S, sums, so + (2 * TAPS + 4) * LANES) : s00;
    FloatVector s25 =
        ROWS > 2 && TAPS > 5 ? FloatVector.fromArray(S, sums, so + (2 * TAPS + 5) * LANES) : s00;
    FloatVector s26 =
        ROWS > 2 && TAPS > 6 ? FloatVector.fromArray(S, sums, so + (2 * TAPS + 6) * LANES) : s00;
    int row = 0;
    do { // at least once, or JDK 17 boxes the sums
      int i = dyo + row * steps.dyNext();
      int at = xo + row * steps.xNext();
      FloatVector v00 = SHARED > 0 ? FloatVector.fromArray(S, x, at) : FloatVector.zero(S);
      FloatVector v01 = SHARED > 1 ? FloatVector.fromArray(S, x, at + xTap) : FloatVector.zero(S);
      FloatVector v02 =
          SHARED > 2 ? FloatVector.fromArray(S, x, at + 2 * xTap) : FloatVector.zero(S);
      FloatVector v03 =
          SHARED > 3 ? FloatVector.fromArray(S, x, at + 3 * xTap) : FloatVector.zero(S);
      FloatVector v04 =
          SHARED > 4 ? FloatVector.fromArray(S, x, at + 4 * xTap) : FloatVector.zero(S);
      FloatVector v05 =
          SHARED > 5 ? FloatVector.fromArray(S, x, at + 5 * xTap) : FloatVector.zero(S);
      FloatVector v06 = FloatVector.zero(S);
      FloatVector v10 =
          ROWS > 1 && SHARED > 0 ? FloatVector.fromArray(S, x, at + xRow) : FloatVector.zero(S);
      FloatVector v11 =
          ROWS > 1 && SHARED > 1
              ? FloatVector.fromArray(S, x, at + xRow + xTap)
              : FloatVector.zero(S);
      FloatVector v12 =
          ROWS > 1 && SHARED > 2
              ? FloatVector.fromArray(S, x, at + xRow + 2 * xTap)
              : FloatVector.zero(S);
      FloatVector v13 =
          ROWS > 1 && SHARED > 3
              ? FloatVector.fromArray(S, x, at + xRow + 3 * xTap)
              : FloatVector.zero(S);
      FloatVector v14 =
          ROWS > 1 && SHARED > 4
              ? FloatVector.fromArray(S, x, at + xRow + 4 * xTap)
              : FloatVector.zero(S);
      FloatVector v15 =
          ROWS > 1 && SHARED > 5
              ? FloatVector.fromArray(S, x, at + xRow + 5 * xTap)
              : FloatVector.zero(S);
      FloatVector v16 = FloatVector.zero(S);
      FloatVector v20 =
          ROWS > 2 && SHARED > 0 ? FloatVector.fromArray(S, x, at + 2 * xRow) : FloatVector.zero(S);
      FloatVector v21 =
          ROWS > 2 && SHARED > 1
              ? FloatVector.fromArray(S, x, at + 2 * xRow + xTap)
              : FloatVector.zero(S);
      FloatVector v22 =
          ROWS > 2 && SHARED > 2
              ? FloatVector.fromArray(S, x, at + 2 * xRow + 2 * xTap)
              : FloatVector.zero(S);
      FloatVector v23 =
          ROWS > 2 && SHARED > 3
              ? FloatVector.fromArray(S, x, at + 2 * xRow + 3 * xTap)
              : FloatVector.zero(S);
      FloatVector v24 =
          ROWS > 2 && SHARED > 4
              ? FloatVector.fromArray(S, x, at + 2 * xRow + 4 * xTap)
              : FloatVector.zero(S);
      FloatVector v25 =
          ROWS > 2 && SHARED > 5
              ? FloatVector.fromArray(S, x, at + 2 * xRow + 5 * xTap)
              : FloatVector.zero(S);
      FloatVector v26 = FloatVector.zero(S);
      int column = 0;
      do {
        FloatVector d = FloatVector.fromArray(S, dy, i);
        if (SHARED <= 0) {
          v00 = FloatVector.fromArray(S, x, at);
        }
        if (TAPS > 1 && SHARED <= 1) {
          v01 = FloatVector.fromArray(S, x, at + xTap);
        }
        if (TAPS > 2 && SHARED <= 2) {
          v02 = FloatVector.fromArray(S, x, at + 2 * xTap);
        }
        if (TAPS > 3 && SHARED <= 3) {
          v03 = FloatVector.fromArray(S, x, at + 3 * xTap);
        }
        if (TAPS > 4 && SHARED <= 4) {
          v04 = FloatVector.fromArray(S, x, at + 4 * xTap);
        }
        if (TAPS > 5 && SHARED <= 5) {
          v05 = FloatVector.fromArray(S, x, at + 5 * xTap);
        }
        if (TAPS > 6) {
          v06 = FloatVector.fromArray(S, x, at + 6 * xTap);
        }
        s00 = d.fma(v00, s00);
        if (TAPS > 1) {
          s01 = d.fma(v01, s01);
        }
        if (TAPS > 2) {
          s02 = d.fma(v02, s02);
        }
        if (TAPS > 3) {
          s03 = d.fma(v03, s03);
        }
        if (TAPS > 4) {
          s04 = d.fma(v04, s04);
        }
        if (TAPS > 5) {
          s05 = d.fma(v05, s05);
        }
        if (TAPS > 6) {
          s06 = d.fma(v06, s06);
        }
        if (STEP == 1) {
          if (SHARED > 0) {
            v00 = v01;
          }
          if (SHARED > 1) {
            v01 = v02;
          }
          if (SHARED > 2) {
            v02 = v03;
          }
          if (SHARED > 3) {
            v03 = v04;
          }
          if (SHARED > 4) {
            v04 = v05;
          }
          if (SHARED > 5) {
            v05 = v06;
          }
        } else if (STEP == 2) {
          if (SHARED > 0) {
            v00 = v02;
          }
          if (SHARED > 1) {
            v01 = v03;
          }
          if (SHARED > 2) {
            v02 = v04;
          }
          if (SHARED > 3) {
            v03 = v05;
          }
          if (SHARED > 4) {
            v04 = v06;
          }
        }
        if (ROWS > 1) {
          if (SHARED <= 0) {
            v10 = FloatVector.fromArray(S, x, at + xRow);
          }
          if (TAPS > 1 && SHARED <= 1) {
            v11 = FloatVector.fromArray(S, x, at + xRow + xTap);
          }
          if (TAPS > 2 && SHARED <= 2) {
            v12 = FloatVector.fromArray(S, x, at + xRow + 2 * xTap);
          }
          if (TAPS > 3 && SHARED <= 3) {
            v13 = FloatVector.fromArray(S, x, at + xRow + 3 * xTap);
          }
          if (TAPS > 4 && SHARED <= 4) {
            v14 = FloatVector.fromArray(S, x, at + xRow + 4 * xTap);
          }
          if (TAPS > 5 && SHARED <= 5) {
            v15 = FloatVector.fromArray(S, x, at + xRow + 5 * xTap);
          }
          if (TAPS > 6) {
            v16 = FloatVector.fromArray(S, x, at + xRow + 6 * xTap);
          }
          s10 = d.fma(v10, s10);
          if (TAPS > 1) {
            s11 = d.fma(v11, s11);
          }
          if (TAPS > 2) {
            s12 = d.fma(v12, s12);
          }
          if (TAPS > 3) {
            s13 = d.fma(v13, s13);
          }
          if (TAPS > 4) {
            s14 = d.fma(v14, s14);
          }
          if (TAPS > 5) {
            s15 = d.fma(v15, s15);
          }
          if (TAPS > 6) {
            s16 = d.fma(v16, s16);
          }
          if (STEP == 1) {
            if (SHARED > 0) {
              v10 = v11;
            }
            if (SHARED > 1) {
              v11 = v12;
            }
            if (SHARED > 2) {
              v12 = v13;
            }
            if (SHARED > 3) {
              v13 = v14;
            }
            if (SHARED > 4) {
              v14 = v15;
            }
            if (SHARED > 5) {
              v15 = v16;
            }
          } else if (STEP == 2) {
            if (SHARED > 0) {
              v10 = v12;
            }
            if (SHARED > 1) {
              v11 = v13;
            }
            if (SHARED > 2) {
              v12 = v14;
            }
            if (SHARED > 3) {
              v13 = v15;
            }
            if (SHARED > 4) {
              v14 = v16;
            }
          }
        }
        if (ROWS > 2) {
          if (SHARED <= 0) {
            v20 = FloatVector.fromArray(S, x, at + 2 * xRow);
          }
          if (TAPS > 1 && SHARED <= 1) {
            v21 = FloatVector.fromArray(S, x, at + 2 * xRow + xTap);
          }
          if (TAPS > 2 && SHARED <= 2) {
            v22 = FloatVector.fromArray(S, x, at + 2 * xRow + 2 * xTap);
          }
          if (TAPS > 3 && SHARED <= 3) {
            v23 = FloatVector.fromArray(S, x, at + 2 * xRow + 3 * xTap);
          }
          if (TAPS > 4 && SHARED <= 4) {
            v24 = FloatVector.fromArray(S, x, at + 2 * xRow + 4 * xTap);
          }
          if (TAPS > 5 && SHARED <= 5) {
            v25 = FloatVector.fromArray(S, x, at + 2 * xRow + 5 * xTap);
          }
          if (TAPS > 6) {
            v26 = FloatVector.fromArray(S, x, at + 2 * xRow + 6 * xTap);
          }
          s20 = d.fma(v20, s20);
          if (TAPS > 1) {
            s21 = d.fma(v21, s21);
          }
          if (TAPS > 2) {
            s22 = d.fma(v22, s22);
          }
          if (TAPS > 3) {
            s23 = d.fma(v23, s23);
          }
          if (TAPS > 4) {
            s24 = d.fma(v24, s24);
          }
          if (TAPS > 5) {
            s25 = d.fma(v25, s25);
          }
          if (TAPS > 6) {
            s26 = d.fma(v26, s26);
          }
          if (STEP == 1) {
            if (SHARED > 0) {
              v20 = v21;
            }
            if (SHARED > 1) {
              v21 = v22;
            }
            if (SHARED > 2) {
              v22 = v23;
            }
            if (SHARED > 3) {
              v23 = v24;
            }
            if (SHARED > 4) {
              v24 = v25;
            }
            if (SHARED > 5) {
              v25 = v26;
            }
          } else if (STEP == 2) {
            if (SHARED > 0) {
              v20 = v22;
            }
            if (SHARED > 1) {
              v21 = v23;
            }
            if (SHARED > 2) {
              v22 = v24;
            }
            if (SHARED > 3) {
              v23 = v25;
            }
            if (SHARED > 4) {
              v24 = v26;
            }
          }
        }
        i += dyPixel;
        at += xPixel;
      } while (++column < columns);
    } while (++row < rows);
    s00.intoArray(sums, so);
    if (TAPS > 1) {
      s01.intoArray(sums, so + 1 * LANES);
    }
    if (TAPS > 2) {
      s02.intoArray(sums, so + 2 * LANES);
    }
    if (TAPS > 3) {
      s03.intoArray(sums, so + 3 * LANES);
    }
    if (TAPS > 4) {
      s04.intoArray(sums, so + 4 * LANES);
    }
    if (TAPS > 5) {
      s05.intoArray(sums, so + 5 * LANES);
    }
    if (TAPS > 6) {
      s06.intoArray(sums, so + 6 * LANES);
    }
    if (ROWS > 1) {
      s10.intoArray(sums, so + TAPS * LANES);
    }
    if (ROWS > 1 && TAPS > 1) {
      s11.intoArray(sums, so + (TAPS + 1) * LANES);
    }
    if (ROWS > 1 && TAPS > 2) {
      s12.intoArray(sums, so + (TAPS + 2) * LANES);
    }
    if (ROWS > 1 && TAPS > 3) {
      s13.intoArray(sums, so + (TAPS + 3) * LANES);
    }
    if (ROWS > 1 && TAPS > 4) {
      s14.intoArray(sums, so + (TAPS + 4) * LANES);
    }
    if (ROWS > 1 && TAPS > 5) {
      s15.intoArray(sums, so + (TAPS + 5) * LANES);
    }
    if (ROWS > 1 && TAPS > 6) {
      s16.intoArray(sums, so + (TAPS + 6) * LANES);
    }
    if (ROWS > 2) {
      s20.intoArray(sums, so + 2 * TAPS * LANES);
    }
    if (ROWS > 2 && TAPS > 1) {
      s21.intoArray(sums, so + (2 * TAPS + 1) * LANES);
    }
    if (ROWS > 2 && TAPS > 2) {
      s22.intoArray(sums, so + (2 * TAPS + 2) * LANES);
    }
    if (ROWS > 2 && TAPS > 3) {
      s23.intoArray(sums, so + (2 * TAPS + 3) * LANES);
    }
    if (ROWS > 2 && TAPS > 4) {
      s24.intoArray(sums, so + (2 * TAPS + 4) * LANES);
    }
    if (ROWS > 2 && TAPS > 5) {
      s25.intoArray(sums, so + (2 * TAPS + 5) * LANES);
    }
    if (ROWS > 2 && TAPS > 6) {
      s26.intoArray(sums, so + (2 * TAPS + 6) * LANES);
    }
  }
}
