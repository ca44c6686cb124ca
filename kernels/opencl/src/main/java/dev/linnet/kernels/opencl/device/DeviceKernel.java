package dev.linnet.kernels.opencl.device;

import com.aparapi.Kernel;

/**
 * What all kernels have in common. Aparapi translates a subclass to one OpenCL function, whose
 * arguments are the fields that it reads: {@link #mem} and numbers. All values of a backend lie in
 * {@code mem}; an {@code int} field named after a value is where it starts. A value of shape [N, H,
 * W, C] that is called x has its element (n, h, w, c) at {@code x + n·xn + h·xh + w·xw + c}.
 *
 * <p>The fields are never set in Java: their values are given with each launch.
 */
public abstract class DeviceKernel extends Kernel {
  /** Where {@link #count} is, in {@link #mem}. */
  public static final int COUNTER = 0;

  /** The launch after this many is number 1 again: floats count exactly to here. */
  public static final int LAUNCHES = 1 << 20;

  /** What {@link #activate} calls the identity. */
  public static final int IDENTITY = 0;

  /** What it calls {@link dev.linnet.core.graph.Activation.Function#RELU}. */
  public static final int RELU = 1;

  /** What it calls {@link dev.linnet.core.graph.Activation.Function#RELU6}. */
  public static final int RELU6 = 2;

  /** What it calls {@link dev.linnet.core.graph.Activation.Function#HARD_SWISH}. */
  public static final int HARD_SWISH = 3;

  /** What it calls {@link dev.linnet.core.graph.Activation.Function#HARD_SIGMOID}. */
  public static final int HARD_SIGMOID = 4;

  /** What it calls {@link dev.linnet.core.graph.Activation.Function#SILU}. */
  public static final int SILU = 5;

  /** What it calls {@link dev.linnet.core.graph.Activation.Function#SIGMOID}. */
  public static final int SIGMOID = 6;

  /** Elements of every {@code float} array in local memory. */
  public static final int LOCAL_FLOATS = 16 * 33;

  /** Elements of every {@code int} array in local memory. */
  public static final int LOCAL_INTS = 32;

  float[] mem;

  /** For subclasses. */
  protected DeviceKernel() {}

  /** Counts the launch, so that the host can tell that the device ran it. */
  void count() {
    if (getGlobalId(0) + getGlobalId(1) + getGlobalId(2) == 0) {
      float launches = mem[COUNTER];
      mem[COUNTER] = launches >= LAUNCHES ? 1f : launches + 1f;
    }
  }

  /** An activation; NaN stays NaN. */
  float activate(int function, float x) {
    float y = x;
    if (function == RELU) {
      y = x <= 0f ? 0f : x;
    } else if (function == RELU6) {
      y = clip(x);
    } else if (function == HARD_SWISH) {
      y = x * (clip(x + 3f) * (1f / 6f));
    } else if (function == HARD_SIGMOID) {
      y = clip(x + 3f) * (1f / 6f);
    } else if (function == SILU) {
      y = x / (1f + exp(-x));
    } else if (function == SIGMOID) {
      y = 1f / (1f + exp(-x));
    }
    return y;
  }

  /** x between 0 and 6. */
  float clip(float x) {
    float low = x <= 0f ? 0f : x;
    return low >= 6f ? 6f : low;
  }

  /** The derivative of an activation at x. */
  float slope(int function, float x) {
    float d = 1f;
    if (function == RELU) {
      d = x > 0f ? 1f : 0f;
    } else if (function == RELU6) {
      d = inside(x, 0f, 6f);
    } else if (function == HARD_SWISH) {
      d = x <= -3f ? 0f : inside(x, -3f, 3f) * ((2f * x + 3f) * (1f / 6f)) + (x >= 3f ? 1f : 0f);
    } else if (function == HARD_SIGMOID) {
      d = inside(x, -3f, 3f) * (1f / 6f);
    } else if (function == SILU) {
      float s = 1f / (1f + exp(-x));
      d = s * (1f + x * (1f - s));
    } else if (function == SIGMOID) {
      float s = 1f / (1f + exp(-x));
      d = s * (1f - s);
    }
    return d;
  }

  /** 1 between low and high, else 0. */
  float inside(float x, float low, float high) {
    float above = x > low ? 1f : 0f;
    return x < high ? above : 0f;
  }
}
