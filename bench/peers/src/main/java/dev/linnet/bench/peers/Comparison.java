package dev.linnet.bench.peers;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came out of a case.
 *
 * @param of the case
 * @param linnet Linnet's speed in the case's unit: the median of all rounds
 * @param peer the peer's
 * @param ratio of both speeds, above 1 where Linnet is faster: the median of the rounds' ratios,
 *     and its interval of 95 %
 * @param peak GFLOP/s of one core in these rounds
 * @param difference how far the results are apart, by {@link Agreement}
 */
record Comparison(
    Case of,
    double linnet,
    double peer,
    Statistics.Median ratio,
    double peak,
    Agreement.Difference difference) {
  /** Linnet's share of the peak of all its threads. */
  double fractionOfPeak() {
    double gflops = linnet * of.gigaflops() / of.quantity();
    return gflops / (peak * of.threads());
  }

  /** Whether both engines computed the same. */
  boolean agrees() {
    return difference.error() <= of.tolerance();
  }

  /** The members of the JSON object. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("group", of.group());
    json.put("name", of.name());
    json.put("threads", of.threads());
    json.put("linnet", linnet);
    json.put("peer", peer);
    json.put("peerName", of.peerName());
    json.put("unit", of.unit());
    json.put("ratio", ratio.median());
    json.put("ratioLow", ratio.low());
    json.put("ratioHigh", ratio.high());
    json.put("fractionOfPeak", fractionOfPeak());
    json.put("peak", peak);
    double error = difference.error();
    json.put("error", Double.isFinite(error) ? error : "not finite");
    return json;
  }
}
