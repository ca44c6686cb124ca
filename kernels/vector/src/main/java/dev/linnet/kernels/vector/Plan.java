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
    return of(perImage ? Spans.perImage(maps) : Spans.of(maps), maps[0]);
  }

  /** For a result that is a slice: row by row of the maps that it is made of. */
  static Plan rows(Layout... maps) {
    return of(Spans.rows(maps), maps[0]);
  }

  private static Plan of(Spans spans, Layout map) {
    if (spans == null || !Width.fits(spans.stride())) {
      return null;
    }
    return new Plan(spans, new Channels(map.channels(), spans.stride()));
  }
}
