package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * What a command said and how it ended.
 *
 * @param code its exit code
 * @param out what it printed on stdout
 * @param err what it printed on stderr
 */
record Cli(int code, String out, String err) {

  /** Runs a command in this process. */
  static Cli run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(args, new PrintWriter(out), new PrintWriter(err));
    return new Cli(code, out.toString(), err.toString());
  }

  /** It must have ended well. */
  Cli succeeded() {
    assertEquals(0, code, err);
    return this;
  }

  /**
   * It must have printed nothing but one line on stderr.
   *
   * @param words what must be in that line
   */
  void failed(int expected, String... words) {
    assertEquals(expected, code, err);
    assertEquals("", out);
    oneLine(words);
  }

  /**
   * It must have printed one line on stderr.
   *
   * @param words what must be in it
   */
  void oneLine(String... words) {
    List<String> lines = err.lines().toList();
    assertEquals(1, lines.size(), err);
    assertTrue(lines.get(0).startsWith("linnet: "), err);
    for (String word : words) {
      assertTrue(lines.get(0).contains(word), () -> "'" + word + "' is not in: " + err);
    }
  }
}
