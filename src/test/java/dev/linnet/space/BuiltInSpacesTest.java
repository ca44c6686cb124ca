package dev.linnet.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.ImageShape;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.tensor.RandomStream;
import dev.linnet.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every built-in space. */
class BuiltInSpacesTest {
  private static final List<ImageShape> SIZES =
      List.of(
          new ImageShape(8, 8, 1),
          new ImageShape(9, 15, 3),
          new ImageShape(28, 28, 1),
          new ImageShape(32, 32, 3),
          new ImageShape(96, 64, 3),
          new ImageShape(224, 224, 3));

  static List<SearchSpace> spaces() {
    return Spaces.names().stream().map(Spaces::named).toList();
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void everyGenotypeIsANetworkForImagesOfManySizes(SearchSpace space) {
    RandomStream random = RandomStream.of(1, space.name());
    for (ImageShape size : SIZES) {
      for (int i = 0; i < 4; i++) {
        Genotype genotype = space.sample(random);
        Graph graph = Graphs.inference(space, genotype, new Task(size, 7));
        assertEquals(Shape.of(1, 7), graph.output("logits").shape(), genotype + " " + size);
        assertTrue(graph.macs() > 0 && graph.parameters() > 0, genotype + " " + size);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void textIsReadBackAndHasNoBlanks(SearchSpace space) {
    RandomStream random = RandomStream.of(2, space.name());
    for (int i = 0; i < 200; i++) {
      Genotype genotype = space.sample(random);
      assertEquals(genotype, space.parse(genotype.toString()));
      assertFalse(genotype.toString().contains(" "));
      Genotype canonical = space.canonical(genotype);
      assertEquals(canonical, space.canonical(canonical));
      assertEquals(canonical, space.parse(canonical.toString()));
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void aMutationAndANeighbourAreAlwaysOtherNetworks(SearchSpace space) {
    RandomStream random = RandomStream.of(3, space.name());
    for (int i = 0; i < 200; i++) {
      Genotype parent = space.canonical(space.sample(random));
      assertNotEquals(parent, space.canonical(space.mutate(parent, random)));
      if (i < 10) {
        List<Genotype> neighbours = space.neighbours(parent);
        assertEquals(neighbours.size(), neighbours.stream().distinct().count());
        assertFalse(neighbours.contains(parent));
        assertTrue(neighbours.stream().allMatch(n -> space.canonical(n).equals(n)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void distinctSamplesAreCanonical(SearchSpace space) {
    RandomStream random = RandomStream.of(4, space.name());
    for (int i = 0; i < 20; i++) {
      Genotype drawn = space.sampleDistinct(random);
      assertEquals(drawn, space.canonical(drawn));
    }
  }

  @Test
  void thePublishedSpacesHaveTheirGenotypesOfBefore() {
    assertEquals("conv:5a360a9d", Spaces.named("conv").id());
    assertEquals("cell:e5714ed8", Spaces.named("cell").id());
  }
}
