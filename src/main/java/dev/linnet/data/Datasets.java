package dev.linnet.data;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.data.DataException;
import dev.linnet.core.data.DigitsReader;
import dev.linnet.core.data.GivenSplits;
import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.ImageShape;
import dev.linnet.core.data.NpzReader;
import dev.linnet.core.data.Splits;
import dev.linnet.text.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Loads the data that {@code --data} names: {@code digits}, {@code fashion-mnist}, or a path.
 *
 * <p>A path is a folder of IDX files, a MedMNIST {@code .npz} file, or a folder of class folders
 * with PNG and JPEG images. A known name goes before a file of that name; write {@code ./digits}
 * for the latter. Splits that the data does not bring along are carved out of train, stratified and
 * always the same: 20 % each, of 10,000 images or more 10 %.
 */
public final class Datasets {

  private static final String DIGITS = "digits";
  private static final String FASHION_MNIST = "fashion-mnist";
  private static final List<String> NAMES = List.of(DIGITS, FASHION_MNIST);
  private static final List<String> FASHION_CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  /** Debian's and Ubuntu's package dataset-fashion-mnist, then the current folder. */
  private static final List<Path> FASHION_FOLDERS =
      List.of(Path.of("/usr/share/datasets/fashion-mnist"), Path.of("fashion-mnist"));

  private static final int LARGE_SET = 10_000;

  private Datasets() {}

  /** The names that are known besides paths. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Loads a data set.
   *
   * @param nameOrPath what {@code --data} says
   * @throws DataException in one line, if there is no such data or it cannot be used
   */
  public static LoadedData load(String nameOrPath) {
    return switch (nameOrPath) {
      case DIGITS -> digits();
      case FASHION_MNIST -> fashionMnist(FASHION_FOLDERS);
      default -> load(path(nameOrPath), nameOrPath);
    };
  }

  static LoadedData fashionMnist(List<Path> folders) {
    for (Path folder : folders) {
      if (IdxFolder.isOne(folder)) {
        return assemble(
            FASHION_MNIST,
            folder.toString(),
            IdxFolder.read(folder, FASHION_CLASSES),
            new Augmentation(true, 0, 0)); // shifting them costs accuracy in short trainings
      }
    }
    throw new DataException(
        FASHION_MNIST,
        "not found at "
            + folders.get(0)
            + "; install it (Debian, Ubuntu: apt install"
            + " dataset-fashion-mnist) or name a folder with its IDX files");
  }

  private static LoadedData digits() {
    String resource = "digits.csv.gz";
    try (InputStream in = Datasets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new DataException(resource, "is missing in this build of Linnet");
      }
      return assemble(
          DIGITS,
          "UCI optical recognition of handwritten digits",
          GivenSplits.ofTrain(DigitsReader.read(in, resource)),
          new Augmentation(false, 1, 0));
    } catch (IOException e) {
      throw new DataException(resource, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static LoadedData load(Path path, String given) {
    if (!Files.exists(path)) {
      throw new DataException(
          given,
          "no such data set, file or folder; known are "
              + String.join(", ", NAMES)
              + ", or name a folder or an .npz file"
              + Nearest.question(given, NAMES));
    }
    GivenSplits splits;
    if (Files.isDirectory(path)) {
      splits = IdxFolder.isOne(path) ? IdxFolder.read(path) : ImageFolder.read(path);
    } else if (path.toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
      splits = NpzReader.read(path);
    } else {
      throw new DataException(
          given,
          "is no .npz file and no folder; a folder holds IDX files or one folder of images"
              + " per class");
    }
    Path last = path.toAbsolutePath().normalize().getFileName();
    return assemble(last == null ? given : last.toString(), given, splits, suggested(splits));
  }

  private static Path path(String given) {
    try {
      return Path.of(given);
    } catch (InvalidPathException e) {
      throw new DataException(given, "is no data set and no path: " + e.getReason(), e);
    }
  }

  private static LoadedData assemble(
      String name, String source, GivenSplits given, Augmentation augmentation) {
    ImageSet train = given.train().named(source); // what errors about dividing it call it
    double share = train.size() < LARGE_SET ? 0.2 : 0.1;
    Splits splits = new GivenSplits(train, given.validation(), given.test()).complete(share, share);
    List<String> carved = new ArrayList<>();
    if (given.validation().isEmpty()) {
      carved.add("validation");
    }
    if (given.test().isEmpty()) {
      carved.add("test");
    }
    String description =
        name
            + ": "
            + train.shape()
            + ", "
            + train.classes().size()
            + " classes, "
            + splits
            + (carved.isEmpty()
                ? ""
                : " (" + String.join(" and ", carved) + " carved out of train, stratified)");
    return new LoadedData(name, description, splits, Provenance.of(source, splits), augmentation);
  }

  /** Shifts by a sixteenth; mirrors colour images, for grey ones may be writing. */
  private static Augmentation suggested(GivenSplits splits) {
    ImageShape shape = splits.train().shape();
    int shift = Math.min(shape.height(), shape.width()) / 16;
    return new Augmentation(shape.channels() == 3, shift, 0);
  }
}
