package dev.linnet.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Dropout;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.LeadingSlice;
import dev.linnet.core.graph.Node;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelTest {
  static byte[] bytes(Model model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.write(out);
    return out.toByteArray();
  }

  static Model read(byte[] bytes) {
    return Model.read(new ByteArrayInputStream(bytes));
  }

  @Test
  void aModelIsReadBackWithAllThatItHas() {
    Graph graph = Networks.everything();
    Model model = Networks.model(graph);
    Model read = read(bytes(model));
    assertEquals(model.metadata(), read.metadata());
    assertEquals(
        "Ziffern „8×8“ \"quoted\"\n", read.provenance().text(Provenance.DATA).orElseThrow());
    assertEquals(1234567890123456789L, read.provenance().entries().get(Provenance.SEED));
    assertEquals(
        0.98765432109, read.provenance().number(Provenance.VALIDATION_ACCURACY).orElseThrow());
    assertEquals(List.copyOf(model.tensors()), List.copyOf(read.tensors()));
    assertEquals(model.weightsChecksum(), read.weightsChecksum());
    assertEquals(graph.nodes().size(), read.graph().nodes().size());
    for (Node node : graph.nodes()) {
      Node same = read.graph().nodes().get(node.id());
      assertEquals(OpTableTest.withoutInitializer(node.op()), same.op());
      assertEquals(node.shape(), same.shape());
      assertEquals(
          node.inputs().stream().map(Node::id).toList(),
          same.inputs().stream().map(Node::id).toList());
    }
    assertArrayEquals(bytes(model), bytes(read));
  }

  @Test
  void theHeaderIsThatOfTheFile() {
    Model model = Networks.model(Networks.small());
    String file = new String(bytes(model), StandardCharsets.ISO_8859_1);
    byte[] header = model.header().getBytes(StandardCharsets.UTF_8);
    assertEquals(
        new String(header, StandardCharsets.ISO_8859_1),
        file.substring(FileFormat.PRELUDE, FileFormat.PRELUDE + header.length));
    assertEquals(FileFormat.PRELUDE, file.indexOf('{'));
  }

  @Test
  void aModelThatIsReadBackGivesTheSameLogitsToTheBit() {
    for (Graph graph : List.of(Networks.everything(), Networks.small(), Networks.digits(8))) {
      Model model = Networks.model(graph);
      float[] image = new float[Networks.pixels(graph).length];
      model.preprocessing().apply(Networks.pixels(graph), image);
      Program program = Program.compile(graph, Networks.store(graph));
      float[] expected = new float[model.labels().size()];
      program.set("images", image);
      program.run();
      program.read("logits", expected);
      assertArrayEquals(expected, model.predictor().logits(image));
      assertArrayEquals(expected, read(bytes(model)).predictor().logits(image));
    }
  }

  @Test
  void theGraphOfAModelHasBatchOneAndRunsAtAnyOther() {
    Graph graph = Networks.small();
    Model model = Model.of(graph.withBatch(32), Networks.store(graph), Networks.metadata(graph));
    assertEquals(Shape.of(1, 3), model.graph().output("logits").shape());
    Program program =
        Program.compile(model.graph().withBatch(2), model.store(new ScalarBackend(1)));
    float[] image = new float[64];
    model.preprocessing().apply(Networks.pixels(graph), image);
    float[] two = new float[128];
    System.arraycopy(image, 0, two, 64, 64);
    program.set("images", two);
    program.run();
    float[] logits = new float[6];
    program.read("logits", logits);
    float[] second = {logits[3], logits[4], logits[5]};
    assertArrayEquals(model.predictor().logits(image), second);
  }

  @Test
  void aModelDoesNotChangeWithWhatItWasMadeOf() {
    Graph graph = Networks.small();
    ParameterStore store = Networks.store(graph);
    Model model = Model.of(graph, store, Networks.metadata(graph));
    String before = model.weightsChecksum();
    store.put("head.bias", Tensor.zeros(Shape.of(3)), true);
    model.tensor("head.bias").values()[0] = 9;
    model.store(new ScalarBackend(1)).put("head.bias", Tensor.zeros(Shape.of(3)), true);
    assertEquals(before, model.weightsChecksum());
    assertThrows(UnsupportedOperationException.class, () -> model.tensors().clear());
    assertEquals(
        "no tensor x among the 5 of the model",
        assertThrows(IllegalArgumentException.class, () -> model.tensor("x")).getMessage());
  }

  @Test
  void theChecksumOfTheWeightsIsOverNamesShapesAndValues() throws Exception {
    Graph graph = Networks.small();
    Model model = Networks.model(graph);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String name : model.tensors()) {
      Tensor tensor = model.tensor(name);
      byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
      ByteBuffer b = ByteBuffer.allocate(100_000).order(ByteOrder.LITTLE_ENDIAN);
      b.putInt(utf8.length).put(utf8).putInt(tensor.shape().rank());
      for (int dim : tensor.shape().dims()) {
        b.putInt(dim);
      }
      for (float value : tensor.values()) {
        b.putFloat(value);
      }
      digest.update(b.flip());
    }
    assertEquals(HexFormat.of().formatHex(digest.digest()), model.weightsChecksum());

    ParameterStore store = Networks.store(graph);
    Tensor bias = store.tensor("head.bias");
    bias.values()[2] = Math.nextUp(bias.values()[2]);
    store.put("head.bias", bias, true);
    assertNotEquals(
        model.weightsChecksum(),
        Model.of(graph, store, Networks.metadata(graph)).weightsChecksum());
  }

  @Test
  void weightsThatAreNotFiniteAreRefused() {
    Graph graph = Networks.small();
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      ParameterStore store = Networks.store(graph);
      store.put("head.bias", new Tensor(Shape.of(3), new float[] {0, bad, 0}), true);
      assertEquals(
          "tensor head.bias has " + bad + " at 1; a model's weights are finite",
          refused(() -> Model.of(graph, store, Networks.metadata(graph))));
    }
  }

  @Test
  void anOperationOfTrainingIsRefusedByName() {
    GraphBuilder g = new GraphBuilder();
    Node x = g.add(new Flatten(), g.input("images", Shape.of(1, 8, 8, 1)));
    Node dropped = g.add(new Dropout(0.5f, 1), x, g.setting("key", Shape.of(2)));
    Node shared = g.parameter("w", Shape.of(9, 99), new Initializer.Fill(1));
    Node slice = g.add(new LeadingSlice(Shape.of(3, 64)), shared);
    Graph training = g.build(Map.of("logits", g.add(new Dense(), dropped, slice)));
    Graph supernet = g.build(Map.of("logits", g.add(new Dense(), x, slice)));
    Metadata metadata = Networks.metadata(Networks.small());
    assertTrue(
        refused(() -> Model.of(training, Networks.store(training), metadata))
            .matches("Dropout .node #\\d+. is no operation of inference.*"));
    assertTrue(
        refused(() -> Model.of(supernet, Networks.store(supernet), metadata))
            .startsWith("LeadingSlice (node #"));
  }

  @Test
  void aGraphThatDoesNotFitIsRefused() {
    Graph graph = Networks.small();
    ParameterStore store = Networks.store(graph);
    Metadata good = Networks.metadata(graph);
    Preprocessing large = new Preprocessing(9, 8, 1, new float[1], new float[] {1});
    assertEquals(
        "input images [1, 8, 8, 1]: a model has the one input images [1, 9, 8, 1], by its"
            + " preprocessing",
        refused(
            () ->
                Model.of(
                    graph, store, new Metadata(good.labels(), large, "", "", Provenance.empty()))));
    assertEquals(
        "output logits [1, 3] must be [1, 2] for the 2 class labels",
        refused(
            () ->
                Model.of(
                    graph,
                    store,
                    new Metadata(
                        List.of("a", "b"), good.preprocessing(), "", "", Provenance.empty()))));
    Graph other = rename(graph, "scores");
    assertEquals(
        "no output logits; there are [scores]", refused(() -> Model.of(other, store, good)));
    assertEquals(
        "no tensor stem.weights among the 0 stored",
        refused(() -> Model.of(graph, new ParameterStore(new ScalarBackend(1)), good)));
    GraphBuilder g = new GraphBuilder();
    Node constant = g.parameter("w", Shape.of(1, 3), new Initializer.Fill(1));
    Graph blind = g.build(Map.of("logits", constant));
    assertEquals(
        "the graph has no input images",
        refused(() -> Model.of(blind, Networks.store(blind), good)));
  }

  private static Graph rename(Graph graph, String output) {
    GraphBuilder g = new GraphBuilder();
    Node[] copies = new Node[graph.nodes().size()];
    for (Node node : graph.nodes()) {
      copies[node.id()] =
          g.add(node.op(), node.inputs().stream().map(n -> copies[n.id()]).toList());
    }
    return g.build(Map.of(output, copies[graph.output("logits").id()]));
  }

  private static String refused(org.junit.jupiter.api.function.Executable executable) {
    return assertThrows(IllegalArgumentException.class, executable).getMessage();
  }

  @Test
  void aFileIsReplacedWholeAndNothingStaysBesideIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.linnet");
    Networks.model(Networks.digits(4)).write(file);
    Model model = Networks.model(Networks.small());
    model.write(file);
    assertArrayEquals(bytes(model), Files.readAllBytes(file));
    assertEquals(model.weightsChecksum(), Model.read(file).weightsChecksum());
    assertEquals(List.of(file), list(folder));
  }

  @Test
  void anInterruptedThreadStillWritesTheFile(@TempDir Path folder) {
    Path file = folder.resolve("model.linnet");
    Model model = Networks.model(Networks.small());
    Thread.currentThread().interrupt();
    model.write(file);
    assertTrue(Thread.interrupted());
    assertEquals(model.weightsChecksum(), Model.read(file).weightsChecksum());
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNothingBehind(@TempDir Path folder) throws IOException {
    Model model = Networks.model(Networks.small());
    Path absent = folder.resolve("absent").resolve("model.linnet");
    assertEquals(
        absent + ": cannot be written: there is no folder " + folder.resolve("absent"),
        assertThrows(ModelException.class, () -> model.write(absent)).getMessage());
    Path taken = Files.createDirectory(folder.resolve("taken"));
    assertEquals(
        taken + ": cannot be written: it is a folder",
        assertThrows(ModelException.class, () -> model.write(taken)).getMessage());
    assertEquals(List.of(taken), list(folder));

    Graph graph = Networks.small();
    Metadata good = Networks.metadata(graph);
    Provenance endless = Provenance.empty().with("note", "n".repeat(5 << 20));
    Model tooLong =
        Model.of(
            graph,
            Networks.store(graph),
            new Metadata(good.labels(), good.preprocessing(), "", "", endless));
    Path file = folder.resolve("model.linnet");
    assertTrue(
        assertThrows(ModelException.class, () -> tooLong.write(file))
            .getMessage()
            .matches(".*model.linnet: cannot be written: its header takes 524\\d+ bytes.*"));
    assertEquals(List.of(taken), list(folder));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void aStreamThatFailsIsOneClearLine() {
    Model model = Networks.model(Networks.small());
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertEquals(
        "model: cannot be written: No space left on device",
        assertThrows(ModelException.class, () -> model.write(full)).getMessage());
    InputStream broken =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] to, int from, int count) throws IOException {
            throw new IOException("Connection reset");
          }
        };
    assertEquals(
        "model: cannot be read: Connection reset",
        assertThrows(ModelException.class, () -> Model.read(broken)).getMessage());
  }

  @Test
  void aFileThatIsNotThereIsOneClearLine(@TempDir Path folder) {
    Path file = folder.resolve("model.linnet");
    assertEquals(
        file + ": cannot be read: there is no such file",
        assertThrows(ModelException.class, () -> Model.read(file)).getMessage());
    assertEquals(
        folder + ": cannot be read: Is a directory",
        assertThrows(ModelException.class, () -> Model.read(folder)).getMessage());
  }

  @Test
  void aStreamThatGivesOneByteAtATimeIsRead() {
    byte[] bytes = bytes(Networks.model(Networks.small()));
    InputStream slow =
        new FilterInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          public int read(byte[] to, int from, int count) throws IOException {
            return super.read(to, from, Math.min(count, 1));
          }
        };
    assertArrayEquals(bytes, bytes(Model.read(slow)));
  }
}
