package dev.linnet.kernels.opencl.device;

/**
 * The gradient of a convolution with respect to its weights as an implicit matrix product: rows of
 * C are output channels of a group, columns are its input channels and taps, and the depth runs
 * over output pixels. The depth is split into blocks, whose products go to {@code parts[block, O,
 * I/groups, kh, kw]} and are summed in order by {@link SumParts}. Work-group (column tile, row
 * tile, channel group · blocks + block).
 */
public final class ConvWeight extends TileKernel {
  int pixels;
  int perBlock;
  int blocks;
  int groups;
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
  int x;
  int xn;
  int xh;
  int xw;
  int parts;
  @Local float[] a = new float[DEPTH * PITCH];
  @Local float[] b = new float[DEPTH * PITCH];
  @Local int[] columnAt = new int[TILE];
  @Local int[] columnH = new int[TILE];
  @Local int[] columnW = new int[TILE];

  @Override
  public void run() {
    count();
    int lx = getLocalId(0);
    int ly = getLocalId(1);
    int item = ly * SIDE + lx;
    int group = getGlobalId(2) / blocks;
    int block = getGlobalId(2) % blocks;
    int firstRow = getGroupId(1) * TILE;
    int firstColumn = getGroupId(0) * TILE;
    int columns = perGroup * taps;
    int begin = block * perBlock;
    int end = min(begin + perBlock, pixels);
    if (item < TILE) {
      int column = firstColumn + item;
      int c = column / taps;
      int tap = column - c * taps;
      columnAt[item] = x + group * perGroup + c;
      columnH[item] = column < columns ? tap / kernelWidth * dilationHeight - top : -1000000000;
      columnW[item] = tap % kernelWidth * dilationWidth - left;
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
    int r = item % TILE;
    for (int k0 = begin; k0 < end; k0 += DEPTH) {
      for (int level = item / TILE; level < DEPTH; level += 2) {
        int pixel = k0 + level;
        int q = pixel % outWidth;
        int imageRow = pixel / outWidth;
        int p = imageRow % outHeight;
        int n = imageRow / outHeight;
        float gradient = 0f;
        if (pixel < end && firstRow + r < outputs) {
          gradient = mem[dy + n * dyn + p * dyh + q * dyw + group * outputs + firstRow + r];
        }
        a[level * PITCH + r] = gradient;
        int h = p * strideHeight + columnH[r];
        int w = q * strideWidth + columnW[r];
        float value = 0f;
        if (pixel < end && h >= 0 && h < height && w >= 0 && w < width) {
          value = mem[columnAt[r] + n * xn + h * xh + w * xw];
        }
        b[level * PITCH + r] = value;
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
      for (int level = 0; level < DEPTH; level++) {
        float a0 = a[level * PITCH + ly + 0];
        float a1 = a[level * PITCH + ly + 8];
        float a2 = a[level * PITCH + ly + 16];
        float a3 = a[level * PITCH + ly + 24];
        float b0 = b[level * PITCH + lx + 0];
        float b1 = b[level * PITCH + lx + 8];
        float b2 = b[level * PITCH + lx + 16];
        float b3 = b[level * PITCH + lx + 24];
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
  void store(int row, int column, float value) {
    int columns = perGroup * taps;
    if (row < outputs && column < columns) {
      int group = getGlobalId(2) / blocks;
      int block = getGlobalId(2) % blocks;
      int at = (block * groups + group) * outputs + row;
      mem[parts + at * columns + column] = value;
    }
  }
}
