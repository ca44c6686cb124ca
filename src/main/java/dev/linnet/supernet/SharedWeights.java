package dev.linnet.supernet;

import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Initializer;
import dev.linnet.core.graph.LeadingSlice;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.Mode;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Weights that all candidates of a space share: for every name the largest extents that any of them
 * asks for, of which each takes the leading slice that it needs.
 */
final class SharedWeights implements Weights {
  /** Random genotypes that are looked at to find the largest extents. */
  private static final int SAMPLES = 1000;

  /** Those with many large options that are looked at besides. */
  private static final int LARGE_SAMPLES = 500;

  private final Map<String, Stored> stored;

  private record Stored(Shape shape, Initializer initializer) {
    /** Large enough for both; starts as the one with the larger fan-in would. */
    Stored or(Stored other) {
      int[] dims = shape.dims();
      for (int axis = 0; axis < dims.length; axis++) {
        dims[axis] = Math.max(dims[axis], other.shape.dim(axis));
      }
      boolean wider = other.shape.size() > shape.size();
      return new Stored(Shape.of(dims), wider ? other.initializer : initializer);
    }
  }

  private SharedWeights(Map<String, Stored> stored) {
    this.stored = stored;
  }

  /**
   * Looks at random genotypes of a space, always the same ones, for what they need; then at some
   * that have the last option of about half of their genes, which is the largest one of ranges and
   * of most lists: what needs several large options at a time is rare among random ones.
   */
  static SharedWeights of(SearchSpace space, Task task) {
    Map<String, Stored> found = new LinkedHashMap<>();
    Weights recording =
        (graph, name, shape, initializer) -> {
          found.merge(name, new Stored(shape, initializer), Stored::or);
          return graph.parameter(name, shape, initializer);
        };
    Stream.concat(
            Stream.generate(sampled(space)).limit(SAMPLES),
            Stream.generate(large(space)).limit(LARGE_SAMPLES))
        .forEach(
            genotype -> {
              GraphBuilder graph = new GraphBuilder();
              Node images = graph.input("images", task.images(1));
              space
                  .decode(genotype, task)
                  .build(new NetworkBuilder(graph, Mode.SUPERNET, recording), images);
            });
    return new SharedWeights(found);
  }

  private static Supplier<Genotype> sampled(SearchSpace space) {
    RandomStream random = RandomStream.of(0, "extents");
    return () -> space.sample(random);
  }

  private static Supplier<Genotype> large(SearchSpace space) {
    RandomStream random = RandomStream.of(0, "large extents");
    return () -> {
      int[] values = space.sample(random).values();
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextBoolean() ? space.genes().get(i).size() - 1 : values[i];
      }
      return space.genotype(values);
    };
  }

  /**
   * The leading slice of a stored tensor.
   *
   * @throws IllegalArgumentException if a candidate needs more than any genotype that was looked at
   */
  @Override
  public Node parameter(GraphBuilder graph, String name, Shape shape, Initializer initializer) {
    Stored found = stored.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the supernet has no weights " + name + " " + shape);
    }
    Node whole = graph.parameter(name, found.shape(), found.initializer());
    return found.shape().equals(shape) ? whole : graph.add(new LeadingSlice(shape), whole);
  }

  /** The number of shared values. */
  long size() {
    return stored.values().stream().mapToLong(s -> s.shape().size()).sum();
  }
}
