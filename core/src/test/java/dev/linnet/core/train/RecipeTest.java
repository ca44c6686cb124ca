package dev.linnet.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.linnet.core.data.Augmentation;
import org.junit.jupiter.api.Test;

final class RecipeTest {
  private static Recipe recipe(int epochs, int batch, float smoothing, float clip, float average) {
    Optimizer sgd = new Optimizer.NesterovSgd(0.9f, 0);
    Schedule schedule = new Schedule.Constant(0.1f);
    return new Recipe(epochs, batch, sgd, schedule, smoothing, clip, Augmentation.NONE, average);
  }

  private static String refusal(int epochs, int batch, float smoothing, float clip, float average) {
    return assertThrows(
            IllegalArgumentException.class, () -> recipe(epochs, batch, smoothing, clip, average))
        .getMessage();
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertEquals("Recipe: epochs must be at least 1, got 0", refusal(0, 1, 0, 1, 0));
    assertEquals("Recipe: the batch must be at least 1, got 0", refusal(1, 0, 0, 1, 0));
    assertEquals("Recipe: smoothing must be in [0, 1), got 1.0", refusal(1, 1, 1, 1, 0));
    assertEquals(
        "Recipe: the gradient's largest norm must be positive, got 0.0", refusal(1, 1, 0, 0, 0));
    assertEquals("Recipe: the average's decay must be in [0, 1), got 1.0", refusal(1, 1, 0, 1, 1));
    assertEquals("Recipe: smoothing must be in [0, 1), got NaN", refusal(1, 1, Float.NaN, 1, 0));
  }

  @Test
  void aCopyDiffersInOneThingOnly() {
    Recipe recipe = recipe(3, 8, 0.1f, Float.POSITIVE_INFINITY, 0.9f);
    assertEquals(recipe(7, 8, 0.1f, Float.POSITIVE_INFINITY, 0.9f), recipe.withEpochs(7));
    Augmentation flips = new Augmentation(true, 2, 0);
    assertEquals(flips, recipe.withAugmentation(flips).augmentation());
    assertEquals(recipe, recipe.withAugmentation(flips).withAugmentation(Augmentation.NONE));
  }
}
