package dev.linnet.data;

import dev.linnet.core.data.DataException;
import dev.linnet.core.data.GivenSplits;
import dev.linnet.core.data.IdxReader;
import dev.linnet.core.data.ImageSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder with the four IDX files of MNIST, plain or gzip; the pair of the test split may be
 * missing.
 */
final class IdxFolder {

  private IdxFolder() {}

  /** Whether {@code folder} holds the train images or labels. */
  static boolean isOne(Path folder) {
    return find(folder, "train", "images").isPresent()
        || find(folder, "train", "labels").isPresent();
  }

  /** Reads the folder; classes are called {@code 0}, {@code 1}, … */
  static GivenSplits read(Path folder) {
    return withTest(
        folder,
        IdxReader.read("train", need(folder, "train", "images"), need(folder, "train", "labels")));
  }

  /** Reads the folder with known classes. */
  static GivenSplits read(Path folder, List<String> classes) {
    return withTest(
        folder,
        IdxReader.read(
            "train", need(folder, "train", "images"), need(folder, "train", "labels"), classes));
  }

  private static GivenSplits withTest(Path folder, ImageSet train) {
    boolean hasTest =
        find(folder, "t10k", "images").isPresent() || find(folder, "t10k", "labels").isPresent();
    if (!hasTest) {
      return GivenSplits.ofTrain(train);
    }
    Path images = need(folder, "t10k", "images");
    ImageSet test = IdxReader.read("test", images, need(folder, "t10k", "labels"), train.classes());
    if (!test.shape().equals(train.shape())) {
      throw new DataException(
          images, "has images of " + test.shape() + ", the train images are " + train.shape());
    }
    return GivenSplits.ofTrainAndTest(train, test);
  }

  private static Path need(Path folder, String split, String what) {
    return find(folder, split, what)
        .orElseThrow(
            () ->
                new DataException(
                    folder, "has no file " + stem(split, what) + " (or with .gz at its end)"));
  }

  private static Optional<Path> find(Path folder, String split, String what) {
    String dashed = stem(split, what);
    String dotted = dashed.replace("-idx", ".idx");
    return List.of(dashed, dashed + ".gz", dotted, dotted + ".gz").stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static String stem(String split, String what) {
    return split + "-" + what + (what.equals("images") ? "-idx3-ubyte" : "-idx1-ubyte");
  }
}
