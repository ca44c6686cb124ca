package dev.linnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class ArchitecturePictureTest {
  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static int count(Document svg, String element, String style) {
    NodeList all = svg.getElementsByTagName(element);
    int count = 0;
    for (int i = 0; i < all.getLength(); i++) {
      count += ((Element) all.item(i)).getAttribute("class").equals(style) ? 1 : 0;
    }
    return count;
  }

  @Test
  void everyBoxAndConnectionIsDrawnAsWellFormedSvg() throws Exception {
    ArchitecturePicture picture = new ArchitecturePicture(SampleNetworks.residual());
    Document svg = parse(picture.svg(1000));
    assertEquals(12, picture.size());
    assertEquals(12, svg.getElementsByTagName("g").getLength());
    assertEquals(12, count(svg, "path", "way"));
    assertEquals(12, count(svg, "path", "head"));
    assertEquals(1, count(svg, "g", "gate"));
    assertEquals(1, svg.getElementsByTagName("circle").getLength());
  }

  @Test
  void theLargestBarFillsItsBox() throws Exception {
    Document svg = parse(new ArchitecturePicture(SampleNetworks.residual()).svg(1000));
    NodeList rects = svg.getElementsByTagName("rect");
    double widest = 0;
    double box = 0;
    for (int i = 0; i < rects.getLength(); i++) {
      Element rect = (Element) rects.item(i);
      double width = Double.parseDouble(rect.getAttribute("width"));
      boolean bar = rect.getAttribute("class").equals("bar");
      widest = bar ? Math.max(widest, width) : widest;
      box = bar ? box : Math.max(box, width);
    }
    assertEquals(box - 12, widest, 0.11);
  }

  @Test
  void theSamePictureIsDrawnTwice() {
    String first = new ArchitecturePicture(SampleNetworks.branches()).svg(1000);
    assertEquals(first, new ArchitecturePicture(SampleNetworks.branches()).svg(1000));
    assertTrue(first.contains(">concat</text>"));
  }
}
