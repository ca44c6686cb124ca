package dev.linnet.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.exec.Program;
import dev.linnet.core.exec.ScalarBackend;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.graph.GraphBuilder;
import dev.linnet.core.graph.Node;
import dev.linnet.core.nn.NetworkBuilder;
import dev.linnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StepSettingsTest {
  private static final Schedule COSINE = new Schedule.Cosine(0.4f, 0);
  private static final Recipe RECIPE =
      new Recipe(1, 1, new Optimizer.AdamW(0.5f, 0.75f, 0), COSINE, 0, 1, Augmentation.NONE, 0.9f);

  private final ScalarBackend backend = new ScalarBackend(1);
  private final Program program = program();

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  /** A program whose settings can be read. */
  private Program program() {
    GraphBuilder builder = new GraphBuilder();
    Map<String, Node> outputs = new LinkedHashMap<>();
    for (String name :
        new String[] {Networks.RATE, Networks.AVERAGE_RATE, NetworkBuilder.STATISTICS_RATE}) {
      outputs.put(name, builder.setting(name, Shape.of(1)));
    }
    for (String name : new String[] {Optimizer.AdamW.CORRECTIONS, NetworkBuilder.DROPOUT_KEY}) {
      outputs.put(name, builder.setting(name, Shape.of(2)));
    }
    Graph graph = builder.build(outputs);
    return Program.compile(graph, new ParameterStore(backend));
  }

  private float[] read(String name) {
    float[] values = new float[program.graph().output(name).shape().size()];
    program.read(name, values);
    return values;
  }

  @Test
  void theRateFollowsTheScheduleOverAllSteps() {
    StepSettings settings = new StepSettings(RECIPE, 1);
    for (int step = 0; step < 8; step++) {
      settings.apply(program, step, 8);
      assertEquals(COSINE.rate(step / 8.0), read(Networks.RATE)[0]);
      assertEquals(0.1f, read(NetworkBuilder.STATISTICS_RATE)[0]);
    }
  }

  @Test
  void adamsCorrectionsApproachOne() {
    StepSettings settings = new StepSettings(RECIPE, 1);
    settings.apply(program, 0, 100);
    assertArrayEquals(new float[] {0.5f, 0.25f}, read(Optimizer.AdamW.CORRECTIONS));
    settings.apply(program, 1, 100);
    assertArrayEquals(new float[] {0.75f, 0.4375f}, read(Optimizer.AdamW.CORRECTIONS));
  }

  @Test
  void theAverageStartsAsTheWeightsThemselves() {
    StepSettings settings = new StepSettings(RECIPE, 1);
    float[] expected = {1, 0.5f, 1 / 3f};
    for (int step = 0; step < 3; step++) {
      settings.apply(program, step, 100);
      assertEquals(expected[step], read(Networks.AVERAGE_RATE)[0]);
    }
    settings.apply(program, 50, 100);
    assertEquals(0.1f, read(Networks.AVERAGE_RATE)[0], 1e-6f);
  }

  @Test
  void dropoutKeysAreWholeNumbersThatChangeEveryStepAndWithTheSeed() {
    StepSettings settings = new StepSettings(RECIPE, 1);
    StepSettings same = new StepSettings(RECIPE, 1);
    StepSettings other = new StepSettings(RECIPE, 2);
    float[] last = {-1, -1};
    for (int step = 0; step < 20; step++) {
      settings.apply(program, step, 20);
      float[] key = read(NetworkBuilder.DROPOUT_KEY);
      for (float half : key) {
        assertTrue(half >= 0 && half < 1 << 24 && half == (int) half, "key " + half);
      }
      assertFalse(Arrays.equals(last, key));
      same.apply(program, step, 20);
      assertArrayEquals(key, read(NetworkBuilder.DROPOUT_KEY));
      other.apply(program, step, 20);
      assertFalse(Arrays.equals(key, read(NetworkBuilder.DROPOUT_KEY)));
      last = key;
    }
  }
}
