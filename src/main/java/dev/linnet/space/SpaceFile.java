package dev.linnet.space;

import dev.linnet.space.PropertyReader.Value;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads a search space from a JSON file: a stem, stages of repeated blocks, a head, and for each of
 * their properties one value or several to choose from. {@code docs/spaces.md} describes the form.
 *
 * <p>Every property is a choice, if need be of one option, so that the fingerprint depends on all
 * that the file says.
 */
public final class SpaceFile {
  /** How the names of such files end. */
  public static final String SUFFIX = ".json";

  private static final int MOST_BLOCKS = 100;
  private static final String NAME = "name";
  private static final String SHARED = "shared";
  private static final String STEM = "stem";
  private static final String STAGES = "stages";
  private static final String HEAD = "head";
  private static final String BLOCKS = "blocks";
  private static final String BLOCK = "block";
  private static final List<Property> NETWORK = List.of(Property.RESOLUTION, Property.WIDTH);
  private static final List<Property> OF_STEM =
      List.of(Property.CHANNELS, Property.KERNEL, Property.STRIDE, Property.ACTIVATION);
  private static final List<Property> OF_HEAD = List.of(Property.CHANNELS, Property.ACTIVATION);
  private static final List<Property> OF_STAGE = List.of(Property.CHANNELS, Property.STRIDE);
  private static final List<Property> OF_BLOCK =
      List.of(
          Property.OPERATION,
          Property.KERNEL,
          Property.EXPANSION,
          Property.SQUEEZE_EXCITE,
          Property.ACTIVATION);

  private final PropertyReader reader;
  private final List<Choice> choices = new ArrayList<>();

  /** The labels of the genes that hold the properties of a part, by part and key. */
  private final Map<String, Map<String, String>> labels = new LinkedHashMap<>();

  private SpaceFile(String file) {
    this.reader = new PropertyReader(file);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it describes no space: in one line, with file and line
   */
  public static SearchSpace read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException(file + ": no text in UTF-8", e);
    }
    return parse(file.toString(), text);
  }

  /** Reads the text of a file of that name. */
  static SearchSpace parse(String file, String text) {
    return new SpaceFile(file).space(LocatedJson.read(file, text));
  }

  private SearchSpace space(Located root) {
    Map<String, Located> keys =
        reader.object(root, "a space", keys(List.of(NAME, SHARED, STEM, STAGES, HEAD), NETWORK));
    String name = name(reader.required(root, keys, NAME));
    if (keys.containsKey(SHARED)) {
      reader.define(keys.get(SHARED));
    }
    part("", NETWORK, keys);
    optional(STEM, OF_STEM, keys);
    int stages = stages(reader.required(root, keys, STAGES));
    optional(HEAD, OF_HEAD, keys);
    reader.finish();
    return SearchSpace.of(
        name, choices, (chosen, task) -> new DeclaredNetwork(labels, stages, chosen, task));
  }

  private String name(Located value) {
    String name = reader.text(value, NAME);
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw reader.wrong(value, "name: letters, digits, - and _, not '" + name + "'");
    }
    if (Spaces.isBuiltIn(name)) {
      throw reader.wrong(value, "name: '" + name + "' is a built-in space");
    }
    return name;
  }

  private static List<String> keys(List<String> plain, List<Property> properties) {
    return Stream.concat(plain.stream(), properties.stream().map(Property::key)).toList();
  }

  private void optional(String part, List<Property> properties, Map<String, Located> keys) {
    if (keys.containsKey(part)) {
      part(part, properties, reader.object(keys.get(part), part, keys(List.of(), properties)));
    }
  }

  /** Adds the properties of a part, in a fixed order, those without a value too. */
  private void part(String part, List<Property> properties, Map<String, Located> values) {
    String prefix = part.isEmpty() ? "" : part + "/";
    Map<String, String> own = labels.computeIfAbsent(part, p -> new LinkedHashMap<>());
    for (Property property : properties) {
      Located given = values.get(property.key());
      Value value =
          given == null ? reader.usual(property, prefix) : reader.read(property, prefix, given);
      choices.add(value.choice());
      own.put(property.key(), value.label());
    }
  }

  private int stages(Located value) {
    if (!(value instanceof Located.Items items) || items.values().isEmpty()) {
      throw reader.wrong(value, STAGES + ": an array of at least one stage is needed");
    }
    int number = 0;
    for (Located each : items.values()) {
      stage("stage" + ++number, each);
    }
    return number;
  }

  private void stage(String stage, Located value) {
    List<String> known = new ArrayList<>(keys(List.of(BLOCKS, BLOCK), OF_STAGE));
    known.addAll(keys(List.of(), OF_BLOCK.subList(1, OF_BLOCK.size())));
    Map<String, Located> keys = reader.object(value, "a stage", known);
    reader.required(value, keys, Property.CHANNELS.key());
    Located block = reader.required(value, keys, BLOCK);
    Map<String, Located> ofBlock = reader.object(block, BLOCK, keys(List.of(), OF_BLOCK));
    Value operation =
        reader.read(
            Property.OPERATION, "", reader.required(block, ofBlock, Property.OPERATION.key()));
    List<Property> ofStage = new ArrayList<>(OF_STAGE);
    for (Property property : OF_BLOCK.subList(1, OF_BLOCK.size())) {
      boolean both = keys.containsKey(property.key()) && ofBlock.containsKey(property.key());
      if (both) {
        throw reader.wrong(
            ofBlock.get(property.key()), property.key() + ": the stage has it already");
      }
      if (!ofBlock.containsKey(property.key())) {
        ofStage.add(property);
      }
    }
    part(stage, ofStage, keys);
    List<Choice> ofEach = new ArrayList<>(List.of(operation.choice()));
    Map<String, String> own = labels.get(stage);
    own.put(Property.OPERATION.key(), operation.label());
    for (Property property : OF_BLOCK.subList(1, OF_BLOCK.size())) {
      Located given = ofBlock.get(property.key());
      if (given != null) {
        Value each = reader.read(property, "", given);
        ofEach.add(where(property, operation, each, given));
        own.put(property.key(), each.label());
      }
    }
    int[] count =
        keys.containsKey(BLOCKS)
            ? reader.repeats(BLOCKS, keys.get(BLOCKS), MOST_BLOCKS)
            : new int[] {1, 1};
    choices.add(new Repeat(stage + "/" + BLOCKS, count[0], count[1], ofEach));
  }

  /** A property of a block as one that matters only for operations that have it. */
  private Choice where(Property property, Value operation, Value value, Located given) {
    List<String> with =
        operation.options().stream().filter(property.operations()::contains).toList();
    if (with.isEmpty()) {
      throw reader.wrong(
          given,
          "%s: has no effect, since no operation of the block is one of %s"
              .formatted(property.key(), String.join(", ", property.operations())));
    }
    return with.size() == operation.options().size()
        ? value.choice()
        : new Conditional(new Condition(operation.label(), with), List.of(value.choice()));
  }
}
