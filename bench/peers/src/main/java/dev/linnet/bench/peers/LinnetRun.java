package dev.linnet.bench.peers;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** Linnet's side of inference and kernels: a program, as users run it. */
final class LinnetRun implements Contender {
  private final Program program;
  private final double warmUpSeconds;

  /** Compiles the network; the backend stays open when this is closed. */
  LinnetRun(Network network, Backend backend) {
    ParameterStore store = new ParameterStore(backend);
    network.stored().forEach((name, tensor) -> store.put(name, tensor, true));
    this.program = Program.compile(network.graph(), store);
    this.warmUpSeconds = backend.warmUpSeconds();
    network.inputs().forEach(program::set);
  }

  @Override
  public void run() {
    program.run();
  }

  @Override
  public double warmUpSeconds() {
    return warmUpSeconds;
  }

  @Override
  public Map<String, float[]> results() {
    Map<String, float[]> results = new LinkedHashMap<>();
    program
        .graph()
        .outputs()
        .forEach(
            (name, node) -> {
              float[] values = new float[node.shape().size()];
              program.read(name, values);
              results.put(name, values);
            });
    return results;
  }

  @Override
  public void close() {
    program.close();
  }
}
