package dev.linnet.kernels.cuda;

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
import org.junit.jupiter.api.Test;

/** Holds the CUDA kernels to core and JCuda's driver API. */
final class ArchitectureTest {
  private static final Path CLASSES_FOLDER = Path.of("target", "classes");
  private static final JavaClasses CLASSES = new ClassFileImporter().importPath(CLASSES_FOLDER);

  @Test
  void theModuleNeedsCoreAndJCudaWithItsLoggingOnly() {
    Set<String> required =
        ModuleFinder.of(CLASSES_FOLDER)
            .find("dev.linnet.kernels.cuda")
            .orElseThrow()
            .descriptor()
            .requires()
            .stream()
            .map(Requires::name)
            .collect(toSet());
    assertEquals(Set.of("java.base", "java.logging", "dev.linnet.core", "jcuda"), required);
  }

  @Test
  void kernelsKnowTheGraphTheBackendInterfaceAndTheDriverButNothingAbove() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "jcuda",
            "jcuda.driver",
            "dev.linnet.kernels.cuda..",
            "dev.linnet.core.tensor..",
            "dev.linnet.core.graph..",
            "dev.linnet.core.exec..")
        .check(CLASSES);
  }

  @Test
  void staticStateIsFinal() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }
}
