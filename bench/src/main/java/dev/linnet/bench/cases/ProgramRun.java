package dev.linnet.bench.cases;

import dev.linnet.bench.zoo.ZooNetwork;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.Leaf;
import dev.linnet.core.graph.Node;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.train.Networks;
import dev.linnet.core.train.StepSettings;

/** A program with random images and labels. */
final class ProgramRun implements Prepared {
  private static final int LABELS = 10;
  private static final int STEP = 0;
  private static final int STEPS = 100;

  private final Program program;
  private final String output;

  ProgramRun(Graph graph, ParameterStore store, String output) {
    this.program = Program.compile(graph, store);
    this.output = output;
    RandomStream random = RandomStream.of(1, "images");
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Input input && input.batched()) {
        float[] values = new float[input.shape().size()];
        boolean labels = input.name().equals(Networks.LABELS);
        for (int i = 0; i < values.length; i++) {
          values[i] = labels ? random.nextInt(LABELS) : (float) random.nextGaussian();
        }
        program.set(input.name(), values);
      }
    }
    new StepSettings(ZooNetwork.recipe(1), 1).apply(program, STEP, STEPS);
  }

  @Override
  public void enqueue() {
    program.run();
  }

  @Override
  public void run() {
    program.run();
    program.finish();
  }

  @Override
  public long flops() {
    return 2 * program.graph().macs();
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public long footprint() {
    return 0;
  }

  @Override
  public float[] result() {
    float[] values = new float[program.graph().output(output).shape().size()];
    program.read(output, values);
    return values;
  }

  @Override
  public void close() {
    program.close();
  }
}
