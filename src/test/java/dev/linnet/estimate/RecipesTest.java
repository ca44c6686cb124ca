package dev.linnet.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.train.Optimizer;
import dev.linnet.core.train.Recipe;
import dev.linnet.core.train.Schedule;
import dev.linnet.space.Chosen;
import dev.linnet.space.SearchSpace;
import dev.linnet.space.Spaces;
import dev.linnet.space.Tuning;
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

  @Test
  void aNetworkThatChoosesHowItIsTrainedGetsItsRecipe() {
    SearchSpace space = Spaces.named("cell-tuned");
    Augmentation usual = new Augmentation(true, 2, 0);
    Recipe plain = Recipes.standAlone(1_000, usual, 5);
    Chosen first = space.chosen(space.genotype(0, 0, 0, 0, 0, 0, 0, 0, 0));
    assertEquals(plain, Recipes.standAlone(1_000, usual, 5, first));
    Chosen other =
        first
            .with(Tuning.RATE, "0.5")
            .with(Tuning.WEIGHT_DECAY, "3")
            .with(Tuning.AUGMENTATION, Tuning.STRONG);
    Recipe tuned = Recipes.standAlone(1_000, usual, 5, other);
    assertEquals(new Optimizer.NesterovSgd(0.9f, 3 * 5e-4f), tuned.optimizer());
    assertEquals(new Schedule.OneCycle(0.05f, 0.25), tuned.schedule());
    assertEquals(new Augmentation(true, 3, 2), tuned.augmentation());
    assertEquals(
        plain,
        Recipes.standAlone(
            1_000,
            usual,
            5,
            Spaces.named("cell").chosen(Spaces.named("cell").genotype(0, 0, 0, 0, 0, 0))));
  }
}
