package dev.linnet.core.nn;

/** What a network is built for. */
public enum Mode {
  /** Batch moments, running statistics kept up to date, dropout. */
  TRAINING(true, true, true),
  /** As training, but without running statistics: they differ for every candidate of a supernet. */
  SUPERNET(true, false, true),
  /** Batch moments, running statistics kept up to date; nothing is trained. */
  CALIBRATION(true, true, false),
  /** Running statistics. */
  INFERENCE(false, false, false);

  private final boolean batchMoments;
  private final boolean tracking;
  private final boolean dropout;

  Mode(boolean batchMoments, boolean tracking, boolean dropout) {
    this.batchMoments = batchMoments;
    this.tracking = tracking;
    this.dropout = dropout;
  }

  /** Whether batch norm normalises by the moments of the batch. */
  public boolean batchMoments() {
    return batchMoments;
  }

  /** Whether running statistics follow the moments of the batch. */
  public boolean tracking() {
    return tracking;
  }

  /** Whether dropout is active. */
  public boolean dropout() {
    return dropout;
  }
}
