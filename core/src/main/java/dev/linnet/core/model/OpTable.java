package dev.linnet.core.model;

import dev.linnet.core.graph.Activation;
import dev.linnet.core.graph.Add;
import dev.linnet.core.graph.AvgPool2d;
import dev.linnet.core.graph.BatchNorm;
import dev.linnet.core.graph.BiasAdd;
import dev.linnet.core.graph.Concat;
import dev.linnet.core.graph.Conv2d;
import dev.linnet.core.graph.Dense;
import dev.linnet.core.graph.Flatten;
import dev.linnet.core.graph.GlobalAvgPool;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.MaxPool2d;
import dev.linnet.core.graph.Multiply;
import dev.linnet.core.graph.Op;
import dev.linnet.core.graph.Window;
import dev.linnet.core.graph.Zero;
import dev.linnet.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The operations of inference as a model file names them: one row each, with its fields both ways.
 * What is not here belongs to training or to a supernet and is refused by name.
 */
final class OpTable {
  private static final int WIDEST = 4096; // of kernel, stride, padding, dilation: no sum overflows
  private static final int MOST = Integer.MAX_VALUE;
  private static final Initializer NONE = new Initializer.Fill(0); // the file has the values

  private static final List<Row<?>> ROWS =
      List.of(
          new Row<>(
              "Input",
              Leaf.Input.class,
              List.of("name", "shape"),
              op -> List.of(op.name(), shape(op.shape())),
              f -> new Leaf.Input(f.get("name").text(), shape(f.get("shape")), true)),
          new Row<>(
              "Parameter",
              Leaf.Parameter.class,
              List.of("name", "shape"),
              op -> List.of(op.name(), shape(op.shape())),
              f -> new Leaf.Parameter(f.get("name").text(), shape(f.get("shape")), NONE)),
          new Row<>(
              "State",
              Leaf.State.class,
              List.of("name", "shape"),
              op -> List.of(op.name(), shape(op.shape())),
              f -> new Leaf.State(f.get("name").text(), shape(f.get("shape")), NONE)),
          new Row<>(
              "Constant",
              Leaf.Constant.class,
              List.of("value", "shape"),
              op -> List.of(op.value(), shape(op.shape())),
              f -> new Leaf.Constant(f.get("value").real(), shape(f.get("shape")))),
          new Row<>(
              "Conv2d",
              Conv2d.class,
              List.of("window", "groups"),
              op -> List.of(window(op.window()), op.groups()),
              f -> new Conv2d(window(f.get("window")), f.get("groups").integer(1, MOST))),
          new Row<>(
              "BatchNorm",
              BatchNorm.class,
              List.of("epsilon"),
              op -> List.of(op.epsilon()),
              f -> new BatchNorm(f.get("epsilon").real())),
          new Row<>(
              "Activation",
              Activation.class,
              List.of("function"),
              op -> List.of(name(op.function())),
              f -> new Activation(function(f.get("function")))),
          new Row<>(
              "MaxPool2d",
              MaxPool2d.class,
              List.of("window"),
              op -> List.of(window(op.window())),
              f -> new MaxPool2d(window(f.get("window")))),
          new Row<>(
              "AvgPool2d",
              AvgPool2d.class,
              List.of("window", "countPadding"),
              op -> List.of(window(op.window()), op.countPadding()),
              f -> new AvgPool2d(window(f.get("window")), f.get("countPadding").truth())),
          row("Dense", new Dense()),
          row("BiasAdd", new BiasAdd()),
          row("GlobalAvgPool", new GlobalAvgPool()),
          row("Add", new Add()),
          row("Multiply", new Multiply()),
          row("Concat", new Concat()),
          row("Flatten", new Flatten()),
          row("Zero", new Zero()));

  private OpTable() {}

  /** One operation: its name, its fields in order, and both directions. */
  private record Row<T extends Op>(
      String name,
      Class<T> type,
      List<String> fields,
      Function<T, List<Object>> write,
      Function<Map<String, Json>, T> read) {
    Map<String, Object> values(Op op) {
      Map<String, Object> result = new LinkedHashMap<>();
      List<Object> values = write.apply(type.cast(op));
      for (int i = 0; i < fields.size(); i++) {
        result.put(fields.get(i), values.get(i));
      }
      return result;
    }
  }

  /** An operation without geometry. */
  private static <T extends Op> Row<T> row(String name, T op) {
    @SuppressWarnings("unchecked") // the class of an object of a record type T is T's
    Class<T> type = (Class<T>) op.getClass();
    return new Row<>(name, type, List.of(), o -> List.of(), f -> op);
  }

  /** Whether a model file can hold an operation. */
  static boolean has(Op op) {
    return ROWS.stream().anyMatch(row -> row.type() == op.getClass());
  }

  /** The members of a node: {@code op}, {@code inputs} but for leaves, and the operation's own. */
  static Map<String, Object> write(Op op, List<Integer> inputs) {
    Row<?> row = ROWS.stream().filter(r -> r.type() == op.getClass()).findFirst().orElseThrow();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("op", row.name());
    if (!(op instanceof Leaf)) {
      result.put("inputs", inputs);
    }
    result.putAll(row.values(op));
    return result;
  }

  /**
   * The operation of a node.
   *
   * @throws IllegalArgumentException naming what is unknown, missing or out of range
   */
  static Op read(Json node) {
    Json op = node.members().get("op");
    if (op == null) {
      throw new IllegalArgumentException(node.where() + " lacks \"op\"");
    }
    String name = op.text();
    Row<?> row =
        ROWS.stream()
            .filter(r -> r.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        op.where()
                            + " is "
                            + Json.quote(name)
                            + ", which this version of Linnet does not know; it knows "
                            + ROWS.stream().map(Row::name).collect(Collectors.joining(", "))));
    List<String> keys = new ArrayList<>(List.of("op"));
    if (!Leaf.class.isAssignableFrom(row.type())) {
      keys.add("inputs");
    }
    keys.addAll(row.fields());
    return row.read().apply(node.members(Set.copyOf(keys)));
  }

  /** A shape as JSON. */
  static List<Object> shape(Shape shape) {
    return Arrays.stream(shape.dims()).<Object>mapToObj(d -> d).toList();
  }

  /** A shape of 1 to 4 extents. */
  static Shape shape(Json json) {
    int[] dims = json.integers(1, MOST);
    if (dims.length < 1 || dims.length > 4) {
      throw json.wrong("a shape of 1 to 4 extents");
    }
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(json.where() + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> window(Window w) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("kernel", List.of(w.kernelHeight(), w.kernelWidth()));
    result.put("stride", List.of(w.strideHeight(), w.strideWidth()));
    result.put("padding", List.of(w.top(), w.left(), w.bottom(), w.right()));
    result.put("dilation", List.of(w.dilationHeight(), w.dilationWidth()));
    return result;
  }

  private static Window window(Json json) {
    Map<String, Json> fields = json.members(Set.of("kernel", "stride", "padding", "dilation"));
    int[] kernel = integers(fields.get("kernel"), 2, 1);
    int[] stride = integers(fields.get("stride"), 2, 1);
    int[] padding = integers(fields.get("padding"), 4, 0);
    int[] dilation = integers(fields.get("dilation"), 2, 1);
    return new Window(
        kernel[0],
        kernel[1],
        stride[0],
        stride[1],
        padding[0],
        padding[1],
        padding[2],
        padding[3],
        dilation[0],
        dilation[1]);
  }

  private static int[] integers(Json json, int count, int least) {
    int[] result = json.integers(least, WIDEST);
    if (result.length != count) {
      throw json.wrong("an array of " + count);
    }
    return result;
  }

  private static String name(Activation.Function function) {
    return function.name().toLowerCase(Locale.ROOT);
  }

  private static Activation.Function function(Json json) {
    for (Activation.Function function : Activation.Function.values()) {
      if (name(function).equals(json.text())) {
        return function;
      }
    }
    throw json.wrong(
        "one of "
            + Arrays.stream(Activation.Function.values())
                .map(OpTable::name)
                .collect(Collectors.joining(", ")));
  }
}
