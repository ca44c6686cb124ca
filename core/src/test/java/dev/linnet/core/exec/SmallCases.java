package dev.linnet.core.exec;

import dev.linnet.core.graph.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Some small cases of every operation, for backends under tools that make them slow. */
public final class SmallCases {
  private static final int MOST_FLOATS = 3000;

  private SmallCases() {}

  /**
   * Runs cases in all layouts and compares each with the reference.
   *
   * @param each how many cases of each operation, from the smallest to the largest small one
   * @return how many ran
   * @throws AssertionError if one gives other values
   */
  public static int check(Backend backend, int each) {
    int count = 0;
    try (Backend reference = new ScalarBackend(1)) {
      for (OpCase test : chosen(each)) {
        List<float[]> expected = OpRunner.launch(reference, test, OpRunner.Placement.PLANNED);
        for (OpRunner.Placement placement : OpRunner.Placement.values()) {
          if (OpRunner.possible(backend, test, placement)) {
            List<float[]> actual = OpRunner.launch(backend, test, placement);
            OpRunner.assertClose(test, expected, actual, placement.toString());
            count++;
          }
        }
      }
    }
    return count;
  }

  private static Set<OpCase> chosen(int each) {
    Map<String, List<OpCase>> byOperation = new LinkedHashMap<>();
    BackendContract.all()
        .sorted(Comparator.comparingInt(SmallCases::floats))
        .forEach(
            test -> byOperation.computeIfAbsent(kind(test.op()), k -> new ArrayList<>()).add(test));
    Set<OpCase> chosen = new LinkedHashSet<>();
    for (List<OpCase> cases : byOperation.values()) {
      int small = (int) cases.stream().filter(test -> floats(test) <= MOST_FLOATS).count();
      for (int i = 0; i < each; i++) {
        chosen.add(cases.get((int) ((long) Math.max(0, small - 1) * i / Math.max(1, each - 1))));
      }
    }
    return chosen;
  }

  /** Convolutions with groups count as operations of their own. */
  private static String kind(Op op) {
    String text = op.toString();
    return op.getClass()
        + (text.contains("groups=") && !text.contains("groups=1]") ? " grouped" : "");
  }

  private static int floats(OpCase test) {
    return test.output().size()
        + test.operands().stream().mapToInt(operand -> operand.shape().size()).sum();
  }
}
