package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.space.CellSpace;
import dev.linnet.space.Choice;
import dev.linnet.space.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GridSearchTest {
  private static final SearchSpace GRID =
      SearchSpace.of(
          "grid",
          List.of(
              Choice.intRange("a", 0, 9), Choice.intRange("b", 0, 4), Choice.intRange("c", 0, 1)),
          (chosen, task) -> (n, x) -> n.classifier("head", x, task.classes()));

  @Test
  void itFindsTheOptimumByTryingTheWholeGrid() {
    List<Trial> history = Landscape.run(new GridSearch(GRID, 1), 1000, 7);
    assertEquals(100, history.size());
    assertEquals(100, history.stream().map(Trial::genotype).distinct().count());
  }

  @Test
  void whatWasTriedLiesEvenlyInTheGridWheneverTheSearchEnds() {
    for (int seed = 0; seed < 5; seed++) {
      Map<Integer, Long> counts =
          Landscape.run(new GridSearch(GRID, seed), 20, 1).stream()
              .collect(Collectors.groupingBy(t -> t.genotype().value(0), Collectors.counting()));
      assertEquals(10, counts.size());
      assertTrue(counts.values().stream().allMatch(count -> count <= 3), counts.toString());
    }
  }

  @Test
  void theSeedDecidesWhereItStarts() {
    assertNotEquals(
        Landscape.run(new GridSearch(GRID, 1), 1, 1), Landscape.run(new GridSearch(GRID, 2), 1, 1));
  }

  @Test
  void networksWithSeveralGenotypesAreTriedOnce() {
    SearchSpace cell = CellSpace.space();
    assertEquals(6466, Landscape.run(new GridSearch(cell, 1), 20_000, 1).size());
  }
}
