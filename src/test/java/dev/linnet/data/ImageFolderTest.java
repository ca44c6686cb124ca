package dev.linnet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.DataException;
import dev.linnet.core.data.GivenSplits;
import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFolderTest {

  private static final ImageShape GREY = new ImageShape(2, 3, 1);
  private static final ImageShape COLOUR = new ImageShape(2, 3, 3);

  @TempDir private Path folder;

  private Path write(String path, ImageShape shape, int value) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    byte[] pixels = new byte[shape.values()];
    Arrays.fill(pixels, (byte) value);
    if (shape.channels() == 3) {
      pixels[0] = 99; // so that it is not grey
    }
    ImageFiles.writePng(file, pixels, shape);
    return file;
  }

  private void assertRefused(String message) {
    Exception error = assertThrows(DataException.class, () -> ImageFolder.read(folder));
    assertEquals(message, error.getMessage());
  }

  @Test
  void sortedFolderNamesAreTheClassesAndSortedFilesTheImages() throws IOException {
    write("b/2.png", GREY, 4);
    write("b/1.PNG", GREY, 3);
    write("a/x.png", GREY, 1);
    Files.writeString(folder.resolve("a/notes.txt"), "left alone");
    Files.createDirectory(folder.resolve(".hidden"));
    GivenSplits splits = ImageFolder.read(folder);
    ImageSet set = splits.train();
    assertEquals(List.of("a", "b"), set.classes());
    assertEquals(GREY, set.shape());
    assertEquals(3, set.size());
    assertArrayEquals(new int[] {1, 2}, set.classCounts());
    assertArrayEquals(new byte[] {3, 3, 3, 3, 3, 3}, set.image(1));
    assertTrue(splits.test().isEmpty() && splits.validation().isEmpty());
  }

  @Test
  void oneColourImageMakesAllOfThemColour() throws IOException {
    write("a/1.png", GREY, 1);
    write("a/2.png", GREY, 2);
    write("b/3.png", COLOUR, 3);
    write("b/4.png", GREY, 4);
    ImageSet set = ImageFolder.read(folder).train();
    assertEquals(COLOUR, set.shape());
    for (int i : new int[] {0, 1, 3}) {
      byte[] grey = new byte[18];
      Arrays.fill(grey, (byte) (i + 1));
      assertArrayEquals(grey, set.image(i));
    }
    assertEquals(99, set.image(2)[0]);
  }

  @Test
  void splitFoldersAreRecognised() throws IOException {
    for (String split : List.of("train", "valid", "test")) {
      write(split + "/a/1.png", GREY, 1);
      write(split + "/b/2.png", GREY, 2);
    }
    write("train/b/3.png", GREY, 3);
    write("test/b/4.png", COLOUR, 3);
    GivenSplits splits = ImageFolder.read(folder);
    assertEquals(3, splits.train().size());
    assertEquals(2, splits.validation().orElseThrow().size());
    assertEquals(3, splits.test().orElseThrow().size());
    assertEquals(COLOUR, splits.train().shape());
    assertEquals("train 3, validation 2, test 3", splits.complete(0.2, 0.2).toString());
  }

  @Test
  void aClassThatIsCalledTrainIsAClass() throws IOException {
    write("train/1.png", GREY, 1);
    write("test/2.png", GREY, 2);
    assertEquals(List.of("test", "train"), ImageFolder.read(folder).train().classes());
  }

  @Test
  void anImageOfAnotherSizeIsNamedWithTheRemedy() throws IOException {
    Path first = write("a/1.png", GREY, 1);
    Path odd = write("b/2.png", new ImageShape(3, 2, 1), 2);
    assertRefused(
        odd
            + ": is 3×2 pixels (height×width), "
            + first
            + " is 2×3; all images need one size"
            + " (ImageMagick: mogrify -resize 3x2! FILE)");
  }

  @Test
  void aBrokenImageIsNamed() throws IOException {
    write("a/1.png", GREY, 1);
    Path broken = write("b/2.png", GREY, 2);
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 40));
    Exception error = assertThrows(DataException.class, () -> ImageFolder.read(folder));
    assertTrue(error.getMessage().startsWith(broken + ": is a damaged"), error.getMessage());
  }

  @Test
  void oneClassIsRefused() throws IOException {
    write("only/1.png", GREY, 1);
    assertRefused(folder + ": has one class folder, only; at least 2 classes are needed");
  }

  @Test
  void anEmptyFolderIsRefused() {
    assertRefused(
        folder + ": is empty: neither IDX files nor a folder of PNG or JPEG images per class");
  }

  @Test
  void imagesWithoutClassFoldersAreRefused() throws IOException {
    write("1.png", GREY, 1);
    assertRefused(
        folder
            + ": has 1 images but no class folders; put the images of each class into a folder of"
            + " its name");
  }

  @Test
  void anEmptyClassFolderIsRefused() throws IOException {
    write("a/1.png", GREY, 1);
    Path empty = Files.createDirectory(folder.resolve("b"));
    assertRefused(empty + ": has no PNG or JPEG image");
  }

  @Test
  void aTestClassThatTrainLacksIsRefused() throws IOException {
    write("train/a/1.png", GREY, 1);
    write("train/b/1.png", GREY, 1);
    write("test/c/1.png", GREY, 1);
    assertRefused(
        folder.resolve("test").resolve("c")
            + ": is a class that train does not have; train has a, b");
  }

  @Test
  void twoValidationFoldersAreRefused() throws IOException {
    for (String split : List.of("train", "val", "valid")) {
      write(split + "/a/1.png", GREY, 1);
      write(split + "/b/1.png", GREY, 1);
    }
    assertRefused(folder + ": has more than one validation folder: val and valid");
  }
}
