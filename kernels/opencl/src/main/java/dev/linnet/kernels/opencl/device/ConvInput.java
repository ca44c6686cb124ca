package dev.linnet.kernels.opencl.device;

/**
 * The gradient of a convolution with respect to x as an implicit matrix product: rows of C are
 * pixels of x, columns are input channels of a group, and the depth runs over taps and, inside a
 * tap, output channels. Work-group (column tile, row tile, channel group).
 */
public final class ConvInput extends TileKernel {
  int pixels;
  int height;
  int width;
  int outHeight;
  int outWidth;
  int perGroup;
  int outputs;
  int taps;
  int kernelWidth;
  int strideHeight;
  int strideWidth;
  int dilationHeight;
  int dilationWidth;
  int top;
  int left;
  int dy;
  int dyn;
  int dyh;
  int dyw;
  int weights;
  int dx;
  int dxn;
  int dxh;
  int dxw;
  @Local float[] a = new float[DEPTH * PITCH];
  @Local float[] b = new float[DEPTH * PITCH];
  @Local int[] rowAt = new int[TILE];
  @Local int[] rowH = new int[TILE];
  @Local int[] rowW = new int[TILE];

  @Override
  public void run() {
    count();
    int lx = getLocalId(0);
    int ly = getLocalId(1);
    int item = ly * SIDE + lx;
    int group = getGlobalId(2);
    int firstRow = getGroupId(1) * TILE;
    int firstColumn = getGroupId(0) * TILE;
    int depth = taps * outputs;
    if (item < TILE) {
      int pixel = firstRow + item;
      int imageRow = pixel / width;
      int n = imageRow / height;
      rowAt[item] = dy + n * dyn + group * outputs;
      rowH[item] = pixel < pixels ? imageRow % height + top : -1000000000;
      rowW[item] = pixel % width + left;
    }
    localBarrier();
    float s00 = 0f;
    float s01 = 0f;
    float s02 = 0f;
    float s03 = 0f;
    float s10 = 0f;
    float s11 = 0f;
    float s12 = 0f;
    float s13 = 0f;
    float s20 = 0f;
    float s21 = 0f;
    float s22 = 0f;
    float s23 = 0f;
    float s30 = 0f;
    float s31 = 0f;
    float s32 = 0f;
    float s33 = 0f;
    int level = item % DEPTH;
    for (int k0 = 0; k0 < depth; k0 += DEPTH) {
      int k = k0 + level;
      int tap = k / outputs;
      int o = k - tap * outputs;
      int up = tap / kernelWidth * dilationHeight;
      int back = tap % kernelWidth * dilationWidth;
      for (int r = item / DEPTH; r < TILE; r += 4) {
        int p = rowH[r] - up;
        int q = rowW[r] - back;
        float value = 0f;
        if (k < depth && p >= 0 && q >= 0) {
          int outRow = p / strideHeight;
          int outColumn = q / strideWidth;
          if (outRow * strideHeight == p && outColumn * strideWidth == q) {
            if (outRow < outHeight && outColumn < outWidth) {
              value = mem[rowAt[r] + outRow * dyh + outColumn * dyw + o];
            }
          }
        }
        a[level * PITCH + r] = value;
        float weight = 0f;
        if (k < depth && firstColumn + r < perGroup) {
          weight = mem[weights + ((group * outputs + o) * perGroup + firstColumn + r) * taps + tap];
        }
        b[level * PITCH + r] = weight;
      }
      localBarrier();
      float t00 = 0f;
      float t01 = 0f;
      float t02 = 0f;
      float t03 = 0f;
      float t10 = 0f;
      float t11 = 0f;
      float t12 = 0f;
      float t13 = 0f;
      float t20 = 0f;
      float t21 = 0f;
      float t22 = 0f;
      float t23 = 0f;
      float t30 = 0f;
      float t31 = 0f;
      float t32 = 0f;
      float t33 = 0f;
      for (int d = 0; d < DEPTH; d++) {
        float a0 = a[d * PITCH + ly + 0];
        float a1 = a[d * PITCH + ly + 8];
        float a2 = a[d * PITCH + ly + 16];
        float a3 = a[d * PITCH + ly + 24];
        float b0 = b[d * PITCH + lx + 0];
        float b1 = b[d * PITCH + lx + 8];
        float b2 = b[d * PITCH + lx + 16];
        float b3 = b[d * PITCH + lx + 24];
        t00 += a0 * b0;
        t01 += a0 * b1;
        t02 += a0 * b2;
        t03 += a0 * b3;
        t10 += a1 * b0;
        t11 += a1 * b1;
        t12 += a1 * b2;
        t13 += a1 * b3;
        t20 += a2 * b0;
        t21 += a2 * b1;
        t22 += a2 * b2;
        t23 += a2 * b3;
        t30 += a3 * b0;
        t31 += a3 * b1;
        t32 += a3 * b2;
        t33 += a3 * b3;
      }
      s00 += t00;
      s01 += t01;
      s02 += t02;
      s03 += t03;
      s10 += t10;
      s11 += t11;
      s12 += t12;
      s13 += t13;
      s20 += t20;
      s21 += t21;
      s22 += t22;
      s23 += t23;
      s30 += t30;
      s31 += t31;
      s32 += t32;
      s33 += t33;
      localBarrier();
    }
    int row = firstRow + ly;
    int column = firstColumn + lx;
    store(row + 0, column + 0, s00);
    store(row + 0, column + 8, s01);
    store(row + 0, column + 16, s02);
    store(row + 0, column + 24, s03);
    store(row + 8, column + 0, s10);
    store(row + 8, column + 8, s11);
    store(row + 8, column + 16, s12);
    store(row + 8, column + 24, s13);
    store(row + 16, column + 0, s20);
    store(row + 16, column + 8, s21);
    store(row + 16, column + 16, s22);
    store(row + 16, column + 24, s23);
    store(row + 24, column + 0, s30);
    store(row + 24, column + 8, s31);
    store(row + 24, column + 16, s32);
    store(row + 24, column + 24, s33);
  }

  /** Writes an element of C. */
  void store(int pixel, int column, float value) {
    if (pixel < pixels && column < perGroup) {
      int imageRow = pixel / width;
      int n = imageRow / height;
      int at = dx + n * dxn + imageRow % height * dxh + pixel % width * dxw;
      mem[at + getGlobalId(2) * perGroup + column] = value;
    }
  }
}
