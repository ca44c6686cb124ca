package dev.linnet.bench.peers;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.StepSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Linnet's side of a training step. */
final class LinnetTraining implements Contender {
  private static final long SEED = 1;
  private static final long STEPS = 1000; // of a training that never ends: the rate is constant

  private final Network network;
  private final TrainingSettings settings;
  private final ParameterStore store;
  private final Program program;
  private final double warmUpSeconds;
  private final Map<String, float[]> first = new LinkedHashMap<>();

  /** Compiles the step; the backend stays open when this is closed. */
  LinnetTraining(Network network, TrainingSettings settings, Recipe recipe, Backend backend) {
    this.network = network;
    this.settings = settings;
    this.store = new ParameterStore(backend);
    network.graph().nodes().forEach(this::store);
    this.program = Program.compile(network.graph(), store);
    this.warmUpSeconds = backend.warmUpSeconds();
    network.inputs().forEach(program::set);
    new StepSettings(recipe, SEED).apply(program, 0, STEPS);
  }

  private void store(Node node) {
    if (node.op() instanceof Leaf.Parameter p) {
      store.put(p.name(), network.stored().get(p.name()), true);
    } else if (node.op() instanceof Leaf.State s) {
      store.put(s.name(), network.stored().get(s.name()), false);
    }
  }

  @Override
  public void run() {
    if (!first.isEmpty()) {
      program.run();
      return;
    }
    Map<String, float[]> before = weights();
    program.run();
    float[] loss = new float[1];
    program.read(Networks.LOSS, loss);
    first.put(Networks.LOSS, loss);
    settings.addSteps(first, before, weights(), 1 + settings.momentum());
  }

  /** The trainable tensors by the names that PyTorch's side has. */
  private Map<String, float[]> weights() {
    Map<String, float[]> result = new LinkedHashMap<>();
    for (Node node : network.graph().nodes()) {
      if (node.op() instanceof Leaf.Parameter p) {
        float[] values = store.tensor(p.name()).values();
        if (TrainingSettings.isAffine(p)) {
          int channels = values.length / 2;
          result.put(TorchForward.scale(p.name()), Arrays.copyOf(values, channels));
          result.put(
              TorchForward.shift(p.name()), Arrays.copyOfRange(values, channels, values.length));
        } else {
          result.put(p.name(), values);
        }
      }
    }
    return result;
  }

  @Override
  public double warmUpSeconds() {
    return warmUpSeconds;
  }

  @Override
  public Map<String, float[]> results() {
    return first;
  }

  @Override
  public void close() {
    program.close();
  }
}
