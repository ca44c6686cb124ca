package dev.linnet.bench.peers;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.linnet.core.graph.Node;
import dev.linnet.core.train.Networks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's side of a training step: forward, loss, backward by autograd, SGD with momentum by
 * DJL's native update. Nothing but the step's own temporaries is allocated, and the loss is read
 * only when it is asked for.
 */
final class TorchTraining implements Contender {
  private final TorchForward forward;
  private final Engine engine = Engine.getEngine("PyTorch");
  private final TrainingSettings settings;
  private final List<Slot> slots = new ArrayList<>();
  private final Map<String, float[]> first = new LinkedHashMap<>();

  private record Slot(String name, PtNDArray weight, PtNDArray velocity, float decay) {}

  /**
   * Copies the network.
   *
   * @param network a training step with the output {@link Networks#LOSS}
   */
  TorchTraining(Network network, TrainingSettings settings, int threads) {
    this.settings = settings;
    Torch.useThreads(threads);
    Node loss = network.graph().output(Networks.LOSS);
    this.forward = new TorchForward(network, loss);
    forward
        .weights()
        .forEach(
            (name, weight) -> {
              JniUtils.attachGradient(weight, true);
              PtNDArray velocity = (PtNDArray) forward.manager().zeros(weight.getShape());
              float decay = settings.decays(name) ? settings.decay() : 0;
              slots.add(new Slot(name, weight, velocity, decay));
            });
  }

  @Override
  public void run() {
    boolean isFirst = first.isEmpty();
    Map<String, float[]> before = isFirst ? weights() : Map.of();
    try (GradientCollector collector = engine.newGradientCollector();
        PtNDArray loss = forward.evaluate()) {
      collector.backward(loss);
      for (Slot slot : slots) {
        try (PtNDArray gradient = JniUtils.getGradient(slot.weight())) {
          JniUtils.sgdUpdate(
              slot.weight(),
              gradient,
              slot.velocity(),
              settings.rate(),
              slot.decay(),
              1,
              -1,
              settings.momentum());
        }
        JniUtils.zeroGrad(slot.weight());
      }
      if (isFirst) {
        first.put(Networks.LOSS, loss.toFloatArray());
        settings.addSteps(first, before, weights(), 1);
      }
    }
  }

  private Map<String, float[]> weights() {
    Map<String, float[]> result = new LinkedHashMap<>();
    slots.forEach(slot -> result.put(slot.name(), slot.weight().toFloatArray()));
    return result;
  }

  @Override
  public Map<String, float[]> results() {
    return first;
  }

  @Override
  public void close() {
    forward.close();
  }
}
