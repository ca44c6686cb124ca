package dev.linnet.kernels.opencl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the kernels to core and Aparapi. */
final class ArchitectureTest {
  private static final Path CLASSES_FOLDER = Path.of("target", "classes");
  private static final JavaClasses CLASSES = new ClassFileImporter().importPath(CLASSES_FOLDER);

  @Test
  void whatIsTranslatedNeedsAparapiOnly() {
    classes()
        .that()
        .resideInAPackage("dev.linnet.kernels.opencl.device")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java.lang..", "com.aparapi", "dev.linnet.kernels.opencl.device")
        .check(CLASSES);
  }

  @Test
  void kernelsKnowTheGraphAndTheBackendInterfaceButNothingAbove() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "com.aparapi..",
            "dev.linnet.kernels.opencl..",
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
