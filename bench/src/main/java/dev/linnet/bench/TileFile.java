package dev.linnet.bench;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.kernels.vector.TileMeasurement;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Measurements of tiles as JSON with one of them a line, to be kept and compared by eye. */
final class TileFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TileFile() {}

  /** The content of the file. */
  static String json(
      Options options, Machine machine, String backend, int bits, List<TileMeasurement> tiles) {
    ObjectNode head = JSON.createObjectNode();
    head.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    head.put("java", Runtime.version().toString());
    head.put("cpu", machine.key(bits));
    head.put("model", machine.model());
    head.put("backend", backend);
    head.put("vectorBits", bits);
    head.put("quick", options.quick());
    String open = head.toPrettyString();
    String rows =
        tiles.stream().map(tile -> "    " + node(tile)).collect(joining(",\n", "[\n", "\n  ]"));
    return open.substring(0, open.lastIndexOf('}')).stripTrailing()
        + ",\n  \"tiles\" : "
        + rows
        + "\n}\n";
  }

  private static ObjectNode node(TileMeasurement tile) {
    ObjectNode row = JSON.createObjectNode();
    row.put("rows", tile.rows());
    row.put("vectors", tile.vectors());
    row.put("taps", tile.taps());
    row.put("positions", tile.positions());
    row.put("chosen", tile.chosen());
    row.put("gflops", rounded(tile.gflops(), 1));
    row.put("peakGflops", rounded(tile.peak(), 1));
    row.put("fractionOfPeak", rounded(tile.fraction(), 3));
    return row;
  }

  private static BigDecimal rounded(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
  }
}
