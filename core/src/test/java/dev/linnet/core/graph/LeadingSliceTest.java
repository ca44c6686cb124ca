package dev.linnet.core.graph;

import static dev.linnet.core.graph.Evaluate.counting;
import static dev.linnet.core.graph.Evaluate.refusal;
import static dev.linnet.core.graph.Evaluate.result;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.linnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;

final class LeadingSliceTest {
  @Test
  void theFirstEntriesAlongEveryAxisAreTaken() {
    // 1 2 3; 4 5 6 | 7 8 9; 10 11 12
    assertArrayEquals(
        new float[] {1, 2, 7, 8}, result(new LeadingSlice(Shape.of(2, 1, 2)), counting(2, 2, 3)));
    assertArrayEquals(new float[] {1, 2, 3}, result(new LeadingSlice(Shape.of(3)), counting(5)));
  }

  @Test
  void theGradientIsZeroOutsideTheSlice() {
    assertArrayEquals(
        new float[] {1, 2, 0, 3, 4, 0, 0, 0, 0},
        result(new LeadingSlice.InputGradient(Shape.of(3, 3)), counting(2, 2)));
  }

  @Test
  void aSliceLargerThanTheStoredTensorIsRefused() {
    assertEquals(
        "LeadingSlice: [4, 2] does not fit into the stored [3, 3]",
        refusal(new LeadingSlice(Shape.of(4, 2)), Shape.of(3, 3)));
    assertEquals(
        "LeadingSlice: the stored tensor must have rank 2, has [9]",
        refusal(new LeadingSlice(Shape.of(2, 2)), Shape.of(9)));
  }
}
