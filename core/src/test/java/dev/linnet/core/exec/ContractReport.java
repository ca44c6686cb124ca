package dev.linnet.core.exec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What every backend must do, as figures rather than tests: for each operation how many cases ran
 * and the largest error, for a device that nobody has tested yet. The cases and tolerances are
 * those of {@link BackendContract}.
 */
public final class ContractReport {
  private static final float SMALLEST = 1e-3f; // what an error is relative to is not less

  /**
   * What one operation, or one promise of a backend, came to.
   *
   * @param name the operation as messages have it, or a sentence
   * @param cases how many ran, each in all layouts and as a program
   * @param error the largest error of an element, relative to the largest value of its result
   * @param ofTolerance the largest error, relative to what is tolerated; at most 1 where all is
   *     well
   * @param failed how many cases went wrong
   * @param reason what the first of them said, in one line; empty where none did
   */
  public record Line(
      String name, int cases, double error, double ofTolerance, int failed, String reason) {
    /** Whether all went well. */
    public boolean passed() {
      return failed == 0;
    }
  }

  private final Backend reference;
  private final Backend backend;
  private final Precision precision;

  private ContractReport(Backend reference, Backend backend, Precision precision) {
    this.reference = reference;
    this.backend = backend;
    this.precision = precision;
  }

  /**
   * Compares operations with the scalar reference.
   *
   * @param precision how the backend takes the operands of products; the reference gets them so
   * @param most how many cases of an operation run at most, spread evenly over all of them
   * @param lines takes each operation's line as soon as it is done
   */
  public static void operations(
      Backend backend, Precision precision, int most, Consumer<Line> lines) {
    Map<String, List<OpCase>> byOperation = new LinkedHashMap<>();
    BackendContract.all()
        .forEach(test -> byOperation.computeIfAbsent(kind(test), k -> new ArrayList<>()).add(test));
    try (Backend reference = new ScalarBackend(1)) {
      ContractReport report = new ContractReport(reference, backend, precision);
      byOperation.forEach((name, cases) -> lines.accept(report.line(name, spread(cases, most))));
    }
  }

  /**
   * Checks the promises that are about more than one operation.
   *
   * @param open opens the backend; several are open at the same time
   * @param precision of the backend
   * @param most how many cases of parts of batches run at most
   */
  public static void promises(
      Supplier<Backend> open, Precision precision, int most, Consumer<Line> lines) {
    BackendContract contract =
        new BackendContract() {
          @Override
          protected Backend open(int threads) {
            return open.get();
          }

          @Override
          protected Precision precision() {
            return precision;
          }
        };
    contract.openBackends();
    try {
      lines.accept(
          promise(
              "training by SGD follows the reference",
              List.of(() -> contract.trainingFollowsTheReference(false))));
      lines.accept(
          promise(
              "training by Adam follows the reference",
              List.of(() -> contract.trainingFollowsTheReference(true))));
      lines.accept(
          promise(
              "training gives the same bits every time",
              List.of(contract::trainingGivesTheSameBitsForAnyNumberOfThreads)));
      lines.accept(
          promise(
              "inference in parts gives the bits of the whole",
              Stream.of(1, 2, 3)
                  .<Runnable>map(n -> () -> contract.inferenceInPartsGivesTheBitsOfTheWholeBatch(n))
                  .toList()));
      lines.accept(
          promise(
              "a part of a batch gives the bits of the whole",
              spread(contract.aPartOfABatchGivesTheBitsOfTheWhole().toList(), most).stream()
                  .map(ContractReport::runnable)
                  .toList()));
      lines.accept(
          promise(
              "buffers of a closed program serve as new ones",
              List.of(contract::buffersOfAClosedProgramServeTheNextOneAsNewOnes)));
      lines.accept(
          promise(
              "one value serves operations with other borders",
              List.of(contract::oneValueServesOperationsThatWantDifferentBorders)));
    } finally {
      contract.closeBackends();
    }
  }

  private static Runnable runnable(DynamicTest test) {
    return () -> {
      try {
        test.getExecutable().execute();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** At most so many, the first and the last among them. */
  static <T> List<T> spread(List<T> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<T> chosen = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      chosen.add(all.get((int) ((all.size() - 1L) * i / Math.max(1, most - 1))));
    }
    return chosen;
  }

  /**
   * Convolutions with groups have kernels of their own, and so count as operations of their own.
   */
  private static String kind(OpCase test) {
    String text = test.op().toString();
    boolean grouped = text.contains("groups=") && !text.contains("groups=1]");
    return test.op().label() + (grouped ? ", grouped" : "");
  }

  private Line line(String name, List<OpCase> cases) {
    Errors errors = new Errors();
    int failed = 0;
    String reason = "";
    for (OpCase test : cases) {
      try {
        run(test, errors);
      } catch (RuntimeException | AssertionError e) {
        reason = failed == 0 ? oneLine(e) : reason;
        failed++;
      }
    }
    return new Line(name, cases.size(), errors.error, errors.ofTolerance, failed, reason);
  }

  private static Line promise(String name, List<Runnable> checks) {
    int failed = 0;
    String reason = "";
    for (Runnable check : checks) {
      try {
        check.run();
      } catch (RuntimeException | AssertionError e) {
        reason = failed == 0 ? oneLine(e) : reason;
        failed++;
      }
    }
    return new Line(name, checks.size(), 0, 0, failed, reason);
  }

  private static String oneLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }

  /** The largest errors so far. */
  private static final class Errors {
    double error;
    double ofTolerance;

    void add(OpCase test, List<float[]> expected, List<float[]> actual, String how) {
      for (int k = 0; k < expected.size(); k++) {
        add(test, expected.get(k), actual.get(k));
      }
      OpRunner.assertClose(test, expected, actual, how);
    }

    private void add(OpCase test, float[] right, float[] values) {
      float largest = 0;
      for (float value : right) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int i = 0; i < Math.min(right.length, values.length); i++) {
        if (Float.compare(right[i], values[i]) != 0) {
          double difference = Math.abs((double) right[i] - values[i]);
          error = Math.max(error, difference / Math.max(SMALLEST, largest));
          ofTolerance = Math.max(ofTolerance, difference / test.tolerance(right[i], largest));
        }
      }
    }
  }

  /** Every layout, and as a program. */
  private void run(OpCase test, Errors errors) {
    OpCase taken = Products.rounded(test, precision);
    List<float[]> expected = OpRunner.launch(reference, taken, OpRunner.Placement.PLANNED);
    for (OpRunner.Placement placement : OpRunner.Placement.values()) {
      if (OpRunner.possible(backend, test, placement)) {
        List<float[]> actual = OpRunner.launch(backend, test, placement);
        errors.add(test, expected, actual, placement.toString());
      }
    }
    errors.add(test, expected, OpRunner.program(backend, test, true), "program");
  }
}
