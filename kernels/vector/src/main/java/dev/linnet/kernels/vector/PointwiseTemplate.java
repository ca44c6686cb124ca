package dev.linnet.kernels.vector;

import static dev.linnet.core.graph.Activation.Function.HARD_SIGMOID;
import static dev.linnet.core.graph.Activation.Function.HARD_SWISH;
import static dev.linnet.core.graph.Activation.Function.RELU;
import static dev.linnet.core.graph.Activation.Function.RELU6;
import static dev.linnet.core.graph.Activation.Function.SIGMOID;
import static dev.linnet.core.graph.Activation.Function.SILU;

import dev.linnet.core.graph.Activation.Function;
import java.lang.invoke.MethodHandles;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of {@link PointwiseLoops}, copied for every function: the choice is a constant, so the
 * compiled loop has no branch. One body for all of them: C2 inlines a method of more than 35
 * bytecodes only where it is called at least 20 times for every call of its caller, and boxes the
 * vectors otherwise.
 *
 * <p>Values are clamped by their bits: those of floats that are not negative are ordered as the
 * floats are, and negative floats are negative integers. The maximum of two floats takes six
 * instructions where the CPU has no such one for Java's order of zeros and NaN; that of integers
 * takes one, and NaN three more.
 *
 * <p>The exponential, that of the sigmoid too, is {@code eˣ} with an error below 2 ulp, for x
 * clamped to [−87, 88]: x = n·ln 2 + r with |r| at most ln 2 / 2, the series of eʳ up to r⁷ and n
 * added to the exponent. Adding 1.5·2²³ rounds to the whole number n and leaves it in the lowest
 * bits.
 */
final class PointwiseTemplate implements PointwiseLoops {
  /** Class data for {@code a + b}. */
  static final int ADD = -1;

  /** Class data for {@code a · b}. */
  static final int MULTIPLY = -2;

  /** Class data for {@code eᵃ}. */
  static final int EXPONENTIAL = -3;

  /** Class data, added to an activation's number, for {@code a · f′(b)}; without it, f(a). */
  static final int GRADIENT = 100;

  /** An activation's number is its position here. */
  private static final List<Function> FUNCTIONS = List.of(Function.values());

  private static final int CODE = Templates.constants(MethodHandles.lookup())[0];
  private static final Function F = CODE < 0 ? null : FUNCTIONS.get(CODE % GRADIENT);
  private static final boolean SLOPE = CODE >= GRADIENT;
  private static final boolean BINARY = CODE == ADD || CODE == MULTIPLY || SLOPE;
  private static final boolean CLAMPS =
      F == RELU || F == RELU6 || F == HARD_SWISH || F == HARD_SIGMOID;
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int LANES = Width.LANES;

  /** The bits of 6. */
  private static final int SIX = 0x40c00000;

  /** Added to the bits of |x|, overflows for what is beyond those of infinity: NaN. */
  private static final int BEYOND_INFINITY = 0x007fffff;

  private static final float PER_LN2 = 0x1.715476p0f;
  private static final float ROUND = 0x1.8p23f;

  /** ln 2 in two parts, the first with so few bits that its product with n is exact. */
  private static final float LN2_HIGH = 0x1.63p-1f;

  private static final float LN2_LOW = -0x1.bd0106p-13f;

  @Override
  public void run(float[] a, int ao, float[] b, int bo, float[] y, int yo, int count) {
    int whole = count - count % LANES;
    if (whole < count) {
      few(a, ao + whole, b, bo + whole, y, yo + whole, count - whole);
    }
    for (int at = 0; at < whole; at += LANES) {
      FloatVector x = FloatVector.fromArray(S, a, ao + at);
      FloatVector u = BINARY ? FloatVector.fromArray(S, b, bo + at) : x;
      FloatVector result;
      if (CODE == ADD) {
        result = x.add(u);
      } else if (CODE == MULTIPLY) {
        result = x.mul(u);
      } else if (CLAMPS && !SLOPE) {
        IntVector bits = (F == RELU || F == RELU6 ? x : x.add(3)).reinterpretAsInts();
        IntVector clamped = F == RELU ? bits.max(0) : bits.max(0).min(SIX);
        if (F == HARD_SWISH) { // NaN of x is NaN of the product
          result = x.mul(clamped.reinterpretAsFloats().mul(1 / 6f));
        } else {
          IntVector nan =
              bits.and(Integer.MAX_VALUE).add(BEYOND_INFINITY).lanewise(VectorOperators.ASHR, 31);
          FloatVector kept = clamped.or(nan).reinterpretAsFloats();
          result = F == HARD_SIGMOID ? kept.mul(1 / 6f) : kept;
        }
      } else if (F == RELU) {
        result = FloatVector.zero(S).blend(x, u.compare(VectorOperators.GT, 0));
      } else if (F == RELU6) {
        result =
            FloatVector.zero(S)
                .blend(x, u.compare(VectorOperators.GT, 0).and(u.compare(VectorOperators.LT, 6)));
      } else if (F == HARD_SWISH) {
        result =
            FloatVector.zero(S)
                .blend(u.add(u).add(3).mul(1 / 6f).mul(x), u.compare(VectorOperators.GT, -3))
                .blend(x, u.compare(VectorOperators.GE, 3));
      } else if (F == HARD_SIGMOID) {
        result =
            FloatVector.zero(S)
                .blend(
                    x.mul(1 / 6f),
                    u.compare(VectorOperators.GT, -3).and(u.compare(VectorOperators.LT, 3)));
      } else {
        FloatVector one = FloatVector.broadcast(S, 1);
        FloatVector t = (CODE == EXPONENTIAL ? u : u.neg()).max(-87).min(88);
        FloatVector shifted =
            t.fma(FloatVector.broadcast(S, PER_LN2), FloatVector.broadcast(S, ROUND));
        FloatVector n = shifted.sub(ROUND);
        FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), t);
        r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
        FloatVector p = FloatVector.broadcast(S, 1 / 5040f);
        p = p.fma(r, FloatVector.broadcast(S, 1 / 720f));
        p = p.fma(r, FloatVector.broadcast(S, 1 / 120f));
        p = p.fma(r, FloatVector.broadcast(S, 1 / 24f));
        p = p.fma(r, FloatVector.broadcast(S, 1 / 6f));
        p = p.fma(r, FloatVector.broadcast(S, 0.5f));
        p = p.fma(r, one);
        p = p.fma(r, one);
        FloatVector exp =
            shifted
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 23)
                .add(p.reinterpretAsInts())
                .reinterpretAsFloats();
        FloatVector s = one.div(exp.add(1));
        FloatVector rest = one.sub(s);
        if (CODE == EXPONENTIAL) {
          result = exp;
        } else if (F == SILU) {
          result = SLOPE ? x.mul(s.mul(u.mul(rest).add(1))) : x.mul(s);
        } else {
          result = SLOPE ? x.mul(s.mul(rest)) : s;
        }
      }
      result.intoArray(y, yo + at);
    }
  }

  /** Fewer floats than a vector has, with the bits that a lane of a vector would have. */
  private static void few(float[] a, int ao, float[] b, int bo, float[] y, int yo, int count) {
    for (int i = 0; i < count; i++) {
      float x = a[ao + i];
      if (CODE == ADD) {
        y[yo + i] = x + b[bo + i];
      } else if (CODE == MULTIPLY) {
        y[yo + i] = x * b[bo + i];
      } else if (CODE == EXPONENTIAL || F == SILU || F == SIGMOID) {
        y[yo + i] = exponential(x, BINARY ? b[bo + i] : x);
      } else {
        y[yo + i] = SLOPE ? x * F.slope(b[bo + i]) : F.apply(x);
      }
    }
  }

  private static float exponential(float x, float u) {
    float t = Math.min(Math.max(CODE == EXPONENTIAL ? u : -u, -87), 88);
    float shifted = Math.fma(t, PER_LN2, ROUND);
    float n = shifted - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, t));
    float p = Math.fma(1 / 5040f, r, 1 / 720f);
    p = Math.fma(p, r, 1 / 120f);
    p = Math.fma(p, r, 1 / 24f);
    p = Math.fma(p, r, 1 / 6f);
    p = Math.fma(p, r, 0.5f);
    p = Math.fma(p, r, 1);
    p = Math.fma(p, r, 1);
    int bits = (Float.floatToRawIntBits(shifted) << 23) + Float.floatToRawIntBits(p);
    if (CODE == EXPONENTIAL) {
      return Float.intBitsToFloat(bits);
    }
    float s = 1 / (Float.intBitsToFloat(bits) + 1);
    float rest = 1 - s;
    if (F == SILU) {
      return SLOPE ? x * (s * (u * rest + 1)) : x * s;
    }
    return SLOPE ? x * (s * rest) : s;
  }
}
