package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Layout;
import java.util.List;

/**
 * Cuts feature maps of one shape and channel stride into spans, runs of pixels that are contiguous
 * in all of them, and the spans into slices. Without borders the whole batch, or every image, is
 * contiguous and is cut into pieces that stay in the first cache; otherwise every row of an image
 * is a span.
 *
 * @param stride floats a pixel
 * @param unitsAnImage contiguous units of an image; 0 where the batch is one
 * @param units all of them
 * @param unit pixels of a unit
 * @param length pixels of a span; the last one of a unit may be shorter
 */
record Spans(int stride, int unitsAnImage, int units, int unit, int length) {
  /** Floats of a piece. */
  private static final int PIECE = 4096;

  /** Floats that are worth a slice: about 10 µs. */
  private static final int SLICE = 65_536;

  /** The rows of layouts of one shape and channel stride; null where that differs. */
  static Spans rows(Layout... layouts) {
    Spans spans = of(layouts);
    int images = spans == null ? 0 : layouts[0].shape().size() / layouts[0].channels();
    int height = layouts[0].height();
    int width = layouts[0].width();
    return spans == null ? null : new Spans(spans.stride, height, images / width, width, width);
  }

  /** Of whole maps of one shape, whatever the images; null where their channel strides differ. */
  static Spans of(Layout... layouts) {
    return of(false, layouts);
  }

  /** Of whole maps of one shape, no span in two images; null where their channel strides differ. */
  static Spans perImage(Layout... layouts) {
    return of(true, layouts);
  }

  private static Spans of(boolean perImage, Layout... layouts) {
    Layout first = layouts[0];
    int stride = first.channelStride();
    boolean borders = false;
    for (Layout layout : List.of(layouts)) {
      if (layout.channelStride() != stride || layout.isSlice()) {
        return null;
      }
      borders |= layout.border() > 0;
    }
    int image = first.height() * first.width();
    int images = first.shape().size() / (image * first.channels());
    int unitsAnImage = borders ? first.height() : perImage ? 1 : 0;
    int units = borders ? images * first.height() : perImage ? images : 1;
    int unit = images * image / units;
    int length = borders ? unit : Math.min(unit, Math.max(1, PIECE / stride));
    return new Spans(stride, unitsAnImage, units, unit, length);
  }

  private int spansAUnit() {
    return (unit + length - 1) / length;
  }

  /** All spans. */
  int count() {
    return units * spansAUnit();
  }

  /** Spans of an image; only where no span is in two. */
  int perImage() {
    return unitsAnImage * spansAUnit();
  }

  /** The slices of the spans, whatever the number of threads. */
  int slices() {
    return slices(count());
  }

  /** The slices of the images, each with all of its spans. */
  int imageSlices() {
    return slices(units / unitsAnImage);
  }

  private int slices(int most) {
    return (int) Math.max(1, Math.min(most, (long) units * unit * stride / SLICE));
  }

  /** The first of {@code count} things that belongs to a slice. */
  static int first(int count, int slice, int slices) {
    return (int) ((long) count * slice / slices);
  }

  /** Where span {@code i} starts in a layout. */
  int start(Layout layout, int i) {
    int u = i / spansAUnit();
    int first = i % spansAUnit() * length * stride;
    if (unitsAnImage == 0) {
      return first;
    }
    return layout.index(u / unitsAnImage, u % unitsAnImage, 0) + first;
  }

  /** The pixels of span {@code i}. */
  int pixels(int i) {
    return Math.min(length, unit - i % spansAUnit() * length);
  }

  /** The floats of span {@code i}. */
  int floats(int i) {
    return pixels(i) * stride;
  }
}
