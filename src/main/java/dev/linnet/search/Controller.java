package dev.linnet.search;

import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Activation.Function;
import dev.linnet.core.graph.Gradients;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Node;
import dev.linnet.core.graph.SoftmaxCrossEntropy;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.train.Optimizer;
import dev.linnet.space.Gene;
import dev.linnet.space.SearchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A policy network that chooses the genes of a genotype one after the other: it sees which gene is
 * next and what was chosen before, and gives the logits of the options. One hidden layer.
 *
 * <p>A training step has one row for every gene of one genotype. The gradient of their mean cross
 * entropy is that of −log π / genes; Adam multiplies it by a factor that is set for the step, so
 * the factor advantage · genes makes it REINFORCE's.
 */
final class Controller {
  private static final String INPUT = "chosen";
  private static final String MASK = "mask";
  private static final String LABELS = "options";
  private static final String LOGITS = "logits";
  private static final String SCALE = "scale";
  private static final String RATE = "rate";
  private static final String CORRECTIONS = "corrections";
  private static final float IMPOSSIBLE = -1e4f;
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.99f;

  private final List<Gene> genes;
  private final int features;
  private final int options;
  private final int hidden;
  private final Program step;
  private final Program policy;
  private final float[] rows;
  private final float[] labels;
  private final float[] masks;
  private final float[] rate;
  private double power1 = 1;
  private double power2 = 1;

  Controller(SearchSpace space, long seed, int hidden, double rate) {
    this.genes = space.genes();
    this.options = genes.stream().mapToInt(Gene::size).max().orElseThrow();
    this.features = genes.size() + genes.stream().mapToInt(Gene::size).sum();
    this.hidden = hidden;
    this.rows = new float[genes.size() * features];
    this.labels = new float[genes.size()];
    this.masks = masks();
    this.rate = new float[] {(float) rate};
    ParameterStore store = new ParameterStore(new ScalarBackend(1));
    Graph training = trainingGraph();
    store.initialize(training, seed);
    this.step = Program.compile(training, store);
    GraphBuilder inference = new GraphBuilder();
    this.policy =
        Program.compile(
            inference.build(Map.of(LOGITS, logits(inference, 1, Mode.INFERENCE))), store);
  }

  private Node logits(GraphBuilder graph, int count, Mode mode) {
    NetworkBuilder n = new NetworkBuilder(graph, mode, Weights.own());
    Node x = graph.input(INPUT, Shape.of(count, features));
    Node y = n.activation(Function.RELU, n.dense("hidden", x, hidden));
    Node mask = graph.input(MASK, Shape.of(count, options));
    return n.add(n.dense("policy", y, options), mask);
  }

  private Graph trainingGraph() {
    GraphBuilder graph = new GraphBuilder();
    Node logits = logits(graph, genes.size(), Mode.TRAINING);
    Node labels = graph.input(LABELS, Shape.of(genes.size()));
    Node loss = graph.add(new SoftmaxCrossEntropy(0), logits, labels);
    Map<Node, Node> gradients = Gradients.of(graph, loss);
    Optimizer adam = new Optimizer.AdamW(BETA1, BETA2, 0);
    Node scale = graph.setting(SCALE, Shape.of(1));
    Node rate = graph.setting(RATE, Shape.of(1));
    gradients.forEach((p, g) -> adam.update(graph, p, g, scale, rate));
    return graph.build(Map.of(LOGITS, logits));
  }

  private float[] masks() {
    float[] masks = new float[genes.size() * options];
    for (int i = 0; i < genes.size(); i++) {
      Arrays.fill(masks, i * options + genes.get(i).size(), (i + 1) * options, IMPOSSIBLE);
    }
    return masks;
  }

  /**
   * What was drawn.
   *
   * @param values of all genes
   * @param logProbability the logarithm of its probability
   */
  record Draw(int[] values, double logProbability) {}

  /** Draws a genotype from the policy. */
  Draw draw(RandomStream random) {
    int[] values = new int[genes.size()];
    double logProbability = 0;
    float[] row = new float[features];
    float[] logits = new float[options];
    int first = genes.size();
    for (int i = 0; i < values.length; i++) {
      row[i] = 1;
      policy.set(INPUT, row);
      policy.set(MASK, Arrays.copyOfRange(masks, i * options, (i + 1) * options));
      policy.run();
      policy.read(LOGITS, logits);
      double[] probabilities = softmax(logits, genes.get(i).size());
      values[i] = draw(probabilities, random);
      logProbability += Math.log(probabilities[values[i]]);
      row[i] = 0;
      row[first + values[i]] = 1;
      first += genes.get(i).size();
    }
    return new Draw(values, logProbability);
  }

  private static double[] softmax(float[] logits, int count) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < count; k++) {
      most = Math.max(most, logits[k]);
    }
    double[] probabilities = new double[count];
    double sum = 0;
    for (int k = 0; k < count; k++) {
      probabilities[k] = Math.exp(logits[k] - most);
      sum += probabilities[k];
    }
    for (int k = 0; k < count; k++) {
      probabilities[k] /= sum;
    }
    return probabilities;
  }

  private static int draw(double[] probabilities, RandomStream random) {
    double rest = random.nextDouble();
    int drawn = 0;
    while (drawn < probabilities.length - 1 && rest >= probabilities[drawn]) {
      rest -= probabilities[drawn];
      drawn++;
    }
    return drawn;
  }

  /**
   * A step of gradient ascent on advantage · log π(values).
   *
   * @param values of all genes
   */
  void reinforce(int[] values, double advantage) {
    Arrays.fill(rows, 0);
    for (int i = 0; i < values.length; i++) {
      rows[i * features + i] = 1;
      labels[i] = values[i];
      int first = genes.size();
      for (int before = 0; before < i; before++) {
        rows[i * features + first + values[before]] = 1;
        first += genes.get(before).size();
      }
    }
    power1 *= BETA1;
    power2 *= BETA2;
    step.set(INPUT, rows);
    step.set(MASK, masks);
    step.set(LABELS, labels);
    step.set(SCALE, (float) (advantage * values.length));
    step.set(RATE, rate);
    step.set(CORRECTIONS, (float) (1 - power1), (float) (1 - power2));
    step.run();
  }
}
