package dev.linnet.core.model;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A trained network with all that is needed to use it: its graph for inference, its weights, class
 * labels, preprocessing and provenance. Immutable; threads may share it, each with a {@link
 * Predictor} of its own.
 *
 * <p>The file format is described in {@code docs/model-format.md}.
 */
public final class Model {
  private final Graph graph;
  private final Map<String, Tensor> tensors;
  private final Metadata metadata;

  /**
   * Checks everything; takes the tensors over.
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  Model(Graph graph, Map<String, Tensor> tensors, Metadata metadata) {
    InferenceGraph.check(graph, metadata);
    this.graph = graph;
    this.metadata = metadata;
    this.tensors = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      String name = InferenceGraph.storedName(node);
      if (name != null) {
        Tensor tensor = tensors.get(name);
        if (!tensor.shape().equals(node.shape())) {
          throw new IllegalArgumentException(
              "tensor " + name + " is " + tensor.shape() + ", the graph has " + node.shape());
        }
        finite(name, tensor.values());
        this.tensors.put(name, tensor);
      }
    }
  }

  private static void finite(String name, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "tensor " + name + " has " + values[i] + " at " + i + "; a model's weights are finite");
      }
    }
  }

  /**
   * A model of a network that is built for inference, with copies of its weights.
   *
   * @param graph with the input {@code images [N, H, W, C]} and the output {@code logits [N, K]};
   *     any batch size
   * @param store has every parameter and state of the graph
   * @param metadata its preprocessing has the size of the images, its labels are K
   * @throws IllegalArgumentException if the graph has an operation of training (it is named),
   *     another input, no output {@code logits}, or does not fit the metadata; if the store lacks a
   *     tensor, or one has a value that is not finite
   */
  public static Model of(Graph graph, ParameterStore store, Metadata metadata) {
    Graph single = graph.withBatch(1);
    InferenceGraph.check(single, metadata);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Node node : single.nodes()) {
      String name = InferenceGraph.storedName(node);
      if (name != null) {
        tensors.put(name, store.tensor(name));
      }
    }
    return new Model(single, tensors, metadata);
  }

  /**
   * Reads a model from a stream that holds it and nothing else. The stream is read to its end and
   * not closed.
   *
   * @throws ModelException if the stream fails or does not hold a whole, undamaged model
   */
  public static Model read(InputStream in) {
    return read(in, FileFormat.UNNAMED);
  }

  /**
   * Reads a model file.
   *
   * @throws ModelException if the file cannot be read or does not hold a whole, undamaged model
   */
  public static Model read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (IOException e) {
      throw new ModelException(file.toString(), "cannot be read: " + reason(e), e);
    }
  }

  private static Model read(InputStream in, String source) {
    try {
      return ModelReader.read(in);
    } catch (IOException e) {
      throw new ModelException(source, "cannot be read: " + reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new ModelException(source, e.getMessage(), e);
    }
  }

  /**
   * Writes the model. The stream is flushed and not closed.
   *
   * @throws ModelException if the stream fails
   */
  public void write(OutputStream out) {
    try {
      ModelWriter.write(this, out);
    } catch (IOException e) {
      throw new ModelException(FileFormat.UNNAMED, "cannot be written: " + reason(e), e);
    }
  }

  /**
   * Writes a model file, replacing one that is there. The file appears whole or not at all: it is
   * written under a name that ends in {@code .part} beside its place and then moved.
   *
   * @throws ModelException if that fails; then nothing is changed or left behind
   */
  public void write(Path file) {
    try {
      ModelWriter.write(this, file);
    } catch (IOException e) {
      throw new ModelException(file.toString(), "cannot be written: " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    } else if (e instanceof NotDirectoryException folder) {
      return "there is no folder " + folder.getFile();
    } else if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    String message = e.getMessage();
    return e instanceof FileSystemException || message == null ? e.toString() : message;
  }

  /**
   * The header of the model's file as JSON, by {@code docs/model-format.md}: the graph, all that is
   * known besides, and the list of the tensors without their values.
   */
  public String header() {
    return new String(ModelWriter.header(this).write(), StandardCharsets.UTF_8);
  }

  /** The network at batch 1: {@code images [1, H, W, C]} gives {@code logits [1, K]}. */
  public Graph graph() {
    return graph;
  }

  /** The names of all parameters and states, in the order of the graph. */
  public Set<String> tensors() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /**
   * A copy of a parameter or state.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "no tensor " + name + " among the " + tensors.size() + " of the model");
    }
    return new Tensor(tensor.shape(), tensor.values().clone());
  }

  /** The values of a tensor itself, not to be modified. */
  float[] values(String name) {
    return tensors.get(name).values();
  }

  /** All that is known besides the network. */
  public Metadata metadata() {
    return metadata;
  }

  /** The names of the classes, by index. */
  public List<String> labels() {
    return metadata.labels();
  }

  /** From pixels to the network's input. */
  public Preprocessing preprocessing() {
    return metadata.preprocessing();
  }

  /** The point of the search space in its text form; empty if there is none. */
  public String genotype() {
    return metadata.genotype();
  }

  /** The name of the search space; empty if there is none. */
  public String space() {
    return metadata.space();
  }

  /** Where the model comes from. */
  public Provenance provenance() {
    return metadata.provenance();
  }

  /**
   * The SHA-256 of the weights, in hexadecimal: of every tensor in the order of the graph, its
   * name's length in UTF-8 bytes and the name, its rank, its extents (32-bit integers) and its
   * values (32-bit floats), all little-endian. Two models with one checksum and one graph predict
   * the same.
   */
  public String weightsChecksum() {
    MessageDigest digest = ModelReader.sha256();
    ByteBuffer step = ByteBuffer.allocate(4 * FileFormat.STEP).order(ByteOrder.LITTLE_ENDIAN);
    tensors.forEach(
        (name, tensor) -> {
          byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
          int[] dims = tensor.shape().dims();
          digest.update(step.clear().putInt(utf8.length).flip());
          digest.update(utf8);
          step.clear().putInt(dims.length);
          Arrays.stream(dims).forEach(step::putInt);
          digest.update(step.flip());
          float[] values = tensor.values();
          for (int done = 0; done < values.length; done += FileFormat.STEP) {
            int count = Math.min(values.length - done, FileFormat.STEP);
            step.clear().asFloatBuffer().put(values, done, count);
            digest.update(step.limit(4 * count));
          }
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A new store on {@code backend} with copies of all tensors: to run the graph at any batch. */
  public ParameterStore store(Backend backend) {
    ParameterStore store = new ParameterStore(backend);
    for (Node node : graph.nodes()) {
      String name = InferenceGraph.storedName(node);
      if (name != null) {
        store.put(name, tensors.get(name), node.op() instanceof Leaf.Parameter);
      }
    }
    return store;
  }

  /** A predictor on the scalar backend, in the caller's thread: needs this module alone. */
  public Predictor predictor() {
    Backend scalar = new ScalarBackend(1);
    return new Predictor(this, scalar, scalar);
  }

  /**
   * A predictor on a backend that stays the caller's: it is not closed with the predictor.
   *
   * @throws ModelException if one prediction takes more memory than the heap has
   */
  public Predictor predictor(Backend backend) {
    return new Predictor(this, backend, null);
  }

  @Override
  public String toString() {
    return "model of "
        + labels().size()
        + " classes, images "
        + preprocessing().size()
        + ", "
        + graph.parameters()
        + " parameters";
  }
}
