package dev.linnet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the packages of the search layer in their order, and the module apart from the kernels. */
@Tag("once")
final class ArchitectureTest {
  private static final Path CLASSES_FOLDER = Path.of("target", "classes");
  private static final JavaClasses CLASSES = new ClassFileImporter().importPath(CLASSES_FOLDER);

  @Test
  void lowerPackagesNeverSeeHigherOnes() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("text")
        .definedBy("dev.linnet.text..")
        .layer("data")
        .definedBy("dev.linnet.data..")
        .layer("space")
        .definedBy("dev.linnet.space..")
        .layer("supernet")
        .definedBy("dev.linnet.supernet..")
        .layer("estimate")
        .definedBy("dev.linnet.estimate..")
        .layer("search")
        .definedBy("dev.linnet.search..")
        .layer("study")
        .definedBy("dev.linnet.study..")
        .layer("report")
        .definedBy("dev.linnet.report..")
        .layer("cli")
        .definedBy("dev.linnet.cli..")
        .whereLayer("text")
        .mayNotAccessAnyLayer()
        .whereLayer("data")
        .mayOnlyAccessLayers("text")
        .whereLayer("space")
        .mayOnlyAccessLayers("text", "data")
        .whereLayer("supernet")
        .mayOnlyAccessLayers("text", "data", "space")
        .whereLayer("estimate")
        .mayOnlyAccessLayers("text", "data", "space", "supernet")
        .whereLayer("search")
        .mayOnlyAccessLayers("text", "data", "space", "supernet", "estimate")
        .whereLayer("study")
        .mayOnlyAccessLayers("text", "space", "estimate", "search")
        .whereLayer("report")
        .mayOnlyAccessLayers("text", "data", "space", "supernet", "estimate", "search", "study")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.linnet.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyClassBelongsToALayer() {
    classes()
        .should()
        .resideInAnyPackage(
            "dev.linnet.text..",
            "dev.linnet.data..",
            "dev.linnet.space..",
            "dev.linnet.supernet..",
            "dev.linnet.estimate..",
            "dev.linnet.search..",
            "dev.linnet.study..",
            "dev.linnet.report..",
            "dev.linnet.cli..")
        .check(CLASSES);
  }

  @Test
  void kernelsAreKnownThroughTheBackendInterfaceOnly() {
    Set<String> kernels =
        ModuleFinder.of(CLASSES_FOLDER)
            .find("dev.linnet")
            .orElseThrow()
            .descriptor()
            .requires()
            .stream()
            .map(Requires::name)
            .filter(name -> name.startsWith("dev.linnet.kernels"))
            .collect(toSet());
    assertEquals(Set.of(), kernels);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.linnet.kernels..", "jdk.incubator..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineEndsTheJvm() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.linnet.cli..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void nothingUsesReflectionOrJavaSerialization() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.reflect..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
        .check(CLASSES);
  }

  @Test
  void staticStateIsFinal() {
    fields().that().areStatic().should().beFinal().allowEmptyShould(true).check(CLASSES);
  }
}
