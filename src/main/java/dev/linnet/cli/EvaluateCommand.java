package dev.linnet.cli;

import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.model.Model;
import dev.linnet.core.model.Preprocessing;
import dev.linnet.core.model.Provenance;
import dev.linnet.core.train.Evaluation;
import dev.linnet.data.LoadedData;
import dev.linnet.text.Nearest;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a model's accuracy. */
@Command(
    name = "evaluate",
    description = "Measure how many images of a split a model classifies correctly.",
    footer = {
      "  linnet evaluate --model runs/first/model.linnet --data digits",
      "  linnet evaluate --model runs/first/model.linnet --split validation"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final List<String> SPLITS = List.of("test", "validation", "train");

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions model;
  @Mixin private DataOptions data;
  @Mixin private MachineOptions machine;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "test",
      description = "test, validation or train (default: test).")
  private String split;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (!SPLITS.contains(split)) {
      throw new UsageException("--split: " + Nearest.unknown("split", split, SPLITS));
    }
    Model read = model.read();
    LoadedData loaded = data.load();
    ImageSet images = images(loaded);
    check(read, images);
    Preprocessing p = read.preprocessing();
    double accuracy;
    try (Backend backend = machine.open(line -> {})) {
      accuracy =
          Evaluation.accuracy(
              read.graph(), read.store(backend), images, new Normalization(p.mean(), p.std()));
    }
    out.println(
        "top-1 accuracy "
            + Text.accuracy(accuracy)
            + " ("
            + Text.count(Math.round(accuracy * images.size()))
            + " of "
            + Text.count(images.size())
            + "), "
            + split
            + " split of "
            + data.name());
    Optional<String> trainedOn = read.provenance().text(Provenance.DATA_SHA256);
    if (!trainedOn.equals(Optional.of(loaded.provenance().sha256()))) {
      out.println("note: the model was trained on other data than this, or none is on record");
    }
    return 0;
  }

  private ImageSet images(LoadedData loaded) {
    return switch (split) {
      case "train" -> loaded.splits().searchData().train();
      case "validation" -> loaded.splits().searchData().validation();
      default -> loaded.splits().test().open("evaluate " + model.file());
    };
  }

  private void check(Model read, ImageSet images) {
    Preprocessing p = read.preprocessing();
    String size = p.height() + "×" + p.width() + "×" + p.channels();
    if (!images.shape().toString().equals(size)) {
      throw new CommandException(
          "--data "
              + data.name()
              + " has images of "
              + images.shape()
              + ", the model "
              + model.file()
              + " takes "
              + size);
    }
    if (!images.classes().equals(read.labels())) {
      throw new CommandException(
          "--data "
              + data.name()
              + " has the classes "
              + images.classes()
              + ", the model "
              + model.file()
              + " knows "
              + read.labels());
    }
  }
}
