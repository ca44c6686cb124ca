package dev.linnet.search.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.tensor.RandomStream;
import dev.linnet.space.CellSpace;
import dev.linnet.space.Choice;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static SearchSpace space(Choice... choices) {
    return SearchSpace.of(
        "seen", List.of(choices), (chosen, task) -> (n, x) -> n.classifier("head", x, 2));
  }

  @Test
  void optionsDifferByTwoBitsAndNumbersByTheirSteps() {
    SearchSpace space =
        space(
            Choice.oneOf("operation", "conv", "pool", "skip"),
            Choice.intRange("depth", 1, 5),
            Choice.intRange("width", 1, 100),
            Choice.oneOf("only", "one"));
    Views views = new Views(space);
    assertEquals(1, views.count());
    assertEquals(2 + 4 + 7, views.most(0));
    long[] a = views.of(space.genotype(0, 0, 0, 0));
    assertEquals(2, views.distance(0, a, views.of(space.genotype(2, 0, 0, 0))));
    assertEquals(3, views.distance(0, a, views.of(space.genotype(0, 3, 0, 0))));
    assertEquals(4, views.distance(0, a, views.of(space.genotype(0, 0, 55, 0))));
    assertEquals(2 + 4 + 7, views.distance(0, a, views.of(space.genotype(1, 4, 99, 0))));
  }

  @Test
  void genesWithTheSameOptionsAreCountedWhereverTheyStand() {
    SearchSpace space =
        space(
            Choice.oneOf("a", "conv", "pool", "skip"),
            Choice.oneOf("b", "conv", "pool", "skip"),
            Choice.oneOf("c", "conv", "pool", "skip"));
    Views views = new Views(space);
    assertEquals(2, views.count());
    long[] a = views.of(space.genotype(0, 1, 2));
    assertEquals(0, views.distance(1, a, views.of(space.genotype(2, 0, 1))));
    assertEquals(2, views.distance(1, a, views.of(space.genotype(2, 0, 0))));
    assertEquals(6, views.distance(0, a, views.of(space.genotype(2, 0, 1))));
  }

  @Test
  void aCellIsSeenByItsPathsToo() {
    SearchSpace space = CellSpace.space();
    Views views = new Views(space);
    assertEquals(3, views.count());
    long[] a = views.of(space.canonical(space.genotype(0, 0, 0, 3, 0, 0)));
    long[] b = views.of(space.canonical(space.genotype(3, 0, 0, 0, 1, 0)));
    assertEquals(0, views.distance(2, a, b));
    long[] c = views.of(space.canonical(space.genotype(3, 0, 0, 3, 1, 0)));
    assertEquals(1, views.distance(2, a, c));
  }

  @Test
  void noDistanceIsGreaterThanTheMostThatIsSaid() {
    SearchSpace space = CellSpace.space();
    Views views = new Views(space);
    for (int i = 0; i < 500; i++) {
      Genotype one = space.canonical(space.sample(RandomStream.of(1, i)));
      Genotype other = space.canonical(space.sample(RandomStream.of(2, i)));
      for (int v = 0; v < views.count(); v++) {
        int distance = views.distance(v, views.of(one), views.of(other));
        assertTrue(distance <= views.most(v), distance + " in view " + v);
      }
    }
  }
}
