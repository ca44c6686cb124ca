package dev.linnet.bench.peers;

import ai.djl.pytorch.engine.PtNDArray;
import dev.linnet.core.graph.Node;
import java.util.Map;

/** PyTorch's side of inference: eager mode without gradients. */
final class TorchRun implements Contender {
  private final TorchForward forward;
  private final String name;
  private final Node output;
  private PtNDArray last;

  /** Copies a network with one output. */
  TorchRun(Network network, int threads) {
    this.name = network.graph().outputs().keySet().iterator().next();
    this.output = network.graph().output(name);
    this.forward = new TorchForward(network, output);
    Torch.useThreads(threads);
  }

  @Override
  public void run() {
    if (last != null) {
      last.close();
    }
    last = forward.evaluate();
  }

  @Override
  public Map<String, float[]> results() {
    return Map.of(name, Nchw.back(last.toFloatArray(), output.shape()));
  }

  @Override
  public void close() {
    forward.close();
  }
}
