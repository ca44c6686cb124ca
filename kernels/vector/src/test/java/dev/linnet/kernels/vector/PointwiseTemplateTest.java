package dev.linnet.kernels.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.linnet.core.graph.Activation.Function;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PointwiseTemplateTest {
  private static final float NEGATIVE_NAN = Float.intBitsToFloat(0xffc00000);
  private static final float[] EDGES = {
    Float.NaN,
    NEGATIVE_NAN,
    Float.intBitsToFloat(0x7f800001),
    Float.intBitsToFloat(0xffffffff),
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    0f,
    -0f,
    3f,
    -3f,
    6f,
    Math.nextUp(6f),
    Math.nextDown(6f)
  };

  @BeforeAll
  static void onlyWithVectors() {
    VectorTests.assumeUsable();
  }

  @ParameterizedTest
  @EnumSource(
      value = Function.class,
      names = {"RELU", "RELU6", "HARD_SWISH", "HARD_SIGMOID"})
  void aClampGivesTheFunctionsValueForZerosInfinitiesAndNaNInEveryLane(Function function) {
    PointwiseLoops loops =
        Templates.copy(
            PointwiseTemplate.class,
            PointwiseLoops.class,
            List.of(Function.values()).indexOf(function));
    int count = 5 * Width.LANES + 3;
    for (float edge : EDGES) {
      float[] x = new float[count];
      Arrays.fill(x, edge);
      float[] y = new float[count];
      loops.run(x, 0, x, 0, y, 0, count);
      float[] expected = new float[count];
      Arrays.fill(expected, function.apply(edge));
      assertArrayEquals(expected, y, 1e-6f, function + " " + edge);
    }
  }
}
