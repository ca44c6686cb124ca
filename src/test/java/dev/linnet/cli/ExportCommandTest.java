package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.core.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ExportCommandTest {
  @TempDir static Path folder;
  private static String model;

  @BeforeAll
  static void train() {
    model = TinyModel.write(folder).toString();
  }

  @Test
  void jsonHasTheGraphAndAllThatIsKnown() throws IOException {
    String text = Cli.run("export", "--model", model, "--format", "json").succeeded().out();
    JsonNode json = new ObjectMapper().readTree(text);
    Model read = Model.read(Path.of(model));
    assertEquals(read.graph().nodes().size(), json.get("graph").get("nodes").size());
    assertEquals(read.tensors().size(), json.get("tensors").size());
    assertEquals("7", json.get("labels").get(7).asText());
    assertEquals(8, json.get("preprocessing").get("height").asInt());
  }

  @Test
  void dotHasABoxForEachOperationAndNoneForWeights() {
    String dot = Cli.run("export", "--model", model, "--format", "dot").succeeded().out();
    assertTrue(dot.contains("[label=\"Conv2d 3×3 / 2×2\\n[1, 4, 4, 12]\"]"), dot);
    assertTrue(dot.contains("[label=\"relu\\n[1, 4, 4, 12]\"]"), dot);
    assertTrue(dot.contains("-> \"logits\""), dot);
    assertTrue(!dot.contains("Parameter"), dot);
  }

  @Test
  void svgIsAPictureThatXmlReadersTake() throws Exception {
    Path file = folder.resolve("model.svg");
    Cli.run("export", "--model", model, "--format", "svg", "--out", file.toString()).succeeded();
    Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    assertEquals("svg", svg.getDocumentElement().getTagName());
    assertTrue(svg.getElementsByTagName("text").getLength() > 0);
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyOnDemand() throws IOException {
    Path file = Files.writeString(folder.resolve("model.json"), "precious");
    String[] args = {"export", "--model", model, "--format", "json", "--out", file.toString()};
    Cli.run(args).failed(1, file.toString(), "--overwrite");
    assertEquals("precious", Files.readString(file));
    String[] more = java.util.Arrays.copyOf(args, args.length + 1);
    more[args.length] = "--overwrite";
    Cli.run(more).succeeded();
    assertTrue(Files.readString(file).startsWith("{"));
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() {
    String file = model + "/x.json";
    Cli.run("export", "--model", model, "--format", "json", "--out", file).failed(1, file);
  }

  @Test
  void formatsThatAreNotThereAreSaidSo() {
    Cli.run("export", "--model", model, "--format", "onnx").failed(1, "onnx", "json, svg, dot");
    Cli.run("export", "--model", model, "--format", "jsno")
        .failed(2, "'jsno'", "did you mean json?");
  }
}
