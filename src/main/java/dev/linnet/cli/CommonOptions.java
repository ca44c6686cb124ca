package dev.linnet.cli;

import picocli.CommandLine.Option;

/** The options of every command; {@link Main} adds them. */
@SuppressWarnings("UnusedVariable") // read through the model of the command line
final class CommonOptions {
  @Option(names = "--verbose", description = "Show the stack trace of a failure.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;
}
