package dev.linnet.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the benchmarks are started. They lie apart from the product, in the folder {@code bench} of
 * the distribution, and run on the class path, which JMH wants.
 */
final class BenchProgram {
  /** Set by the launcher: the folder with the jars of the benchmarks. */
  private static final String FOLDER = "linnet.bench";

  private static final String MAIN = "dev.linnet.bench.Main";
  private static final String MODULE = "jdk.incubator.vector";

  /** Options that say how the product is started, which the benchmarks are not. */
  private static final List<String> OWN = List.of("--", "-Djdk.module.", "-Dlinnet.");

  private BenchProgram() {}

  /**
   * Java with this JVM's own options, the class path and the main class.
   *
   * @throws CommandException if the benchmarks are not there
   */
  static List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (OWN.stream().noneMatch(option::startsWith)) {
        command.add(option);
      }
    }
    if (ModuleFinder.ofSystem().find(MODULE).isPresent()) {
      command.add("--add-modules=" + MODULE);
    }
    command.add("--enable-native-access=ALL-UNNAMED"); // backends with drivers load libraries
    command.add("-Djmh.ignoreLock=true"); // a lock file that somebody else owns would end JMH
    command.add("-cp");
    command.add(classPath());
    command.add(MAIN);
    return command;
  }

  private static String classPath() throws IOException {
    String folder = System.getProperty(FOLDER);
    if (folder == null) { // started by hand, on a class path
      if (ClassLoader.getSystemResource(MAIN.replace('.', '/') + ".class") == null) {
        throw new CommandException("bench: " + MAIN + " is not on the class path");
      }
      return System.getProperty("java.class.path");
    }
    if (!Files.isDirectory(Path.of(folder))) {
      throw new CommandException(
          "bench: the benchmarks are not in " + folder + ", where the distribution has them");
    }
    List<String> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder), "*.jar")) {
      files.forEach(jar -> jars.add(jar.toString()));
    }
    jars.sort(null);
    jars.add(System.getProperty("jdk.module.path"));
    return String.join(File.pathSeparator, jars);
  }
}
