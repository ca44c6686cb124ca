package dev.linnet.cli;

/** A space of small networks, as a file. */
final class SmallSpace {
  static final String JSON =
      """
      {
        "name": "small",
        "stem": {"channels": 8, "stride": 2},
        "stages": [
          {
            "block": {"operation": ["conv", "separable"], "kernel": [1, 3]},
            "blocks": {"from": 1, "to": 2},
            "channels": [8, 16]
          }
        ]
      }
      """;

  private SmallSpace() {}
}
