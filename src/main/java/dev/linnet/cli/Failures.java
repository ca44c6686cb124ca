package dev.linnet.cli;

import dev.linnet.core.data.DataException;
import dev.linnet.core.exec.DeviceMemoryException;
import dev.linnet.core.model.ModelException;
import dev.linnet.core.train.DivergedException;
import dev.linnet.search.RunException;
import dev.linnet.text.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever goes wrong into one line on stderr and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** A command that could not be carried out. */
  static final int FAILURE = 1;

  /** A command that is wrong in itself. */
  static final int USAGE = 2;

  /** A command that the user ended early: 128 + SIGINT. */
  static final int INTERRUPTED = 130;

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    // a missing option may be there, but misspelt
    List<String> unmatched = command.getUnmatchedArguments();
    String reason =
        unmatched.isEmpty() ? lowerFirst(e.getMessage()) : unmatched(command, unmatched.get(0));
    print(command.getErr(), reason + "; see " + command.getCommandSpec().qualifiedName() + " -h");
    return USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    return report(e, command.getErr(), verbose(command));
  }

  /**
   * Prints one line about it.
   *
   * @param verbose whether the stack trace follows
   * @return the exit code
   */
  static int report(Throwable e, PrintWriter err, boolean verbose) {
    print(err, message(e));
    if (verbose) {
      e.printStackTrace(err);
      err.flush();
    }
    return e instanceof UsageException ? USAGE : FAILURE;
  }

  private static void print(PrintWriter err, String reason) {
    err.println("linnet: " + reason.strip().replaceAll("\\s*\\R\\s*", " "));
    err.flush();
  }

  private static String message(Throwable e) {
    if (e instanceof UsageException
        || e instanceof CommandException
        || e instanceof DeviceMemoryException
        || e instanceof DataException
        || e instanceof ModelException
        || e instanceof RunException
        || e instanceof DivergedException) {
      return e.getMessage();
    }
    if (e instanceof UncheckedIOException unchecked) {
      boolean silent = unchecked.getMessage().equals(unchecked.getCause().toString());
      return silent ? reason(unchecked.getCause()) : unchecked.getMessage();
    }
    if (e instanceof IOException io) {
      return reason(io);
    }
    if (e instanceof OutOfMemoryError) {
      long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
      return "out of memory: the Java heap has at most "
          + mebibytes
          + " MB; a smaller --max-params or LINNET_OPTS=-Xmx… gives room";
    }
    return "this should not happen: " + e + "; --verbose shows where";
  }

  /** What the platform leaves to the class of the exception, in words. */
  static String reason(IOException e) {
    if (e instanceof FileSystemException file && file.getFile() != null) {
      String reason = file.getReason();
      if (e instanceof NoSuchFileException) {
        reason = "no such file or folder";
      } else if (e instanceof AccessDeniedException) {
        reason = "permission denied";
      } else if (e instanceof FileAlreadyExistsException) {
        reason = "exists already and is no folder";
      } else if (e instanceof NotDirectoryException) {
        reason = "is no folder";
      }
      return file.getFile() + ": " + (reason == null ? "cannot be read or written" : reason);
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Whether {@code --verbose} was said. */
  static boolean verbose(CommandLine command) {
    OptionSpec option = command.getCommandSpec().findOption("--verbose");
    return option != null && Boolean.TRUE.equals(option.getValue());
  }

  private static String unmatched(CommandLine command, String word) {
    if (word.startsWith("-") && word.length() > 1) {
      List<String> known = new ArrayList<>();
      command.getCommandSpec().options().forEach(o -> known.addAll(List.of(o.names())));
      String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      return "unknown option '" + name + "'" + Nearest.question(name, known);
    }
    if (!command.getSubcommands().isEmpty()) {
      return Nearest.unknown("command", word, command.getSubcommands().keySet());
    }
    return "unexpected argument '" + word + "'";
  }

  private static String lowerFirst(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
