package dev.linnet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.core.model.Model;
import dev.linnet.report.ArchitecturePicture;
import dev.linnet.text.Nearest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a model in a form that other programs read. */
@Command(
    name = "export",
    description = {
      "Write a model in a form that other programs read.",
      "",
      "json: the network's graph, the classes, the preprocessing, where the model comes from and the"
          + " list of its tensors, without their values. svg: a picture of the network. dot: every operation, for Graphviz."
          + " This version has no ONNX yet."
    },
    footer = {
      "  linnet export --model runs/first/model.linnet --format json --out model.json",
      "  linnet export --model runs/first/model.linnet --format svg --out model.svg",
      "  linnet export --model runs/first/model.linnet --format dot | dot -Tpdf -o model.pdf"
    })
final class ExportCommand implements Callable<Integer> {
  private static final List<String> FORMATS = List.of("json", "svg", "dot");

  private static final int SVG_WIDTH = 1000;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions model;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "json, svg or dot.")
  private String format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write (default: standard output).")
  private Path out;

  @Option(names = "--overwrite", description = "Replace FILE if it is there.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    if (format.equals("onnx")) {
      throw new CommandException(
          "--format onnx: this version has no ONNX yet; there are json, svg, dot");
    }
    if (!FORMATS.contains(format)) {
      throw new UsageException("--format: " + Nearest.unknown("format", format, FORMATS));
    }
    Model read = model.read();
    String text =
        switch (format) {
          case "json" -> json(read);
          case "svg" -> new ArchitecturePicture(read.graph()).svg(SVG_WIDTH) + "\n";
          default -> GraphDot.of(read.graph());
        };
    if (out == null) {
      spec.commandLine().getOut().print(text);
      return 0;
    }
    if (Files.exists(out) && !overwrite) {
      throw new CommandException("--out " + out + " exists; --overwrite replaces it");
    }
    Files.write(
        out,
        text.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
    return 0;
  }

  private static String json(Model model) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    return mapper
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(mapper.readTree(model.header()))
        + "\n";
  }
}
