package dev.linnet.core.data;

/**
 * All the data that a search may see.
 *
 * @param train to fit weights
 * @param validation to compare candidates
 */
public record SearchData(ImageSet train, ImageSet validation) {

  /** The size of each image. */
  public ImageShape shape() {
    return train.shape();
  }

  /** The number of classes. */
  public int classCount() {
    return train.classes().size();
  }
}
