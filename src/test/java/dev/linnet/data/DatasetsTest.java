package dev.linnet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.data.DataException;
import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetsTest {

  private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");

  @TempDir private Path folder;

  private static void assertRefused(String name, String message) {
    Exception error = assertThrows(DataException.class, () -> Datasets.load(name));
    assertEquals(message, error.getMessage());
  }

  @Test
  void digitsAreShippedAndDividedIntoSixtyTwentyTwenty() {
    LoadedData digits = Datasets.load("digits");
    assertEquals(
        "digits: 8×8×1, 10 classes, train 1079, validation 359, test 359 (validation and test"
            + " carved out of train, stratified)",
        digits.description());
    assertEquals(List.of(), digits.splits().test().openings());
    Provenance provenance = digits.provenance();
    assertEquals(1_797, provenance.train() + provenance.validation() + provenance.test());
    assertEquals(10, provenance.classes().size());
    assertEquals(digits.splits().sha256(), provenance.sha256());
  }

  @Test
  void theDivisionOfTheDigitsNeverChanges() {
    // Reports and models name this checksum: whoever changes the division has to know it.
    assertEquals(
        "08c84c17d5de568b41f3e3b7e6aea59cfaf7ccebd5cfab5435f015c4dbb25a96",
        Datasets.load("digits").provenance().sha256());
  }

  @Test
  void noDigitOfTheTestSplitIsInTheSearchData() {
    LoadedData digits = Datasets.load("digits");
    ImageSet train = digits.splits().searchData().train();
    ImageSet validation = digits.splits().searchData().validation();
    ImageSet test = digits.splits().test().open("test of disjointness");
    Set<String> all = new HashSet<>();
    for (ImageSet set : List.of(train, validation, test)) {
      for (int i = 0; i < set.size(); i++) {
        all.add(Arrays.toString(set.image(i)));
      }
    }
    assertEquals(1_797, all.size(), "all digits are different, so a shared one would be missing");
  }

  @Test
  void fashionMnistHasItsOwnTestSplitAndClassNames() {
    assumeTrue(Files.isDirectory(DEBIAN), "package dataset-fashion-mnist is not installed");
    LoadedData data = Datasets.load("fashion-mnist");
    assertEquals(
        "fashion-mnist: 28×28×1, 10 classes, train 54000, validation 6000, test 10000 (validation"
            + " carved out of train, stratified)",
        data.description());
    assertEquals("Ankle boot", data.provenance().classes().get(9));
    for (int count : data.splits().searchData().validation().classCounts()) {
      assertEquals(600, count);
    }
  }

  @Test
  void fashionMnistIsAlsoFoundInAFolder() throws IOException {
    Path images = Files.createDirectory(folder.resolve("fashion-mnist"));
    IdxFiles.write(images, "train", 40, 4);
    IdxFiles.write(images, "t10k", 10, 4);
    LoadedData data = Datasets.fashionMnist(List.of(folder.resolve("none"), images));
    assertEquals("train 31, validation 9, test 10", data.splits().toString());
    assertEquals(new Augmentation(true, 0, 0), data.augmentation());
  }

  @Test
  void aMissingFashionMnistSaysHowToGetIt() {
    Exception error =
        assertThrows(
            DataException.class, () -> Datasets.fashionMnist(List.of(folder.resolve("none"))));
    assertEquals(
        "fashion-mnist: not found at "
            + folder.resolve("none")
            + "; install it (Debian, Ubuntu: apt install dataset-fashion-mnist) or name a folder"
            + " with its IDX files",
        error.getMessage());
  }

  @Test
  void pneumoniaMnistLacksATestSplitWhichIsCarvedOutAndSaid() {
    Optional<Path> file = Shared.file("data/pneumonia-mnist/pneumoniamnist-train-val.npz");
    assumeTrue(file.isPresent(), "pneumonia-mnist is not beside the checkout");
    LoadedData data = Datasets.load(file.orElseThrow().toString());
    assertEquals(
        "pneumoniamnist-train-val.npz: 28×28×1, 2 classes, train 3766, validation 524, test 942"
            + " (test carved out of train, stratified)",
        data.description());
    double sick = data.splits().searchData().train().classCounts()[1] / 3766.0;
    assertEquals(sick, data.splits().test().open("test of strata").classCounts()[1] / 942.0, 0.001);
  }

  @Test
  void aFolderOfIdxFilesIsRecognised() throws IOException {
    IdxFiles.write(folder, "train", 40, 4);
    LoadedData data = Datasets.load(folder.toString());
    assertEquals("train 22, validation 9, test 9", data.splits().toString());
    assertEquals(folder.toString(), data.provenance().source());
    assertEquals(folder.getFileName().toString(), data.name());
  }

  @Test
  void aFolderOfImagesIsRecognisedAndColourMayBeMirrored() throws IOException {
    ImageShape shape = new ImageShape(16, 32, 3);
    for (String label : List.of("cat", "dog")) {
      Path classFolder = Files.createDirectory(folder.resolve(label));
      for (int i = 0; i < 5; i++) {
        byte[] pixels = new byte[shape.values()];
        pixels[i] = 50;
        ImageFiles.writePng(classFolder.resolve(i + ".png"), pixels, shape);
      }
    }
    LoadedData data = Datasets.load(folder.toString());
    assertEquals("train 6, validation 2, test 2", data.splits().toString());
    assertEquals(List.of("cat", "dog"), data.provenance().classes());
    assertEquals(new Augmentation(true, 1, 0), data.augmentation());
  }

  @Test
  void aClassTooSmallToBeDividedIsRefusedByItsSource() throws IOException {
    IdxFiles.write(folder, "train", 5, 4);
    assertRefused(
        folder.toString(),
        folder + ": class 0 has 2 images; dividing into 3 splits takes at least 3 per class");
  }

  @Test
  void anUnknownNameSaysTheKnownOnesAndTheNearest() {
    assertRefused(
        "fashon-mnist",
        "fashon-mnist: no such data set, file or folder; known are digits, fashion-mnist, or name"
            + " a folder or an .npz file; did you mean fashion-mnist?");
    assertRefused(
        "no/such/folder",
        "no/such/folder: no such data set, file or folder; known are digits, fashion-mnist, or"
            + " name a folder or an .npz file");
    Exception error = assertThrows(DataException.class, () -> Datasets.load("a\0b"));
    assertTrue(error.getMessage().contains("is no data set and no path"), error.getMessage());
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("data.csv"), "1,2,3");
    assertRefused(
        file.toString(),
        file
            + ": is no .npz file and no folder; a folder holds IDX files or one folder of images"
            + " per class");
  }

  @Test
  void anEmptyNpzFileIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("data.npz"), new byte[0]);
    assertRefused(file.toString(), file + ": the file is empty");
  }

  @Test
  void namesAreTheOnesThatLoad() {
    assertEquals(List.of("digits", "fashion-mnist"), Datasets.names());
    assertNotEquals(0, Datasets.load(Datasets.names().get(0)).splits().test().size());
  }
}
