package dev.linnet.cli;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line of Linnet. */
@Command(
    name = "linnet",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Neural architecture search for the JVM.")
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Says the version of this build and of the Java that runs it. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version =
          Optional.ofNullable(Main.class.getModule().getDescriptor())
              .flatMap(ModuleDescriptor::rawVersion)
              .orElse("(not run as a module)");
      String from = System.getProperty("linnet.java.from");
      String java = "Java " + Runtime.version() + " at " + System.getProperty("java.home");
      return new String[] {
        "linnet " + version,
        from == null ? java : java + " (" + from + "; LINNET_JAVA sets another)"
      };
    }
  }
}
