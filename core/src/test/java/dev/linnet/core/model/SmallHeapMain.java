package dev.linnet.core.model;

import java.nio.file.Path;

/** What {@link SmallHeapTest} runs in a JVM of its own: core's classes and this one. */
final class SmallHeapMain {
  private SmallHeapMain() {}

  /** Reads each file and prints its prediction for zeros, or why it is refused. */
  public static void main(String[] files) {
    System.out.println("heap " + Runtime.getRuntime().maxMemory());
    for (String file : files) {
      try (Predictor predictor = Model.read(Path.of(file)).predictor()) {
        Prediction prediction = null;
        for (int i = 0; i < 5; i++) { // again and again: a leak would show
          prediction = predictor.predict(new byte[64]);
        }
        System.out.println(prediction.index() + " " + prediction.probability());
      } catch (ModelException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
