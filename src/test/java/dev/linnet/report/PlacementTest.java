package dev.linnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.graph.Graph;
import dev.linnet.report.Placement.Point;
import dev.linnet.report.Tracks.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PlacementTest {
  private static final double BOX = 150;

  private static List<List<Block>> networks() {
    List<List<Block>> networks = new ArrayList<>();
    for (Graph graph :
        List.of(
            SampleNetworks.residual(),
            SampleNetworks.branches(),
            SampleNetworks.cells(3, "3x3", "skip", "1x1", "3x3", "pool", "3x3"),
            SampleNetworks.cells(3, "skip", "none", "3x3", "1x1", "3x3", "skip"))) {
      networks.add(Blocks.of(graph));
    }
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      networks.add(any(random));
    }
    return networks;
  }

  /** Boxes with inputs drawn from all before, so that also odd networks are placed. */
  private static List<Block> any(Random random) {
    List<Block> blocks = new ArrayList<>();
    int size = 1 + random.nextInt(40);
    for (int i = 0; i < size; i++) {
      List<Integer> inputs = new ArrayList<>();
      for (int k = 0; i > 0 && k <= random.nextInt(3); k++) {
        int input = random.nextBoolean() ? i - 1 : random.nextInt(i);
        if (!inputs.contains(input)) {
          inputs.add(input);
        }
      }
      Block.Kind kind = inputs.size() > 1 ? Block.Kind.SUM : Block.Kind.CONV;
      blocks.add(new Block(kind, "box " + i, List.of(), "1×1×1", inputs, 1, 1));
    }
    return blocks;
  }

  @Test
  void noBoxCoversAnother() {
    for (List<Block> blocks : networks()) {
      Placement placement = new Placement(blocks, BOX, 900);
      for (int a = 0; a < blocks.size(); a++) {
        for (int b = 0; b < a; b++) {
          Point p = placement.centre(a);
          Point q = placement.centre(b);
          boolean apart =
              Math.abs(p.x() - q.x()) >= (placement.width(a) + placement.width(b)) / 2
                  || Math.abs(p.y() - q.y()) >= (placement.height(a) + placement.height(b)) / 2;
          assertTrue(apart, () -> "boxes cover each other in " + blocks);
        }
      }
    }
  }

  @Test
  void noConnectionRunsThroughABox() {
    for (List<Block> blocks : networks()) {
      Placement placement = new Placement(blocks, BOX, 900);
      for (Connection connection : placement.connections()) {
        List<Point> way = placement.way(connection);
        for (int box = 0; box < blocks.size(); box++) {
          for (int i = 1; i < way.size(); i++) {
            boolean through = crosses(placement, box, way.get(i - 1), way.get(i));
            int at = box;
            assertFalse(through, () -> connection + " runs through box " + at + " in " + blocks);
          }
        }
      }
    }
  }

  private static boolean crosses(Placement placement, int box, Point a, Point b) {
    Point centre = placement.centre(box);
    double x = placement.width(box) / 2 - 0.5;
    double y = placement.height(box) / 2 - 0.5;
    return Math.max(a.x(), b.x()) > centre.x() - x
        && Math.min(a.x(), b.x()) < centre.x() + x
        && Math.max(a.y(), b.y()) > centre.y() - y
        && Math.min(a.y(), b.y()) < centre.y() + y;
  }

  @Test
  void connectionsStartBelowTheirBoxAndRunAlongTheAxes() {
    for (List<Block> blocks : networks()) {
      Placement placement = new Placement(blocks, BOX, 900);
      for (Connection connection : placement.connections()) {
        List<Point> way = placement.way(connection);
        Point start = placement.centre(connection.from());
        double foot = start.y() + placement.height(connection.from()) / 2;
        assertEquals(new Point(start.x(), foot), way.get(0));
        for (int i = 1; i < way.size(); i++) {
          Point a = way.get(i - 1);
          Point b = way.get(i);
          assertTrue(a.x() == b.x() || a.y() == b.y(), () -> a + " to " + b + " is slanted");
        }
      }
    }
  }

  @Test
  void everythingIsInsideThePicture() {
    for (List<Block> blocks : networks()) {
      Placement placement = new Placement(blocks, BOX, 900);
      for (Connection connection : placement.connections()) {
        for (Point p : placement.way(connection)) {
          assertTrue(p.x() > 0 && p.x() < placement.width(), p::toString);
          assertTrue(p.y() > 0 && p.y() < placement.height(), p::toString);
        }
      }
    }
  }

  @Test
  void aLongChainIsFoldedIntoTheWidth() {
    List<Block> chain = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<Integer> inputs = i == 0 ? List.of() : List.of(i - 1);
      chain.add(new Block(Block.Kind.CONV, "box", List.of(), "1", inputs, 1, 1));
    }
    Placement folded = new Placement(chain, BOX, 900);
    Placement column = new Placement(chain, BOX, 200);
    assertTrue(folded.width() > 600 && folded.width() <= 900, "width " + folded.width());
    assertTrue(folded.height() < column.height() / 3, "height " + folded.height());
    assertTrue(column.width() <= 200, "width " + column.width());
  }
}
