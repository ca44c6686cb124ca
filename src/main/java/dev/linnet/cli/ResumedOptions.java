package dev.linnet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.search.Event;
import dev.linnet.search.EventLog;
import dev.linnet.search.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a run as its log has them: the arguments of the command line that began it, in the
 * stamp of its first event. A command that resumes the run is that command line again.
 */
final class ResumedOptions {
  private static final String ARGUMENTS = "arguments";

  /** Options that may be others when a run goes on: no result depends on them. */
  static final Set<String> FREE =
      Set.of("--resume", "--out", "--threads", "--parallel", "--isolate", "--quiet", "--verbose");

  private ResumedOptions() {}

  /** The first event with the arguments in its stamp; others as they are. */
  static Event stamped(Event event, List<String> arguments) {
    if (!event.type().equals("run")) {
      return event;
    }
    ObjectNode stamp = event.stamp().deepCopy();
    arguments.forEach(stamp.putArray(ARGUMENTS)::add);
    return new Event(event.type(), event.fields(), stamp);
  }

  /**
   * Checks that a log has a first event, or nothing but a part of it.
   *
   * @throws CommandException if its first line is damaged: going on would delete the others
   */
  static void requireBegun(RunFolder run, EventLog.Content content) throws IOException {
    if (content.events().isEmpty()
        && Files.readString(run.events(), StandardCharsets.ISO_8859_1).contains("\n")) {
      throw new CommandException(
          content.damage().orElse(run.events() + ": the run was interrupted before it began")
              + "; there is nothing to go on with, --overwrite starts the run anew");
    }
  }

  /** The arguments that a first event has in its stamp; none if it has none. */
  static List<String> arguments(Event begin) {
    List<String> arguments = new ArrayList<>();
    for (JsonNode argument : begin.stamp().path(ARGUMENTS)) {
      arguments.add(argument.asText());
    }
    return arguments;
  }

  /**
   * The command that began a run, with what the new command may change.
   *
   * @param arguments those that it was begun with
   * @param given the new command
   * @param main the new command's parent
   * @throws CommandException if there are none
   * @throws UsageException if the new command contradicts it
   */
  static SearchCommand of(List<String> arguments, CommandSpec given, Main main, Path folder) {
    SearchCommand command = recorded(arguments, given, main, folder);
    CommandLine line = given.commandLine();
    CommandSpec recorded = command.spec();
    for (OptionSpec option : line.getParseResult().matchedOptions()) {
      OptionSpec before = recorded.findOption(option.longestName());
      if (FREE.contains(option.longestName())) {
        setTo(before, option.getValue());
      } else if (!Objects.equals(before.getValue(), option.getValue())) {
        throw new UsageException(contradiction(option, before, folder));
      }
    }
    return command;
  }

  /**
   * The command that began a run.
   *
   * @param arguments those that it was begun with
   * @throws CommandException if there are none
   */
  static SearchCommand recorded(List<String> arguments, CommandSpec given, Main main, Path folder) {
    if (arguments.isEmpty()) {
      throw new CommandException(folder + ": the log does not say by what options it was begun");
    }
    CommandLine line = given.commandLine();
    CommandLine again =
        Main.commandLine(
            arguments.toArray(String[]::new), line.getOut(), line.getErr(), main.start());
    return again
        .parseArgs(arguments.toArray(String[]::new))
        .subcommand()
        .commandSpec()
        .commandLine()
        .getCommand();
  }

  private static void setTo(OptionSpec option, Object value) {
    try {
      option.setter().set(value);
    } catch (Exception e) { // a field of our own: it takes what was parsed for it
      throw new IllegalStateException(option.longestName() + " cannot be set", e);
    }
  }

  private static String contradiction(OptionSpec option, OptionSpec before, Path folder) {
    String name = option.longestName();
    String found = before.getValue() == null ? "none" : String.valueOf(before.<Object>getValue());
    return name
        + " "
        + option.getValue()
        + ": the run in "
        + folder
        + " was begun with "
        + found
        + "; leave "
        + name
        + " out to go on with it, or name another --out";
  }
}
