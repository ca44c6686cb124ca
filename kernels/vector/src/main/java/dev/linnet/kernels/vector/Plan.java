package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Layout;

/** How an operation goes through feature maps of one shape and channel stride. */
record Plan(Spans spans, Channels channels) {
  /**
   * For some maps.
   *
   * @param perImage whether no span may be in two images
   * @return null where their channel strides differ, or do not fit vectors
   */
  static Plan of(boolean perImage, Layout... maps) {
    Spans spans = perImage ? Spans.perImage(maps) : Spans.of(maps);
    if (spans == null || !Width.fits(spans.stride())) {
      return null;
    }
    return new Plan(spans, new Channels(maps[0].channels(), spans.stride()));
  }
}
