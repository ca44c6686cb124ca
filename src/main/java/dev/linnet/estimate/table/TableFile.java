package dev.linnet.estimate.table;

import dev.linnet.core.data.DataException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Reads tables: NAS-Bench-Macro's JSON and NAS-Bench-201 as CSV by what the files look like, any
 * other CSV or JSON lines by a schema. A name that ends in {@code .gz} is unpacked.
 */
public final class TableFile {
  private static final int START = 4096;
  private static final List<String> ENDINGS = List.of(".json", ".csv", ".jsonl");

  private TableFile() {}

  /**
   * Reads one of the published tables.
   *
   * @param path a file, or a folder with one such file in it
   * @throws DataException in one line: there is no such file, it is none of the tables, or a line
   *     of it is wrong
   */
  public static Table read(Path path) {
    Path file = file(path);
    String source = file.toString();
    return reading(
        file,
        () -> {
          String start = start(file);
          if (isMacro(start)) {
            try (InputStream in = open(file)) {
              return MacroReader.read(source, in);
            }
          }
          String line = start.lines().findFirst().orElse("");
          List<String> header = Arrays.asList(line.split(",", -1));
          if (!NasBench201.is(header)) {
            throw new DataException(
                file,
                "neither NAS-Bench-Macro's JSON nor NAS-Bench-201 as CSV; --schema describes any"
                    + " other CSV or JSON lines");
          }
          return SchemaTable.read(
              source,
              NasBench201.schema(source, header),
              columns -> new CsvRecords(source, reader(file), columns));
        });
  }

  /**
   * Reads a table that a schema describes; see {@code docs/tables.md}.
   *
   * @param path a file, or a folder with one file in it that could be a table
   * @param schema a JSON file
   * @throws DataException in one line that names line and column, or the part of the schema
   */
  public static Table read(Path path, Path schema) {
    Schema described =
        reading(
            schema, () -> SchemaReader.read(schema.toString(), Files.readString(regular(schema))));
    Path file = file(path);
    String source = file.toString();
    return reading(file, () -> SchemaTable.read(source, described, columns -> rows(file, columns)));
  }

  private static Records rows(Path file, List<String> columns) throws IOException {
    BufferedReader in = reader(file);
    String start = start(file).stripLeading();
    return start.startsWith("{")
        ? new JsonLinesRecords(file.toString(), in, columns)
        : new CsvRecords(file.toString(), in, columns);
  }

  /** What reads a file. */
  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T reading(Path file, Reading<T> reading) {
    try {
      return reading.read();
    } catch (CharacterCodingException e) {
      throw new DataException(file.toString(), "this is no text in UTF-8", e);
    } catch (IOException e) {
      throw new DataException(file.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path regular(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DataException(file, Files.exists(file) ? "this is no file" : "no such file");
    }
    return file;
  }

  /** The file itself, or the only one in a folder that could be a table. */
  private static Path file(Path path) {
    if (!Files.isDirectory(path)) {
      return regular(path);
    }
    List<Path> candidates =
        reading(
            path,
            () -> {
              try (Stream<Path> files = Files.list(path)) {
                return files.filter(TableFile::couldBeTable).sorted().toList();
              }
            });
    if (candidates.size() != 1) {
      throw new DataException(
          path,
          "one file %s was expected in this folder (or that with .gz), there are %d"
              .formatted(String.join(", ", ENDINGS), candidates.size()));
    }
    return candidates.get(0);
  }

  private static boolean couldBeTable(Path file) {
    String name = file.getFileName().toString();
    return ENDINGS.stream().anyMatch(e -> name.endsWith(e) || name.endsWith(e + ".gz"));
  }

  /** Whether a text starts as NAS-Bench-Macro does: an object of which a member is a number. */
  private static boolean isMacro(String start) {
    return Pattern.compile("\\{\\s*\"[0-9]+\"").matcher(start).lookingAt();
  }

  /** The first characters of a file, blanks at its very start left out. */
  private static String start(Path file) throws IOException {
    try (InputStream in = open(file)) {
      byte[] bytes = in.readNBytes(START);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
  }

  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(open(file), StandardCharsets.UTF_8.newDecoder()), 1 << 16);
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
  }
}
