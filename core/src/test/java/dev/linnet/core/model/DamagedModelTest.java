package dev.linnet.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Graph;
import dev.linnet.core.tensor.RandomStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DamagedModelTest {
  private static final Pattern JSON_VALUE = Pattern.compile("[-0-9].*|\"[^\"]*\"");

  private final byte[] good = ModelTest.bytes(Networks.model(Networks.small()));

  /** The message, which is one line; anything but a ModelException fails the test. */
  static String refused(byte[] file) {
    String message = assertThrows(ModelException.class, () -> ModelTest.read(file)).getMessage();
    assertTrue(message.startsWith("model: "), message);
    assertTrue(message.length() < 700 && message.lines().count() == 1, message);
    return message;
  }

  private String refusedHeader(String replaced, String by) {
    String header = Crafted.header(good);
    assertTrue(header.contains(replaced), header);
    return refused(Crafted.file(header.replace(replaced, by), Crafted.tensors(good)));
  }

  @Test
  void aFileThatIsTruncatedAnywhereIsRefused() {
    Set<String> messages = new TreeSet<>();
    for (int length = 1; length < good.length; length++) {
      String message = refused(Arrays.copyOf(good, length));
      assertTrue(message.contains(" after " + length + " bytes, "), message);
      messages.add(message.replaceFirst("after \\d+ bytes, ", ""));
    }
    assertEquals(
        Set.of(
            "model: is truncated: it ends within its first 24 bytes",
            "model: is truncated: it ends within the header",
            "model: is truncated: it ends within the padding before tensor stem.weights",
            "model: is truncated: it ends within tensor stem.weights",
            "model: is truncated: it ends within the padding before tensor stem.moments",
            "model: is truncated: it ends within tensor stem.moments",
            "model: is truncated: it ends within the padding before tensor stem.affine",
            "model: is truncated: it ends within tensor stem.affine",
            "model: is truncated: it ends within the padding before tensor head.weights",
            "model: is truncated: it ends within tensor head.weights",
            "model: is truncated: it ends within the padding before tensor head.bias",
            "model: is truncated: it ends within tensor head.bias",
            "model: is truncated: it ends within the checksum that ends it"),
        messages);
  }

  @Test
  void anyByteThatIsFlippedIsNoticed() {
    for (int at = 0; at < good.length; at++) {
      for (int flip : new int[] {1, 0x80, 0xFF}) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) flip;
        refused(bad);
      }
    }
  }

  @Test
  void aFlippedByteIsReportedWithThePartThatItIsIn() {
    assertEquals(
        "model: is damaged: its first 24 bytes do not match their checksum", refused(flipped(13)));
    assertEquals("model: is damaged: the header does not match its checksum", refused(flipped(30)));
    int tensors = good.length - 32 - Crafted.tensors(good).length;
    assertEquals(
        "model: is damaged: tensor stem.weights does not match its checksum",
        refused(flipped(tensors)));
    assertEquals(
        "model: is damaged: the padding before tensor stem.moments must be zeros",
        refused(flipped(tensors + 4 * 27)));
    assertEquals(
        "model: is damaged: the SHA-256 that ends it is not that of its content, though every part"
            + " matches its own checksum",
        refused(flipped(good.length - 1)));
  }

  private byte[] flipped(int at) {
    byte[] bad = good.clone();
    bad[at] ^= 4;
    return bad;
  }

  @Test
  void anEmptyFileIsRefused(@TempDir Path folder) throws Exception {
    assertEquals("model: is empty, no Linnet model", refused(new byte[0]));
    Path file = Files.createFile(folder.resolve("model.linnet"));
    assertEquals(
        file + ": is empty, no Linnet model",
        assertThrows(ModelException.class, () -> Model.read(file)).getMessage());
  }

  @Test
  void aFileOfAnotherKindIsRefused() {
    assertEquals(
        "model: is no Linnet model: it starts with the bytes 50 4B 03 04 00 00 00 00 instead of 89"
            + " 4C 4E 54 0D 0A 1A 0A",
        refused(Arrays.copyOf(new byte[] {'P', 'K', 3, 4}, 500)));
    assertTrue(
        refused("Dear reader,\nthis is text.\n".getBytes(StandardCharsets.UTF_8))
            .contains("no Linnet model: it starts with the bytes 44 65 61 72"));
    assertTrue(refused(new byte[] {1}).contains("it starts with the bytes 01 instead"));
  }

  @Test
  void aTransferAsTextIsNamed() {
    String latin = new String(good, StandardCharsets.ISO_8859_1);
    for (byte[] changed :
        List.of(
            latin.replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1),
            latin.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1),
            latin.getBytes(StandardCharsets.UTF_8),
            new String(good, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))) {
      assertTrue(refused(changed).contains("after a transfer as text"), refused(changed));
    }
  }

  @Test
  void anotherFormatVersionIsRefusedWithTheOneThatIsRead() {
    byte[] header = Crafted.header(good).getBytes(StandardCharsets.UTF_8);
    for (int version : new int[] {0, 2, -1}) {
      assertEquals(
          "model: has format version "
              + Integer.toUnsignedString(version)
              + ", this version of Linnet reads version 1",
          refused(Crafted.file(version, header, Crafted.tensors(good))));
    }
    assertTrue(
        refused(flipped(8))
            .endsWith("or it is damaged: its first bytes do not match their checksum"));
  }

  @Test
  void whatStandsBehindTheEndIsRefused() {
    assertEquals(
        "model: goes on behind its end, byte " + good.length + "; a model file has nothing there",
        refused(Arrays.copyOf(good, good.length + 1)));
  }

  @Test
  void hugeDeclaredSizesAreRefused() {
    assertTrue(
        refused(Crafted.prelude(1, Integer.MAX_VALUE, 0)).contains("a header of 2147483647 bytes"));
    assertTrue(refused(Crafted.prelude(1, -1, 0)).contains("a header of 4294967295 bytes"));
    assertEquals(
        "model: is truncated: it ends after 24 bytes, within the header",
        refused(Crafted.prelude(1, 4 << 20, 0)));
    assertTrue(
        refused(Crafted.file(Crafted.wide(500_000_000), new byte[0]))
            .contains("its tensors take 8000000000 bytes, more than the "));
    int wide = (int) (Runtime.getRuntime().maxMemory() / 4 / 5); // 4/5 of the heap
    assertTrue(
        refused(Crafted.file(Crafted.wide(wide), new byte[1000])).endsWith(" within tensor w"));
  }

  @Test
  void aHeaderOfAnythingButTheRightJsonIsRefused() {
    assertTrue(refused(Crafted.file("", new byte[0])).contains("no JSON: at character 0"));
    assertTrue(refused(Crafted.file("[]", new byte[0])).contains("must be an object, is an array"));
    assertTrue(refused(Crafted.file("{}", new byte[0])).contains("the header lacks \""));
    assertTrue(
        refused(Crafted.file(1, new byte[] {'"', (byte) 0xC3, '"'}, new byte[0]))
            .contains("the header is not UTF-8"));
    assertTrue(
        refused(Crafted.file("[".repeat(1_000_000), new byte[0])).contains("more than 16 levels"));
    assertTrue(
        refusedHeader("{\"graph\":", "{\"magic\":1,\"graph\":").contains("\"magic\", which"));
    assertTrue(
        refusedHeader("\"genotype\":", "\"genotype\":1,\"genotype\":").contains("a second time"));
    assertTrue(
        refusedHeader("\"seed\":1234567890123456789", "\"seed\":[]")
            .contains("provenance.seed must be"));
    assertTrue(
        refusedHeader("\"seed\":1", "\"seed\":123456789").contains("a whole number of 64 bits"));
  }

  @Test
  void aGraphThatIsWrongIsRefused() {
    assertTrue(
        refusedHeader("\"op\":\"Flatten\"", "\"op\":\"Squash\"")
            .contains(
                "graph.nodes[8].op is \"Squash\", which this version of Linnet does not know"));
    assertTrue(
        refusedHeader("\"inputs\":[0,1]", "\"inputs\":[0,2]")
            .contains("must be a whole number from 0 to 1"));
    assertTrue(
        refusedHeader("\"inputs\":[0,1]", "\"inputs\":[1,0]").contains("graph.nodes[2]: Conv2d"));
    assertTrue(
        refusedHeader("\"outputs\":{\"logits\":12}", "\"outputs\":{\"logits\":13}")
            .contains("graph.outputs.logits must be a whole number from 0 to 12"));
    assertTrue(
        refusedHeader("\"outputs\":{\"logits\":12}", "\"outputs\":{\"logits\":10}")
            .contains("13 nodes, but 11 are needed"));
    assertTrue(
        refusedHeader("\"outputs\":{\"logits\":12}", "\"outputs\":{\"top\":12}")
            .contains("no output logits"));
    assertTrue(
        refusedHeader("\"labels\":[\"class 0\",", "\"labels\":[").contains("must be [1, 2]"));
    assertTrue(
        refusedHeader("\"labels\":[\"class 0\",", "\"labels\":[\"class 1\",")
            .contains("stands twice"));
    assertTrue(refusedHeader("\"height\":8", "\"height\":9").contains("images [1, 9, 8, 1]"));
    assertTrue(refusedHeader("\"std\":[0.3]", "\"std\":[0]").contains("deviation positive"));
    assertTrue(refusedHeader("\"std\":[0.3]", "\"std\":[0.3,1]").contains("for 1 channels"));
  }

  @Test
  void aTensorTableThatDoesNotFitTheGraphIsRefused() {
    String bias = "{\"name\":\"head.bias\",\"shape\":[3],\"kind\":\"parameter\"";
    assertTrue(
        refusedHeader(bias, bias.replace("[3]", "[4]"))
            .contains("head.bias is declared as parameter [4], the graph has parameter [3]"));
    assertTrue(
        refusedHeader(bias, bias.replace("parameter", "state"))
            .contains("declared as state [3], the graph has parameter [3]"));
    assertTrue(refusedHeader(bias, bias.replace("parameter", "x")).contains("parameter or state"));
    assertTrue(
        refusedHeader(bias, bias.replace("head", "neck")).contains("no tensor \"neck.bias\""));
    assertTrue(
        refusedHeader(bias, bias.replace("head.bias", "stem.weights")).contains("has it twice"));
    assertTrue(
        refusedHeader("\"crc32c\":\"", "\"crc32c\":\"g").contains("eight hexadecimal digits"));
    Matcher last =
        Pattern.compile(",\\{\"name\":\"head.bias\"[^}]*}").matcher(Crafted.header(good));
    assertTrue(last.find());
    assertEquals(
        "model: tensor head.bias of the graph is missing in the table",
        refusedHeader(last.group(), ""));
  }

  @Test
  void weightsThatAreNotFiniteAreRefused() {
    byte[] tensors = Crafted.tensors(good);
    byte[] nan = {0, 0, (byte) 0xC0, 0x7F};
    System.arraycopy(nan, 0, tensors, 4, 4);
    String stem = Integer.toHexString(Crafted.crc(Arrays.copyOf(tensors, 4 * 27)));
    String header =
        Crafted.header(good)
            .replaceFirst(
                "(\"shape\":\\[3,1,3,3],\"kind\":\"parameter\",\"crc32c\":\")[0-9a-f]{8}",
                "$1" + "0".repeat(8 - stem.length()) + stem);
    assertEquals(
        "model: tensor stem.weights has NaN at 1; a model's weights are finite",
        refused(Crafted.file(header, tensors)));
  }

  @Test
  void aHostileNameDoesNotBreakTheLine() {
    refusedHeader(
        "\"head.bias\",\"shape\":[3],\"kind\"", "\"a\\nb\\u2028c\\u0085\",\"shape\":[3],\"kind\"");
    refusedHeader("\"op\":\"Flatten\"", "\"op\":\"" + "x".repeat(100_000) + "\"");
  }

  @Test
  void manyCraftedHeadersAreReadOrRefusedInOneLine() {
    byte[] file = ModelTest.bytes(Networks.model(Networks.everything()));
    byte[] tensors = Crafted.tensors(file);
    List<String> tokens = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("\"[^\"\\\\]*\"|[-+.eE0-9]+|[{}\\[\\],:]|\\w+|.")
            .matcher(Crafted.header(file));
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    List<String> values = tokens.stream().filter(JSON_VALUE.asMatchPredicate()).toList();
    String[] spice = {
      "0",
      "1",
      "-1",
      "2",
      "3",
      "16",
      "4096",
      "65536",
      "2147483647",
      "1e39",
      "0.5",
      "null",
      "true",
      "{}",
      "[]",
      "[1]",
      "\"\"",
      "\"logits\"",
      "\"images\"",
      "\"a\"",
      "{",
      "}",
      "[",
      "]",
      ","
    };
    RandomStream random = RandomStream.of(3, "crafted");
    int accepted = 0;
    for (int i = 0; i < 1_500; i++) {
      List<String> changed = new ArrayList<>(tokens);
      int at = random.nextInt(changed.size());
      switch (random.nextInt(4)) {
        case 0 -> changed.set(at, spice[random.nextInt(spice.length)]);
        case 1 -> changed.remove(at);
        default -> { // still JSON
          while (!JSON_VALUE.matcher(changed.get(at)).matches()) {
            at = random.nextInt(changed.size());
          }
          boolean other = random.nextBoolean();
          changed.set(
              at,
              other
                  ? values.get(random.nextInt(values.size()))
                  : Integer.toString(random.nextInt(20)));
        }
      }
      byte[] crafted = Crafted.file(String.join("", changed), tensors);
      try {
        Model model = ModelTest.read(crafted);
        accepted++;
        predictOrRefuse(model);
      } catch (ModelException e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
    assertTrue(accepted > 40, "only " + accepted + " were read: the changes are too wild");
  }

  private static void predictOrRefuse(Model model) {
    Graph graph = model.graph();
    try (Predictor predictor = model.predictor()) {
      predictor.predict(Networks.pixels(graph));
    }
  }
}
