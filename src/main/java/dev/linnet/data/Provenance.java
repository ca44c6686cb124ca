package dev.linnet.data;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.data.Splits;
import java.util.List;

/**
 * Where data comes from and what exactly it is, to be written into models and reports.
 *
 * @param source a name, or the file or folder as it was given
 * @param sha256 the checksum of all three splits, {@link Splits#sha256()}
 * @param shape the size of each image
 * @param classes the class names, in the order of the labels
 * @param train the number of images to train on
 * @param validation the number of images to compare candidates by
 * @param test the number of images held out
 */
public record Provenance(
    String source,
    String sha256,
    ImageShape shape,
    List<String> classes,
    int train,
    int validation,
    int test) {

  /** Keeps a copy of the class names. */
  public Provenance {
    classes = List.copyOf(classes);
  }

  /** The provenance of {@code splits}; does not open the test split. */
  public static Provenance of(String source, Splits splits) {
    return new Provenance(
        source,
        splits.sha256(),
        splits.searchData().shape(),
        splits.searchData().train().classes(),
        splits.searchData().train().size(),
        splits.searchData().validation().size(),
        splits.test().size());
  }
}
