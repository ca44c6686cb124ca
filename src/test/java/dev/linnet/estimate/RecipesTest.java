package dev.linnet.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.train.Recipe;
import org.junit.jupiter.api.Test;

class RecipesTest {
  private static final Augmentation CROPS = new Augmentation(false, 1, 0);

  @Test
  void epochsAndAugmentationAreAsAskedFor() {
    for (Recipe recipe :
        new Recipe[] {Recipes.standAlone(1000, CROPS, 7), Recipes.supernet(1000, CROPS, 7)}) {
      assertEquals(7, recipe.epochs());
      assertEquals(CROPS, recipe.augmentation());
    }
  }

  @Test
  void manyImagesGiveLargerBatches() {
    int few = Recipes.standAlone(99, CROPS, 1).batch();
    assertTrue(Recipes.standAlone(60_000, CROPS, 1).batch() > few);
    assertTrue(Recipes.supernet(60_000, CROPS, 1).batch() > Recipes.supernet(99, CROPS, 1).batch());
  }

  @Test
  void theWeightsThatAreKeptAreAveragesOfAThirdOfAnEpochOrTwentySteps() {
    assertEquals(0.95f, Recipes.standAlone(64, CROPS, 1).average());
    assertEquals(1 - 1f / 130, Recipes.standAlone(50_000, CROPS, 1).average());
  }

  @Test
  void sharedWeightsAreNotAveraged() {
    assertEquals(0, Recipes.supernet(1000, CROPS, 5).average());
  }
}
