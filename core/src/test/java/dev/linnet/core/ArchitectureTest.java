package dev.linnet.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds core's packages in their layers, and core to what it promises to those who embed it. */
@Tag("once")
final class ArchitectureTest {
  private static final Path CLASSES_FOLDER = Path.of("target", "classes");
  private static final JavaClasses CLASSES = new ClassFileImporter().importPath(CLASSES_FOLDER);

  @Test
  void lowerPackagesNeverSeeHigherOnes() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("tensor")
        .definedBy("dev.linnet.core.tensor..")
        .layer("graph")
        .definedBy("dev.linnet.core.graph..")
        .layer("exec")
        .definedBy("dev.linnet.core.exec..")
        .layer("nn")
        .definedBy("dev.linnet.core.nn..")
        .layer("train")
        .definedBy("dev.linnet.core.train..")
        .layer("data")
        .definedBy("dev.linnet.core.data..")
        .layer("model")
        .definedBy("dev.linnet.core.model..")
        .whereLayer("tensor")
        .mayNotAccessAnyLayer()
        .whereLayer("graph")
        .mayOnlyAccessLayers("tensor")
        .whereLayer("exec")
        .mayOnlyAccessLayers("tensor", "graph")
        .whereLayer("nn")
        .mayOnlyAccessLayers("tensor", "graph", "exec")
        .whereLayer("data")
        .mayOnlyAccessLayers("tensor")
        .whereLayer("train")
        .mayOnlyAccessLayers("tensor", "graph", "exec", "nn", "data")
        .whereLayer("model")
        .mayOnlyAccessLayers("tensor", "graph", "exec")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.linnet.core.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyClassBelongsToALayer() {
    classes()
        .should()
        .resideInAnyPackage(
            "dev.linnet.core.tensor..",
            "dev.linnet.core.graph..",
            "dev.linnet.core.exec..",
            "dev.linnet.core.nn..",
            "dev.linnet.core.train..",
            "dev.linnet.core.data..",
            "dev.linnet.core.model..")
        .check(CLASSES);
  }

  @Test
  void theModuleNeedsJavaBaseOnly() {
    Set<String> required =
        ModuleFinder.of(CLASSES_FOLDER)
            .find("dev.linnet.core")
            .orElseThrow()
            .descriptor()
            .requires()
            .stream()
            .map(Requires::name)
            .collect(toSet());
    assertEquals(Set.of("java.base"), required);
  }

  @Test
  void onlyExecMakesThreads() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.linnet.core.exec..")
        .should()
        .callConstructorWhere(
            describe("makes a thread", call -> call.getTargetOwner().isAssignableTo(Thread.class)))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Executor.class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Executors.class, CompletableFuture.class, java.util.Timer.class)
        .orShould()
        .callMethodWhere(
            describe(
                "runs in the common pool",
                call -> call.getTarget().getName().startsWith("parallel")))
        .check(CLASSES);
  }

  @Test
  void nothingUsesReflection() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAPackage("java.lang.reflect.."))
        .orShould()
        .callMethodWhere(
            describe(
                "looks up members or classes by name",
                call ->
                    call.getTargetOwner().isEquivalentTo(Class.class)
                        && (call.getName().startsWith("getDeclared")
                            || call.getName().startsWith("getMethod")
                            || call.getName().startsWith("getConstructor")
                            || call.getName().startsWith("getField")
                            || call.getName().equals("forName"))))
        .check(CLASSES);
  }

  @Test
  void nothingSerializesJavaObjects() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(java.io.ObjectInputStream.class, java.io.ObjectOutputStream.class)
        .check(CLASSES);
  }

  @Test
  void nothingPrintsEndsTheJvmOrWritesTemporaryFiles() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    noClasses()
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethodWhere(
            describe(
                "makes a temporary file",
                call -> call.getTarget().getName().startsWith("createTemp")))
        .check(CLASSES);
  }

  @Test
  void staticStateIsFinal() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }
}
