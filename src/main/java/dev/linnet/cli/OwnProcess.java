package dev.linnet.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of processes that a search starts of this program. */
final class OwnProcess {
  /** Options that say how the modules are found, which is said anew. */
  private static final List<String> OWN = List.of("--module", "-Djdk.module.");

  private OwnProcess() {}

  /** Java with this JVM's own options, and a command. */
  static List<String> commandLine(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (OWN.stream().noneMatch(option::startsWith)) {
        command.add(option);
      }
    }
    String modules = System.getProperty("jdk.module.path");
    if (System.getProperty("jdk.module.main") != null && modules != null) {
      command.addAll(List.of("--module-path", modules));
      command.addAll(List.of("--module", "dev.linnet/" + Main.class.getName()));
    } else {
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    }
    command.addAll(List.of(words));
    return command;
  }
}
