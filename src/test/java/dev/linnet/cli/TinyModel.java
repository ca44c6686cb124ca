package dev.linnet.cli;

import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.graph.Activation;
import dev.linnet.core.model.Metadata;
import dev.linnet.core.model.Model;
import dev.linnet.core.model.Preprocessing;
import dev.linnet.core.model.Provenance;
import dev.linnet.core.nn.Architecture;
import dev.linnet.data.Datasets;
import dev.linnet.data.ImageFiles;
import dev.linnet.data.LoadedData;
import dev.linnet.estimate.Recipes;
import dev.linnet.estimate.StandAlone;
import java.nio.file.Path;

/** A network of a few weights, trained on the digits in a moment: good enough to be asked. */
final class TinyModel {
  private static final Architecture NETWORK =
      (n, x) ->
          n.classifier("head", n.convBnAct("conv", x, 12, 3, 2, Activation.Function.RELU), 10);

  private TinyModel() {}

  /** Writes {@code tiny.linnet} and gives its path. */
  static Path write(Path folder) {
    LoadedData digits = Datasets.load("digits");
    SearchData data = digits.splits().searchData();
    Normalization normalization = Normalization.of(data.train());
    try (Backend scalar = Backends.open("scalar", new BackendProvider.Options(1), line -> {})) {
      StandAlone.Trained trained =
          new StandAlone(
                  data,
                  normalization,
                  Recipes.standAlone(data.train().size(), digits.augmentation(), 4),
                  scalar,
                  1)
              .train(NETWORK, (epoch, validation) -> {}, () -> false);
      Path file = folder.resolve("tiny.linnet");
      Model.of(
              trained.inference(data),
              trained.store(),
              new Metadata(
                  data.train().classes(),
                  new Preprocessing(8, 8, 1, normalization.mean(), normalization.std()),
                  "",
                  "",
                  Provenance.empty().with(Provenance.DATA_SHA256, digits.provenance().sha256())))
          .write(file);
      return file;
    }
  }

  /** Writes a test image of the digits as PNG; its name does not tell what it is. */
  static Path image(Path folder, int index) {
    ImageSet test = Datasets.load("digits").splits().test().open("a test of the command line");
    Path file = folder.resolve("image" + index + ".png");
    ImageFiles.writePng(file, test.image(index), test.shape());
    return file;
  }
}
