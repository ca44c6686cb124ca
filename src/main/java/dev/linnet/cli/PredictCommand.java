package dev.linnet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.core.data.DataException;
import dev.linnet.core.data.ImageShape;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.model.Model;
import dev.linnet.core.model.Prediction;
import dev.linnet.core.model.Predictor;
import dev.linnet.core.model.Preprocessing;
import dev.linnet.data.ImageFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a model sees in image files. */
@Command(
    name = "predict",
    description = {
      "Say what a model sees in PNG or JPEG images of the size that it was trained on.",
      "",
      "Prints one line per image: its name, the class, the probability, with tabs between. An image"
          + " that cannot be read is reported on stderr, the others are done, and the exit code is 1."
    },
    footer = {
      "  linnet predict --model runs/first/model.linnet seven.png",
      "  linnet predict --json --model runs/first/model.linnet scans/*.png"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOptions model;
  @Mixin private MachineOptions machine;

  @Option(
      names = "--json",
      description = "One JSON object per line: file, class, probability, all probabilities.")
  private boolean json;

  @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "PNG or JPEG files.")
  private List<Path> images;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Model read = model.read();
    Preprocessing size = read.preprocessing();
    ImageShape shape = new ImageShape(size.height(), size.width(), size.channels());
    int failures = 0;
    try (Backend backend = machine.openOr("scalar");
        Predictor predictor = read.predictor(backend)) {
      for (Path image : images) {
        try {
          print(out, image, predictor.predict(ImageFiles.read(image, shape)), read.labels());
        } catch (DataException e) {
          Failures.report(e, err, Failures.verbose(spec.commandLine()));
          failures++;
        }
      }
    }
    return failures == 0 ? 0 : Failures.FAILURE;
  }

  private void print(PrintWriter out, Path image, Prediction prediction, List<String> labels) {
    if (!json) {
      out.println(
          image + "\t" + prediction.label() + "\t" + Text.accuracy(prediction.probability()));
      return;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    float[] probabilities = prediction.probabilities();
    for (int k = 0; k < probabilities.length; k++) {
      all.put(labels.get(k), probabilities[k]);
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("file", image.toString());
    line.put("class", prediction.label());
    line.put("probability", prediction.probability());
    line.put("probabilities", all);
    try {
      out.println(new ObjectMapper().writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }
}
