package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.linnet.core.model.Model;
import dev.linnet.core.model.Provenance;
import dev.linnet.space.CellSpace;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.SpaceFile;
import dev.linnet.space.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  /** One skip: the quickest network of the space. */
  private static final String GENOTYPE = CellSpace.space().genotype(0, 0, 0, 1, 0, 0).toString();

  @TempDir Path folder;

  private static Cli train(Object... more) {
    List<String> args = new ArrayList<>(List.of("train", "--backend", "scalar"));
    for (Object each : more) {
      args.add(each.toString());
    }
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void itSavesANetworkThatEvaluateFindsAsGoodAsItSays() throws IOException {
    String data = SmallData.write(folder.resolve("data")).toString();
    Path run = folder.resolve("new/run");
    Cli first =
        train("--genotype", GENOTYPE, "--data", data, "--epochs", 2, "--seed", 3, "--out", run)
            .succeeded();
    assertTrue(first.err().contains("training (2)"), first.err());
    Path file = run.resolve("model.linnet");
    Model model = Model.read(file);
    assertEquals(GENOTYPE, model.genotype());
    assertEquals("cell", model.space());
    assertEquals(3, model.provenance().number(Provenance.SEED).orElseThrow());
    double said = model.provenance().number(Provenance.VALIDATION_ACCURACY).orElseThrow();
    assertTrue(first.out().contains("validation  " + Text.accuracy(said)), first.out());
    String measured =
        Cli.run("evaluate", "--model", file.toString(), "--data", data, "--split", "validation")
            .succeeded()
            .out();
    assertTrue(measured.contains("accuracy " + Text.accuracy(said) + " "), measured);
    train("--genotype", GENOTYPE, "--data", data, "--out", run)
        .failed(1, file.toString(), "exists", "--overwrite");
  }

  @Test
  void theSameSeedGivesTheSameNetwork() throws IOException {
    Path data = SmallData.write(folder.resolve("data"));
    String[] checksums = new String[3];
    for (int i = 0; i < 3; i++) {
      Path file = folder.resolve(i + ".linnet");
      train(
              "--genotype",
              GENOTYPE,
              "--data",
              data,
              "--epochs",
              1,
              "--seed",
              i == 2 ? 2 : 1,
              "--threads",
              i + 1,
              "--model",
              file,
              "--quiet")
          .succeeded();
      checksums[i] = Model.read(file).weightsChecksum();
    }
    assertEquals(checksums[0], checksums[1]);
    assertNotEquals(checksums[0], checksums[2]);
  }

  @Test
  void aBudgetIsKept() throws IOException {
    Path data = SmallData.write(folder.resolve("data"));
    Path file = folder.resolve("budget.linnet");
    long start = System.nanoTime();
    Cli train =
        train("--genotype", GENOTYPE, "--data", data, "--budget", "6s", "--model", file, "--quiet");
    double seconds = (System.nanoTime() - start) / 1e9;
    assumeFalse(train.err().contains("is too small"), "this machine is busy: " + train.err());
    train.succeeded();
    assertTrue(seconds < 9, "took " + seconds + " s");
    assertTrue(Model.read(file).provenance().number("epochs").orElseThrow() >= 1);
  }

  @Test
  void aGenotypeOfAnotherSpaceIsRefused() {
    train("--genotype", GENOTYPE, "--space", "conv", "--out", folder)
        .failed(2, "genotype of space cell", "conv");
  }

  @Test
  void aNetworkOfASpaceInAFileIsTrained() throws IOException {
    Path space = Path.of("..", "docs", "spaces", "example.json");
    String genotype =
        SpaceFile.read(space).genotype(new int[SpaceFile.read(space).genes().size()]).toString();
    Path data = SmallData.write(folder.resolve("data"));
    Path file = folder.resolve("own.linnet");
    train("--genotype", genotype, "--space", space, "--data", data, "--epochs", 1, "--model", file)
        .succeeded();
    assertEquals(genotype, Model.read(file).genotype());
    SearchSpace tuned = Tuning.of(SpaceFile.read(space));
    int[] values = new int[tuned.genes().size()];
    values[values.length - 1] = 1;
    String other = tuned.genotype(values).toString();
    Path second = folder.resolve("tuned.linnet");
    train("--genotype", other, "--space", space, "--data", data, "--epochs", 1, "--model", second)
        .succeeded();
    assertEquals("example-tuned", Model.read(second).space());
    Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\n  \"nme\": \"x\"}");
    train("--genotype", genotype, "--space", wrong, "--out", folder)
        .failed(2, wrong + ":2: a space: unknown key 'nme'", "did you mean name?");
    train("--genotype", genotype, "--space", folder.resolve("none.json"), "--out", folder)
        .failed(1, "none.json: no such file");
  }

  @Test
  void theGenotypeInTheHelpIsOne() {
    assertEquals(TrainCommand.EXAMPLE, CellSpace.space().parse(TrainCommand.EXAMPLE).toString());
  }

  @Test
  void aGenotypeThatIsNoneIsRefused() {
    train("--genotype", "cell:00000000:1.2", "--out", folder).failed(2, "00000000");
    train("--genotype", "resnet", "--out", folder).failed(2, "'resnet'", "conv, cell");
    train("--genotype", GENOTYPE + ".1", "--out", folder).failed(2, "7 values");
  }

  @Test
  void anUnknownSpaceIsRefusedWithTheNearestOne() {
    train("--genotype", GENOTYPE, "--space", "cel", "--out", folder)
        .failed(2, "'cel'", "did you mean cell?");
  }

  @Test
  void eitherEpochsOrABudgetCanBeKept() {
    train("--genotype", GENOTYPE, "--epochs", 2, "--budget", "1m", "--out", folder)
        .failed(2, "--epochs", "--budget");
    train("--genotype", GENOTYPE, "--epochs", 0, "--out", folder).failed(2, "--epochs", "got 0");
    train("--genotype", GENOTYPE, "--budget", "90", "--out", folder).failed(2, "'90'", "90s");
  }

  @Test
  void aPlaceForTheModelIsNeeded() {
    train("--genotype", GENOTYPE).failed(2, "--out DIR", "--model FILE");
    train("--genotype", GENOTYPE, "--out", "a", "--model", "b").failed(2, "--out", "--model");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    train("--genotype", GENOTYPE, "--out", file.resolve("run")).failed(1, file.toString());
    train("--genotype", GENOTYPE, "--out", file).failed(1, file.toString());
  }

  @Test
  void aBudgetThatIsTooSmallForAnEpochIsRefusedWithWhatAnEpochTakes() {
    // measuring an epoch takes most of the second; an epoch of 1,079 images takes longer
    train("--genotype", GENOTYPE, "--budget", "1s", "--out", folder, "--quiet")
        .failed(1, "--budget 1s is too small", "one epoch takes about ");
    assertFalse(Files.exists(folder.resolve("model.linnet")));
  }
}
