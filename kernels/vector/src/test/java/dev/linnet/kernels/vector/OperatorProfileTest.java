package dev.linnet.kernels.vector;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
final class OperatorProfileTest {
  private static final String VECTORS = "jdk.incubator.vector";
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  /** Sums over the lanes of a vector go through methods of their own, and are rare. */
  private static final Set<String> APART = Set.of("reduceLanes", "ADD");

  @Test
  void theKernelsHaveNoOperatorThatIsNotShown() {
    Set<String> unseen = operators(c -> !c.isEquivalentTo(OperatorProfile.class));
    unseen.removeAll(operators(c -> c.isEquivalentTo(OperatorProfile.class)));
    unseen.removeAll(APART);
    assertEquals(Set.of(), unseen);
  }

  /** Methods of vectors that give a vector or a mask, and operators by name. */
  private static Set<String> operators(Predicate<JavaClass> of) {
    return CLASSES.stream()
        .filter(of)
        .flatMap(c -> Stream.concat(calls(c), constants(c)))
        .collect(toCollection(TreeSet::new));
  }

  private static Stream<String> calls(JavaClass from) {
    return from.getMethodCallsFromSelf().stream()
        .filter(call -> call.getTargetOwner().getPackageName().equals(VECTORS))
        .filter(
            call -> call.getTargetOwner().getSimpleName().matches("(Float|Int)Vector|VectorMask"))
        .map(call -> call.getTarget().getName());
  }

  private static Stream<String> constants(JavaClass from) {
    return from.getFieldAccessesFromSelf().stream()
        .filter(access -> access.getTargetOwner().getSimpleName().equals("VectorOperators"))
        .map(access -> access.getTarget().getName());
  }
}
