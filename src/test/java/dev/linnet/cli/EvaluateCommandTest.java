package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.Splits;
import dev.linnet.core.model.Model;
import dev.linnet.core.model.Predictor;
import dev.linnet.data.Datasets;
import dev.linnet.data.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  @TempDir static Path folder;
  private static String model;

  @BeforeAll
  static void train() {
    model = TinyModel.write(folder).toString();
  }

  private static Cli evaluate(String... more) {
    String[] args = new String[more.length + 5];
    System.arraycopy(
        new String[] {"evaluate", "--backend", "scalar", "--model", model}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    return Cli.run(args);
  }

  private static String counted(ImageSet images, String split) {
    int right = 0;
    try (Predictor predictor = Model.read(Path.of(model)).predictor()) {
      for (int i = 0; i < images.size(); i++) {
        right += predictor.predict(images.image(i)).index() == images.label(i) ? 1 : 0;
      }
    }
    return String.format(
        Locale.ROOT,
        "top-1 accuracy %.4f (%d of %d), %s split of digits%n",
        (double) right / images.size(),
        right,
        images.size(),
        split);
  }

  @Test
  void itCountsWhatPredictGetsRight() {
    Splits digits = Datasets.load("digits").splits();
    assertEquals(
        counted(digits.test().open("a test of the command line"), "test"),
        evaluate().succeeded().out());
    assertEquals(
        counted(digits.searchData().validation(), "validation"),
        evaluate("--split", "validation").succeeded().out());
  }

  @Test
  void anUnknownSplitIsRefusedWithTheNearestOne() {
    evaluate("--split", "tset").failed(2, "'tset'", "did you mean test?");
  }

  @Test
  void anUnknownDataSetIsRefusedWithTheNearestOne() {
    evaluate("--data", "digist").failed(2, "'digist'", "did you mean digits?");
  }

  @Test
  void dataThatIsNotThereIsNamed() {
    evaluate("--data", "no/such/folder").failed(1, "no/such/folder");
  }

  @Test
  void dataThatIsDamagedIsNamed() throws IOException {
    Path npz = Files.write(folder.resolve("empty.npz"), new byte[0]);
    evaluate("--data", npz.toString()).failed(1, npz.toString());
    Path text = Files.writeString(folder.resolve("text.npz"), "not an archive");
    evaluate("--data", text.toString()).failed(1, text.toString());
    Path idx = Files.createDirectories(folder.resolve("idx"));
    Files.write(idx.resolve("train-images-idx3-ubyte"), new byte[] {0, 0, 8, 3, 0});
    Files.write(idx.resolve("train-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0});
    evaluate("--data", idx.toString()).failed(1, idx + "/train-", "is truncated");
  }

  @Test
  void dataOfAnotherKindIsRefused() throws IOException {
    Path data = SmallData.write(folder.resolve("squares"));
    evaluate("--data", data.toString()).failed(1, "[black, white]", model);
  }

  @Test
  void dataThatTheModelWasNotTrainedOnIsNoted() throws IOException {
    Path data = Files.createDirectory(folder.resolve("other"));
    Splits digits = Datasets.load("digits").splits();
    ImageSet test = digits.test().open("a test of the command line");
    for (int i = 0; i < test.size(); i++) {
      Path images = data.resolve(test.classes().get(test.label(i)));
      Files.createDirectories(images);
      ImageFiles.writePng(images.resolve(i + ".png"), test.image(i), test.shape());
    }
    String out = evaluate("--data", data.toString()).succeeded().out();
    assertTrue(out.contains("\nnote: "), out);
  }
}
