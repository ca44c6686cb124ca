package dev.linnet.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ONNX Runtime's side: all optimizations, as many threads as asked for, inputs and outputs in
 * direct buffers that are made once, so that a run neither copies nor allocates them.
 */
final class OnnxRuntimeRun implements Contender {
  private final Network network;
  private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
  private final Map<String, FloatBuffer> results = new LinkedHashMap<>();

  /** Makes a session of the network. */
  OnnxRuntimeRun(Network network, int threads) {
    this.network = network;
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      session = environment.createSession(OnnxModel.of(network), options);
      for (Node node : network.graph().nodes()) {
        if (node.op() instanceof Leaf.Input input) {
          float[] values = Nchw.from(network.inputs().get(input.name()), input.shape());
          FloatBuffer buffer = direct(values.length);
          buffer.put(values).rewind();
          long[] dims = Nchw.dims(input.shape());
          inputs.put(input.name(), OnnxTensor.createTensor(environment, buffer, dims));
        }
      }
      for (Map.Entry<String, Node> output : network.graph().outputs().entrySet()) {
        FloatBuffer buffer = direct(output.getValue().shape().size());
        long[] dims = Nchw.dims(output.getValue().shape());
        outputs.put(output.getKey(), OnnxTensor.createTensor(environment, buffer, dims));
        results.put(output.getKey(), buffer);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Float.BYTES * floats)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public void run() {
    try {
      session.run(inputs, outputs).close(); // closes what is not pinned: nothing
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  @Override
  public Map<String, float[]> results() {
    Map<String, float[]> copies = new LinkedHashMap<>();
    results.forEach(
        (name, buffer) -> {
          float[] values = new float[buffer.capacity()];
          buffer.duplicate().rewind().get(values);
          copies.put(name, Nchw.back(values, network.graph().output(name).shape()));
        });
    return copies;
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
    options.close();
  }
}
