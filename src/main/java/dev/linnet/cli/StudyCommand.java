package dev.linnet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Will compare strategies; says that this version does not. */
@Command(
    name = "study",
    description = {
      "Compare search strategies with each other, many times over.",
      "",
      "This version does not have it yet. What there is: every search reports random search at the"
          + " same number of evaluations beside its own result."
    },
    footer = "  linnet search --strategy random --seed 7")
final class StudyCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new CommandException(
        "this version has no study yet; linnet search compares its strategy with random search");
  }
}
