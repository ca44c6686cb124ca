package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.ImageShape;
import dev.linnet.core.model.Model;
import dev.linnet.core.model.Predictor;
import dev.linnet.data.Datasets;
import dev.linnet.data.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void train() {
    model = TinyModel.write(folder);
  }

  private static Cli predict(Object... images) {
    List<String> args = new ArrayList<>(List.of("predict", "--backend", "scalar", "--model"));
    args.add(model.toString());
    Arrays.stream(images).map(Object::toString).forEach(args::add);
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void itPrintsFileClassAndProbabilityOfEachImage() {
    Path a = TinyModel.image(folder, 0);
    Path b = TinyModel.image(folder, 1);
    ImageSet test = Datasets.load("digits").splits().test().open("a test of the command line");
    try (Predictor predictor = Model.read(model).predictor()) {
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < 2; i++) {
        var prediction = predictor.predict(test.image(i));
        expected.append(i == 0 ? a : b).append('\t').append(prediction.label()).append('\t');
        expected.append(Text.accuracy(prediction.probability())).append(System.lineSeparator());
      }
      assertEquals(expected.toString(), predict(a, b).succeeded().out());
    }
  }

  @Test
  void asJsonItPrintsAllProbabilities() throws IOException {
    Path image = TinyModel.image(folder, 2);
    JsonNode line = new ObjectMapper().readTree(predict("--json", image).succeeded().out());
    assertEquals(image.toString(), line.get("file").asText());
    assertEquals(10, line.get("probabilities").size());
    double sum = 0;
    for (JsonNode probability : line.get("probabilities")) {
      sum += probability.asDouble();
      assertTrue(probability.asDouble() <= line.get("probability").asDouble());
    }
    assertEquals(1, sum, 1e-5);
    String name = line.get("class").asText();
    assertEquals(line.get("probability"), line.get("probabilities").get(name));
  }

  @Test
  void aBadImageIsReportedAndTheOthersAreDone() throws IOException {
    Path good = TinyModel.image(folder, 3);
    Path missing = folder.resolve("missing.png");
    Cli result = predict(missing, good);
    assertEquals(1, result.code());
    assertTrue(result.out().startsWith(good + "\t"), result.out());
    result.oneLine(missing.toString(), "no such file");
  }

  @Test
  void anImageOfAnotherSizeIsNamedWithBothSizes() {
    Path large = folder.resolve("large.png");
    ImageFiles.writePng(large, new byte[9 * 8], new ImageShape(9, 8, 1));
    predict(large).failed(1, large.toString(), "9×8", "8×8");
  }

  @Test
  void aFileThatIsNoImageIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "not an image");
    predict(text).failed(1, text.toString());
  }

  @Test
  void anImageIsNeeded() {
    predict().failed(2, "IMAGE");
  }

  @Test
  void aMissingModelIsNamed() {
    Cli.run("predict", "--model", "nowhere.linnet", "a.png").failed(1, "nowhere.linnet");
  }

  @Test
  void aFolderIsNoModel() {
    Cli.run("predict", "--model", folder.toString(), "a.png")
        .failed(1, folder + " is a folder", "model.linnet");
  }

  @Test
  void aTruncatedModelIsNamed() throws IOException {
    byte[] whole = Files.readAllBytes(model);
    for (int length : new int[] {0, 3, 40, whole.length / 2, whole.length - 1}) {
      Path cut = Files.write(folder.resolve("cut.linnet"), Arrays.copyOf(whole, length));
      Cli.run("predict", "--model", cut.toString(), "a.png").failed(1, cut.toString());
    }
  }

  @Test
  void aFileThatIsNoModelIsNamed() throws IOException {
    Path other = Files.writeString(folder.resolve("other.linnet"), "x".repeat(1000));
    Cli.run("predict", "--model", other.toString(), "a.png").failed(1, other.toString());
  }
}
