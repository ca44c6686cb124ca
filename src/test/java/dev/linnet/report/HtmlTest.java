package dev.linnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class HtmlTest {
  @Test
  void textIsEscapedAndMarkupIsKept() {
    Html bold = Html.of("<b title=\"%s\">%s</b>", "a\"b'", "x < y & z");
    assertEquals("<b title=\"a&quot;b&#39;\">x &lt; y &amp; z</b>", bold.markup());
    assertEquals("<p>" + bold.markup() + "100 %</p>", Html.of("<p>%s100 %%</p>", bold).markup());
  }

  @Test
  void controlCharactersDoNotReachThePage() {
    assertEquals("a\uFFFDb\n", Html.escape("a\u0000b\n"));
  }
}
