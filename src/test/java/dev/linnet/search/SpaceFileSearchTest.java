package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.SpaceFile;
import dev.linnet.space.Tuning;
import dev.linnet.supernet.Tiny;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A search of the space that the documentation's example file describes, with tuned training. */
class SpaceFileSearchTest {

  @Test
  void aSpaceFromAFileIsSearchedLikeAnyOther() throws IOException {
    SearchSpace space = Tuning.of(SpaceFile.read(Path.of("..", "docs", "spaces", "example.json")));
    SearchOptions options =
        SearchOptions.of(Tiny.data(64, 32, 32), space)
            .with(o -> o.threads(1).backend("scalar").trials(4).command("test"));
    List<String> failed = new ArrayList<>();
    SearchResult result =
        SearchRun.run(
            options,
            new SearchPlan(3, 4, 1, 2),
            Recorded.nothing(),
            event -> {
              if (event.type().contains("failed")) {
                failed.add(event.toString());
              }
            },
            Progress.none(),
            Duration.ZERO,
            () -> false);
    Genotype found = result.best().genotype().orElseThrow();
    assertEquals(found, space.canonical(space.parse(found.toString())));
    assertTrue(result.best().test() > 0.05, "test accuracy " + result.best().test());
    assertEquals("example-tuned", result.model().space());
    assertEquals(List.of(), failed);
  }
}
