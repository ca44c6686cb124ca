package dev.linnet.supernet;

import static dev.linnet.space.Choice.intRange;
import static dev.linnet.space.Choice.oneOf;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.Splits;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.tensor.Shape;
import dev.linnet.data.Datasets;
import dev.linnet.data.LoadedData;
import dev.linnet.data.Provenance;
import dev.linnet.space.Chosen;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Task;
import java.util.List;
import java.util.stream.IntStream;

/** A few digits and spaces of very small networks, for tests. */
public final class Tiny {
  private Tiny() {}

  /** The first digits of the training split, divided anew; a new seal every time. */
  public static LoadedData data(int train, int validation, int test) {
    ImageSet all = Datasets.load("digits").splits().searchData().train();
    Splits splits =
        Splits.of(
            part(all, 0, train), part(all, train, validation), part(all, train + validation, test));
    Provenance from = Provenance.of("few digits", splits);
    return new LoadedData("few-digits", "a few digits", splits, from, Augmentation.NONE);
  }

  private static ImageSet part(ImageSet all, int from, int count) {
    return all.subset(IntStream.range(from, from + count).toArray());
  }

  /** What the networks are for. */
  public static Task task(LoadedData data) {
    return new Task(data.splits().searchData().shape(), data.splits().searchData().classCount());
  }

  /** Eight networks: kernel, width and depth. */
  public static SearchSpace space() {
    return SearchSpace.of(
        "tiny",
        List.of(oneOf("kernel", "1", "3"), oneOf("width", "4", "8"), intRange("depth", 1, 2)),
        (chosen, task) -> (n, x) -> n.classifier("head", body(n, chosen, x), task.classes()));
  }

  /** The same networks, and each once more with an end that multiplies to infinity. */
  public static SearchSpace explosive() {
    return SearchSpace.of(
        "explosive",
        List.of(
            oneOf("kernel", "1", "3"),
            oneOf("width", "4", "8"),
            intRange("depth", 1, 2),
            oneOf("end", "plain", "huge")),
        (chosen, task) ->
            (n, x) -> {
              Node y = body(n, chosen, x);
              Node end = chosen.is("end", "huge") ? huge(n, y) : y;
              return n.classifier("head", end, task.classes());
            });
  }

  private static Node body(NetworkBuilder n, Chosen chosen, Node images) {
    Node y = images;
    for (int i = 1; i <= chosen.number("depth"); i++) {
      String name = "conv" + i + "/k" + chosen.option("kernel");
      int stride = i == 1 ? 2 : 1;
      int width = chosen.number("width");
      y = n.convBnAct(name, y, width, chosen.number("kernel"), stride, Function.RELU);
    }
    return y;
  }

  /** 1e30 times 1e30 is infinite. */
  private static Node huge(NetworkBuilder n, Node x) {
    int channels = x.shape().dim(3);
    Node bias =
        n.graph().parameter("huge" + channels, Shape.of(channels), new Initializer.Fill(1e30f));
    Node y = n.graph().add(new BiasAdd(), x, bias);
    return n.graph().add(new Multiply(), y, n.graph().add(new GlobalAvgPool(), y));
  }
}
