package dev.linnet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the launcher in folders of its own. Its `java` is a script that prints its arguments, its
 * `mvn` one that makes the image that the launcher asks for.
 */
@Tag("once")
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
  private static final String ALL_MODULES = "java.base jdk.incubator.vector jdk.jfr";

  private @TempDir Path temporary;
  private Path home;
  private Path java;
  private Path tools;

  @BeforeEach
  void makeTheFolders() throws IOException {
    home = Files.createDirectories(temporary.resolve("a home"));
    Files.copy(Path.of("..", "linnet"), home.resolve("linnet"));
    executable(home.resolve("linnet"));
    java = javaHome("java 17", "17.0.15", ALL_MODULES);
    tools = Files.createDirectories(temporary.resolve("tools"));
  }

  @Test
  void aDistributionRunsItsJarsOnTheModulePath() throws Exception {
    distribution();
    Result result = start(home.resolve("linnet"), "predict", "--model", "my model");
    assertEquals(0, result.exit);
    assertEquals("", result.err);
    List<String> words = result.out.lines().toList();
    String lib = home.toRealPath() + "/lib/";
    assertEquals(
        lib + "linnet-1.jar:" + lib + "linnet-core-1.jar:" + lib + "linnet-kernels-vector-1.jar",
        words.get(words.indexOf("--module-path") + 1));
    assertEquals(
        List.of("--module", "dev.linnet/dev.linnet.cli.Main", "predict", "--model", "my model"),
        words.subList(words.indexOf("--module"), words.size()));
    assertTrue(words.contains("-Dlinnet.home=" + home.toRealPath()), result.out);
  }

  @Test
  void itCanBeCalledThroughSymbolicLinks() throws Exception {
    distribution();
    Path folder = Files.createDirectories(temporary.resolve("other folder"));
    Path first = Files.createSymbolicLink(folder.resolve("first"), home.resolve("linnet"));
    Path second =
        Files.createSymbolicLink(temporary.resolve("second"), temporary.relativize(first));
    Result result = start(second, "devices");
    assertEquals(0, result.exit);
    assertTrue(result.out.contains("-Dlinnet.home=" + home.toRealPath() + "\n"), result.out);
  }

  @Test
  void optionsForTheJvmStandBeforeTheModule() throws Exception {
    distribution();
    ProcessBuilder builder = builder(home.resolve("linnet"), "devices");
    builder.environment().put("JAVA_OPTS", "-Xmx64m");
    builder.environment().put("LINNET_OPTS", "-Xmx1g -ea");
    List<String> words = run(builder).out.lines().toList();
    assertEquals(List.of("-Xmx64m", "-Xmx1g", "-ea"), words.subList(0, 3));
  }

  @Test
  void withoutTheIncubatorModuleTheVectorKernelsStayOffTheModulePath() throws Exception {
    distribution();
    java = javaHome("bare java", "21.0.1", "java.base java.logging");
    Result result = start(home.resolve("linnet"), "devices");
    assertEquals(0, result.exit);
    assertFalse(result.out.contains("linnet-kernels-vector-1.jar"), result.out);
    assertTrue(result.out.contains(";vector: Java 21.0.1"), result.out);
  }

  @Test
  void aGpuBackendWhoseLibraryIsMissingStaysOffTheModulePath() throws Exception {
    distribution();
    Path lib = home.resolve("lib");
    for (String jar : List.of("linnet-kernels-cuda-1", "linnet-kernels-opencl-1", "aparapi-2")) {
      Files.createFile(lib.resolve(jar + ".jar"));
    }
    String out = start(home.resolve("linnet"), "devices").out;
    assertFalse(out.contains("linnet-kernels-cuda-1.jar:"), out);
    assertTrue(out.contains("linnet-kernels-opencl-1.jar:"), out);
    String folder = home.toRealPath() + "/lib";
    String reason = folder + " has no jcuda-VERSION.jar; the distribution has it";
    assertTrue(out.contains("-Dlinnet.left-out=cuda: " + reason + "\n"), out);
  }

  @Test
  void aJavaThatIsTooOldIsRefusedWithWhatWasFoundAndHowToSetAnother() throws Exception {
    distribution();
    java = javaHome("old java", "11.0.2", "java.base");
    Result result = start(home.resolve("linnet"), "devices");
    assertEquals(1, result.exit);
    assertEquals("", result.out);
    assertTrue(result.err.contains(java + "/bin/java is Java 11.0.2"), result.err);
    assertTrue(result.err.contains("set LINNET_JAVA"), result.err);
  }

  @Test
  void aFolderThatIsNoJavaIsRefused() throws Exception {
    distribution();
    java = temporary.resolve("nowhere");
    Result result = start(home.resolve("linnet"), "devices");
    assertEquals(1, result.exit);
    assertTrue(result.err.contains(java + " is no Java"), result.err);
  }

  @Test
  void aCopyWithoutItsFoldersSaysSo() throws Exception {
    Result result = start(home.resolve("linnet"), "devices");
    assertEquals(1, result.exit);
    assertTrue(result.err.contains("neither lib/ nor pom.xml"), result.err);
  }

  @Test
  void aCheckoutIsBuiltOnceAndAgainWhenASourceIsNewer() throws Exception {
    checkout();
    Result first = start(home.resolve("linnet"), "devices");
    assertEquals(0, first.exit);
    assertTrue(first.err.startsWith("linnet: Building Linnet (once)"), first.err);
    assertEquals(1, builds());

    Result second = start(home.resolve("linnet"), "devices");
    assertEquals("", second.err);
    assertEquals(first.out, second.out);
    assertEquals(1, builds());

    Path source = home.resolve("core/src/main/java/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
    assertFalse(start(home.resolve("linnet"), "devices").err.isEmpty());
    assertEquals(2, builds());
  }

  @Test
  void aRemovedSourceMakesABuildTestsDoNot() throws Exception {
    checkout();
    Path test = Files.createDirectories(home.resolve("core/src/test")).resolve("ATest.java");
    start(home.resolve("linnet"), "devices");
    Files.writeString(test, "class ATest {}");
    start(home.resolve("linnet"), "devices");
    assertEquals(1, builds());
    Files.delete(home.resolve("core/src/main/java/A.java"));
    start(home.resolve("linnet"), "devices");
    assertEquals(2, builds());
  }

  @Test
  void anOlderJavaThanTheOneThatBuiltMakesABuild() throws Exception {
    checkout();
    Path older = java;
    java = javaHome("java 25", "25.0.3", ALL_MODULES);
    start(home.resolve("linnet"), "devices");
    java = older;
    start(home.resolve("linnet"), "devices");
    assertEquals(2, builds());
  }

  @Test
  void aFailedBuildNamesItsLogAndIsTriedAgain() throws Exception {
    checkout();
    Files.writeString(tools.resolve("mvn"), "#!/bin/sh\necho no such thing\nexit 1\n");
    Result failed = start(home.resolve("linnet"), "devices");
    assertEquals(1, failed.exit);
    assertEquals("", failed.out);
    Path log = home.toRealPath().resolve("target/build.log");
    assertTrue(failed.err.contains("the build failed; what Maven said is in " + log), failed.err);
    assertEquals("no such thing\n", Files.readString(log));

    checkout();
    assertEquals(0, start(home.resolve("linnet"), "devices").exit);
  }

  @Test
  void startsAtTheSameTimeBuildOnce() throws Exception {
    checkout();
    List<Process> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(
          builder(home.resolve("linnet"), "devices")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    for (Process process : starts) {
      assertTrue(process.waitFor(1, MINUTES));
      assertEquals(0, process.exitValue());
    }
    assertEquals(1, builds());
  }

  private void distribution() throws IOException {
    Path lib = Files.createDirectories(home.resolve("lib"));
    for (String jar : List.of("linnet-core-1", "linnet-1", "linnet-kernels-vector-1")) {
      Files.createFile(lib.resolve(jar + ".jar"));
    }
  }

  private void checkout() throws IOException {
    Path sources = Files.createDirectories(home.resolve("core/src/main/java"));
    Files.writeString(sources.resolve("A.java"), "class A {}");
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.createDirectories(home.resolve("src/main"));
    Path mvn = tools.resolve("mvn");
    Files.writeString(
        mvn,
        """
        #!/bin/sh
        sleep 0.2
        for word; do
          case $word in -Dlinnet.image=*) image=${word#*=} ;; esac
        done
        mkdir -p "target/linnet/$image/lib" core/target src/target
        : >"target/linnet/$image/lib/linnet-1.jar"
        echo built >>builds
        """);
    executable(mvn);
  }

  private long builds() throws IOException {
    return Files.readAllLines(home.resolve("builds")).size();
  }

  private Path javaHome(String name, String version, String modules) throws IOException {
    Path folder = temporary.resolve(name);
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.writeString(
        folder.resolve("release"),
        "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
    Files.writeString(bin.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    executable(bin.resolve("java"));
    return folder.toRealPath();
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private ProcessBuilder builder(Path launcher, String... words) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("JAVA_OPTS", "LINNET_OPTS", "JAVA_HOME"));
    environment.put("LINNET_JAVA", java.toString());
    environment.put("PATH", tools + ":" + environment.get("PATH"));
    return builder;
  }

  private Result start(Path launcher, String... words) throws Exception {
    return run(builder(launcher, words));
  }

  private Result run(ProcessBuilder builder) throws Exception {
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertTrue(process.waitFor(1, MINUTES));
    return new Result(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private record Result(int exit, String out, String err) {}
}
