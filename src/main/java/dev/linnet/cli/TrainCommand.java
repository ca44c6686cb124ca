package dev.linnet.cli;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.data.Normalization;
import dev.linnet.core.data.SearchData;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.model.Metadata;
import dev.linnet.core.model.Model;
import dev.linnet.core.model.Preprocessing;
import dev.linnet.core.model.Provenance;
import dev.linnet.core.nn.Architecture;
import dev.linnet.data.LoadedData;
import dev.linnet.estimate.StandAlone;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Task;
import dev.linnet.space.Tuning;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Trains one network of a search space from scratch. */
@Command(
    name = "train",
    description = {
      "Train one network of a search space from scratch and save it.",
      "",
      "The training split is learned from, the validation split is measured; the test split is not"
          + " looked at: linnet evaluate does that. Ctrl-C ends the training and saves what there is."
    },
    footer = {
      "  linnet train --genotype "
          + TrainCommand.EXAMPLE
          + " --space cell --epochs 20"
          + " --out runs/cell",
      "  linnet train --genotype " + TrainCommand.EXAMPLE + " --budget 1m --model cell.linnet"
    })
final class TrainCommand implements Callable<Integer> {
  /** A genotype that the help shows. */
  static final String EXAMPLE = "cell:e5714ed8:4.0.1.3.4.1";

  @Spec private CommandSpec spec;
  @ParentCommand private Main main;

  @Option(
      names = "--genotype",
      paramLabel = "GENOTYPE",
      required = true,
      description = "The network, as search prints it.")
  private String genotype;

  @Option(
      names = "--space",
      paramLabel = "SPACE",
      description = "One of those of search (default: the one that the genotype names).")
  private String space;

  @Mixin private DataOptions data;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the training images (default: as many as come to 80,000 images, in 8…60).")
  private Integer epochs;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = "Train as many epochs as fit, such as 90s, 10m, 1h; instead of --epochs.")
  private Duration budget;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of first weights, order, augmentation, dropout (default: 1).")
  private Long seed;

  @Option(names = "--out", paramLabel = "DIR", description = "Save DIR/model.linnet.")
  private Path out;

  @Option(names = "--model", paramLabel = "FILE", description = "Save FILE; instead of --out.")
  private Path file;

  @Option(names = "--overwrite", description = "Replace the model file if it is there.")
  private boolean overwrite;

  @Mixin private MachineOptions machine;
  @Mixin private ProgressOptions progress;

  @Override
  public Integer call() throws IOException {
    SearchSpace searchSpace = checked();
    Genotype chosen = UsageException.unless(() -> searchSpace.parse(genotype));
    LoadedData loaded = data.load();
    Path target = target();
    SearchData images = loaded.splits().searchData();
    Architecture architecture =
        searchSpace.decode(chosen, new Task(images.shape(), images.classCount()));
    try (Display display = progress.open(spec.commandLine().getErr());
        Backend backend = machine.open(display::line);
        Interruption stop = Interruption.listen(display::line)) {
      Training training =
          new Training(loaded, architecture, searchSpace.chosen(chosen), backend, seed, display);
      Training.Result result =
          budget == null
              ? training.run(epochs == null ? training.defaultEpochs() : epochs, stop)
              : training.run(budget, main.spent(), stop);
      StandAlone.Trained trained = result.trained();
      Graph graph = trained.inference(images);
      Provenance provenance =
          Provenance.empty()
              .with(Provenance.DATA, loaded.name())
              .with(Provenance.DATA_SHA256, loaded.provenance().sha256())
              .with(Provenance.SEED, seed)
              .with(Provenance.COMMAND, main.command())
              .with(Provenance.LINNET, Main.version())
              .with(Provenance.JAVA, Runtime.version().toString())
              .with(Provenance.BACKEND, backend.name())
              .with(Provenance.DATE, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
              .with("epochs", result.epochs())
              .with(Provenance.VALIDATION_ACCURACY, trained.validation())
              .with(Provenance.PARAMETERS, graph.parameters())
              .with(Provenance.MACS, graph.macs());
      ImageShape shape = images.shape();
      Normalization n = training.normalization();
      Preprocessing preprocessing =
          new Preprocessing(shape.height(), shape.width(), shape.channels(), n.mean(), n.std());
      Metadata metadata =
          new Metadata(
              images.train().classes(),
              preprocessing,
              chosen.toString(),
              searchSpace.name(),
              provenance);
      Model.of(graph, trained.store(), metadata).write(target);
      display.finish();
      print(result, graph, target, main.spent().toMillis() / 1e3);
      return stop.getAsBoolean() ? Failures.INTERRUPTED : 0;
    }
  }

  /** Checks what can be checked at once, and gives the space. */
  private SearchSpace checked() {
    machine.backend();
    machine.threads();
    if ((out == null) == (file == null)) {
      throw new UsageException("where to? either --out DIR or --model FILE is needed");
    }
    if (epochs != null && budget != null) {
      throw new UsageException("--epochs and --budget: only one of them can be kept");
    }
    if (epochs != null && epochs < 1) {
      throw new UsageException("--epochs must be at least 1, got " + epochs);
    }
    return space == null
        ? SpaceOptions.ofGenotype(genotype)
        : SpaceOptions.named(
            space, SpaceOptions.isTuned(genotype) && !space.endsWith(Tuning.SUFFIX));
  }

  /** Where the model goes, which is made ready for it. */
  private Path target() throws IOException {
    Path target = file == null ? out.resolve("model.linnet") : file;
    if (Files.exists(target) && !overwrite) {
      throw new CommandException(target + " exists; --overwrite replaces it");
    }
    Path folder = target.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      throw new CommandException(folder + ": permission denied, nothing can be saved there");
    }
    return target;
  }

  private void print(Training.Result result, Graph graph, Path target, double seconds) {
    PrintWriter to = spec.commandLine().getOut();
    String epochsDone = Text.count(result.epochs());
    if (!result.trained().complete()) {
      epochsDone += " of " + Text.count(result.planned());
    }
    to.println(
        "trained     "
            + epochsDone
            + (result.planned() == 1 ? " epoch in " : " epochs in ")
            + Text.duration(seconds));
    to.println("validation  " + Text.accuracy(result.trained().validation()));
    to.println(
        "network     "
            + Text.count(graph.parameters())
            + " parameters, "
            + Text.rounded(graph.macs())
            + " MACs");
    to.println("model       " + target);
    to.println(
        "next        "
            + Main.suggestion("evaluate", "--model", target.toString(), "--data", data.name()));
    to.flush();
  }
}
