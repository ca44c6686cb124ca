package dev.linnet.bench.cases;

/** What of a convolution or a dense layer is computed. */
public enum Pass {
  /** The result. */
  FORWARD("forward"),
  /** The gradient with respect to the input. */
  DATA("data"),
  /** The gradient with respect to the weights. */
  WEIGHTS("weights");

  private final String label;

  Pass(String label) {
    this.label = label;
  }

  /** As in the names of cases. */
  public String label() {
    return label;
  }
}
