package dev.linnet.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A piece of HTML. Text enters escaped, so that no name of a class, a file or a genotype can become
 * markup.
 */
record Html(String markup) {
  /** Nothing. */
  static final Html NONE = new Html("");

  /** Text as it stands. */
  static Html text(String text) {
    return new Html(escape(text));
  }

  /**
   * Markup with {@code %s} where values go: pieces of HTML as they are, everything else escaped.
   *
   * @param pattern written by us, never read from a file
   */
  static Html of(String pattern, Object... values) {
    Object[] safe = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      safe[i] = values[i] instanceof Html html ? html.markup : escape(String.valueOf(values[i]));
    }
    return new Html(String.format(Locale.ROOT, pattern, safe));
  }

  /** Pieces one after the other. */
  static Html all(List<Html> pieces) {
    return new Html(pieces.stream().map(Html::markup).collect(Collectors.joining("\n")));
  }

  /** Text for element content and quoted attributes. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
      }
    }
    return safe.toString();
  }
}
