package dev.linnet.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The options of commands that take their time. */
final class ProgressOptions {
  /** Set by the launcher where stderr is a terminal; Java itself cannot tell. */
  private static final String TERMINAL = "linnet.terminal";

  @Option(names = "--quiet", description = "No progress on stderr.")
  private boolean quiet;

  /** Opens what fits stderr: a bar on a terminal, plain lines elsewhere, nothing if quiet. */
  Display open(PrintWriter err) {
    if (quiet) {
      return new Silence();
    }
    return Boolean.getBoolean(TERMINAL)
        ? new ProgressBar(err, System::nanoTime)
        : new PlainProgress(err, System::nanoTime);
  }

  private record Silence() implements Display {
    @Override
    public void phase(String what, long total) {}

    @Override
    public void step(long done) {}

    @Override
    public void remaining(double seconds) {}

    @Override
    public void line(String text) {}

    @Override
    public void finish() {}
  }
}
