package dev.linnet.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** The backends that the launcher could not give to Java, and why. */
final class LeftOut {
  private static final String PROPERTY = "linnet.left-out";

  private LeftOut() {}

  /** Reasons by the backend's name. */
  static Map<String, String> all() {
    Map<String, String> result = new LinkedHashMap<>();
    for (String each : System.getProperty(PROPERTY, "").split(";")) {
      int colon = each.indexOf(':');
      if (colon > 0) {
        result.put(each.substring(0, colon), each.substring(colon + 1).strip());
      }
    }
    return result;
  }
}
