package dev.linnet.estimate.table;

import dev.linnet.core.data.DataException;
import dev.linnet.text.Nearest;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Records with commas between the values (RFC 4180), the first line naming the columns. A quoted
 * value may hold commas and doubled quotes, but no line break. Blank lines are skipped.
 */
final class CsvRecords implements Records {
  private final String source;
  private final BufferedReader in;
  private final int columns;
  private final int[] wanted;
  private int line;

  /**
   * Reads the header.
   *
   * @param source what messages name
   * @throws DataException if a wanted column is not there, or a name occurs twice
   */
  CsvRecords(String source, BufferedReader in, List<String> wanted) throws IOException {
    this.source = source;
    this.in = in;
    List<String> header = header(in.readLine());
    line = 1;
    columns = header.size();
    this.wanted = wanted.stream().mapToInt(column -> index(column, header)).toArray();
  }

  /**
   * The names of the columns in a first line.
   *
   * @param first null if the file is empty
   */
  private List<String> header(String first) {
    if (first == null || first.isBlank()) {
      throw new DataException(source, "line 1: the names of the columns were expected");
    }
    line = 1;
    List<String> header = split(first.startsWith("\uFEFF") ? first.substring(1) : first);
    HashSet<String> seen = new HashSet<>();
    for (String name : header) {
      if (!seen.add(name)) {
        throw new DataException(source, "line 1: two columns are called \"" + name + "\"");
      }
    }
    return header;
  }

  private int index(String column, List<String> header) {
    int index = header.indexOf(column);
    if (index < 0) {
      throw new DataException(source, "line 1: " + Nearest.unknown("column", column, header));
    }
    return index;
  }

  @Override
  public Optional<String[]> next() throws IOException {
    String text;
    do {
      text = in.readLine();
      line++;
    } while (text != null && text.isBlank());
    if (text == null) {
      return Optional.empty();
    }
    List<String> all = split(text);
    if (all.size() != columns) {
      throw new DataException(
          source,
          "%s: %d values, but line 1 names %d columns".formatted(place(), all.size(), columns));
    }
    String[] values = new String[wanted.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.get(wanted[i]);
    }
    return Optional.of(values);
  }

  private List<String> split(String text) {
    List<String> values = new ArrayList<>();
    int at = 0;
    while (at <= text.length()) {
      int end;
      if (text.startsWith("\"", at)) {
        end = closingQuote(text, at);
        values.add(text.substring(at + 1, end).replace("\"\"", "\""));
        end++;
        if (end < text.length() && text.charAt(end) != ',') {
          throw new DataException(
              source, "%s: a comma was expected behind the quote at %d".formatted(place(), end));
        }
      } else {
        end = text.indexOf(',', at);
        end = end < 0 ? text.length() : end;
        values.add(text.substring(at, end).strip());
      }
      at = end + 1;
    }
    return values;
  }

  private int closingQuote(String text, int open) {
    int at = text.indexOf('"', open + 1);
    while (at >= 0 && text.startsWith("\"\"", at)) {
      at = text.indexOf('"', at + 2);
    }
    if (at < 0) {
      throw new DataException(
          source, "%s: the quote at %d is not closed".formatted(place(), open + 1));
    }
    return at;
  }

  @Override
  public String place() {
    return "line " + line;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
