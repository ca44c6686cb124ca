package dev.linnet.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The comparisons as a table that grows, and as JSON. */
final class Report {
  private static final int PERCENT = 100;

  private final PrintWriter out;
  private final List<Comparison> all = new ArrayList<>();

  /** A table on {@code out}. */
  Report(PrintWriter out) {
    this.out = out;
  }

  /** Prints what the columns are. */
  void head(String peers) {
    out.println(peers);
    out.println(
        "threads, speed of Linnet and of the peer, their ratio (above 1: Linnet is faster) with its"
            + " interval of 95 %, Linnet's share of the FMA peak, largest relative difference");
    out.println();
    out.flush();
  }

  /** Prints a row. */
  void add(Comparison c) {
    all.add(c);
    out.printf(
        Locale.ROOT,
        "%-16s %-34s %d %10.1f %10.1f %-9s %6.2f  %5.2f–%-5.2f %5.0f %%  %7.1e%s%n",
        c.of().group(),
        c.of().name(),
        c.of().threads(),
        c.linnet(),
        c.peer(),
        c.of().unit(),
        c.ratio().median(),
        c.ratio().low(),
        c.ratio().high(),
        PERCENT * c.fractionOfPeak(),
        c.difference().error(),
        c.agrees()
            ? ""
            : "  WRONG in " + c.difference().name() + ": at most " + c.of().tolerance());
    out.flush();
  }

  /** Prints what a group comes to. */
  void summary(String group, int threads) {
    List<Comparison> members =
        all.stream()
            .filter(c -> c.of().group().equals(group) && c.of().threads() == threads)
            .toList();
    if (members.isEmpty()) {
      return;
    }
    double[] ratios = members.stream().mapToDouble(c -> c.ratio().median()).toArray();
    Comparison worst = members.get(0);
    for (Comparison c : members) {
      worst = c.ratio().median() < worst.ratio().median() ? c : worst;
    }
    out.printf(
        Locale.ROOT,
        "%s, %d thread%s: geometric mean of the ratios %.2f, the lowest %.2f (%s), peak %.0f GFLOP/s"
            + " a core%n%n",
        group,
        threads,
        threads == 1 ? "" : "s",
        Statistics.geometricMean(ratios),
        worst.ratio().median(),
        worst.of().name(),
        Statistics.median(members.stream().mapToDouble(Comparison::peak).toArray()).median());
    out.flush();
  }

  /** Whether all engines agree on everything. */
  boolean agrees() {
    return all.stream().allMatch(Comparison::agrees);
  }

  /** Writes a list of objects. */
  void write(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.write(file, mapper.writeValueAsBytes(all.stream().map(Comparison::json).toList()));
  }
}
