package dev.linnet.kernels.opencl.device;

/**
 * {@code y[n, c] = factor · Σ a[n, h, w, c] · b[n, h, w, c]} over the pixels of an image; without b
 * where {@code product} is 0. A work item has one channel of one image.
 */
public final class SpatialSums extends DeviceKernel {
  int size;
  int height;
  int width;
  int channels;
  int product;
  float factor;
  int a;
  int an;
  int ah;
  int aw;
  int b;
  int bn;
  int bh;
  int bw;
  int y;
  int yn;

  @Override
  public void run() {
    count();
    int i = getGlobalId(0);
    if (i < size) {
      int c = i % channels;
      int n = i / channels;
      float sum = 0f;
      for (int h = 0; h < height; h++) {
        float rowSum = 0f;
        for (int w = 0; w < width; w++) {
          float value = mem[a + n * an + h * ah + w * aw + c];
          if (product == 1) {
            value = value * mem[b + n * bn + h * bh + w * bw + c];
          }
          rowSum += value;
        }
        sum += rowSum;
      }
      mem[y + n * yn + c] = sum * factor;
    }
  }
}
