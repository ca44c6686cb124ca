package dev.linnet.bench;

import dev.linnet.core.exec.Backends;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run was asked for.
 *
 * @param backend a name, or {@code auto}
 * @param threads of the backend
 * @param quick shorter runs, and without a filter fewer cases
 * @param tiles measures the tiles of the vector backend instead
 * @param filter text in the names of the cases, or null
 * @param verbose prints all that the forks print
 * @param model the file of a model whose inference is measured instead, or null
 * @param json the file for the figures, or null
 * @param roofline the file for the picture, or null
 * @param check the folder with the baselines to compare with, or null
 * @param accept the folder for a new baseline, or null
 * @param record the folder with the history to add to, or null
 */
record Options(
    String backend,
    int threads,
    boolean quick,
    boolean tiles,
    String filter,
    boolean verbose,
    Path model,
    Path json,
    Path roofline,
    Path check,
    Path accept,
    Path record) {

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException naming the option that is wrong, and what would be right
   */
  static Options parse(String... args) {
    String backend = Backends.AUTO;
    int threads = 1;
    boolean quick = false;
    boolean tiles = false;
    boolean verbose = false;
    String filter = null;
    Path model = null;
    Path json = null;
    Path roofline = null;
    Path check = null;
    Path accept = null;
    Path record = null;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--quick" -> quick = true;
        case "--tiles" -> tiles = true;
        case "--verbose" -> verbose = true;
        case "--backend" -> backend = value(args, i++);
        case "--threads" -> threads = number(args[i], value(args, i++));
        case "--filter" -> filter = value(args, i++);
        case "--model" -> model = Path.of(value(args, i++));
        case "--json" -> json = Path.of(value(args, i++));
        case "--roofline" -> roofline = Path.of(value(args, i++));
        case "--check" -> check = Path.of(value(args, i++));
        case "--accept" -> accept = Path.of(value(args, i++));
        case "--record" -> record = Path.of(value(args, i++));
        default ->
            throw new IllegalArgumentException(
                "unknown option "
                    + args[i]
                    + "; there are --backend, --threads, --quick, --tiles, --filter, --verbose,"
                    + " --model, --json, --roofline, --check, --accept, --record");
      }
    }
    Options options =
        new Options(
            backend, threads, quick, tiles, filter, verbose, model, json, roofline, check, accept,
            record);
    if (tiles) {
      options.checkTiles();
    }
    return options;
  }

  /** Refuses what would have no effect on tiles. */
  private void checkTiles() {
    Map<String, Object> others = new LinkedHashMap<>();
    others.put("--filter", filter);
    others.put("--model", model);
    others.put("--roofline", roofline);
    others.put("--check", check);
    others.put("--accept", accept);
    others.put("--record", record);
    others.forEach(
        (option, value) -> {
          if (value != null) {
            throw new IllegalArgumentException(
                "--tiles goes with --json and --quick only, got " + option + " " + value);
          }
        });
    if (!backend.equals(Backends.AUTO) && !backend.equals(Tiles.BACKEND)) {
      throw new IllegalArgumentException(
          "--tiles measures --backend " + Tiles.BACKEND + " only, got " + backend);
    }
    if (threads != 1) {
      throw new IllegalArgumentException("--tiles measures --threads 1 only, got " + threads);
    }
  }

  private static String value(String[] args, int option) {
    if (option + 1 == args.length) {
      throw new IllegalArgumentException(args[option] + " needs a value");
    }
    return args[option + 1];
  }

  private static int number(String option, String value) {
    if (!value.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(option + " needs a positive number, got " + value);
    }
    return Integer.parseInt(value);
  }
}
