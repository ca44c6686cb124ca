package dev.linnet.kernels.vector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the vector kernels to core and the Vector API. */
@Tag("once")
final class ArchitectureTest {
  private static final Path CLASSES_FOLDER = Path.of("target", "classes");
  private static final JavaClasses CLASSES = new ClassFileImporter().importPath(CLASSES_FOLDER);

  @Test
  void theModuleNeedsCoreAndTheVectorApiOnly() {
    Set<String> required =
        ModuleFinder.of(CLASSES_FOLDER)
            .find("dev.linnet.kernels.vector")
            .orElseThrow()
            .descriptor()
            .requires()
            .stream()
            .map(Requires::name)
            .collect(toSet());
    assertEquals(Set.of("java.base", "dev.linnet.core", "jdk.incubator.vector"), required);
  }

  @Test
  void kernelsKnowTheGraphAndTheBackendInterfaceButNothingAbove() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "jdk.incubator.vector..",
            "dev.linnet.kernels.vector..",
            "dev.linnet.core.tensor..",
            "dev.linnet.core.graph..",
            "dev.linnet.core.exec..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void staticStateIsFinal() {
    fields().that().areStatic().should().beFinal().allowEmptyShould(true).check(CLASSES);
  }
}
