package dev.linnet.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetadataTest {
  private static Metadata metadata(List<String> labels) {
    Preprocessing images = new Preprocessing(1, 1, 1, new float[1], new float[] {1});
    return new Metadata(labels, images, "", "", Provenance.empty());
  }

  @Test
  void labelsAreDistinctAndThereIsOne() {
    assertEquals(
        "labels: \"cat\" stands twice; class labels must be distinct",
        assertThrows(IllegalArgumentException.class, () -> metadata(List.of("cat", "dog", "cat")))
            .getMessage());
    assertEquals(
        "labels: there is none; a model needs one for each class",
        assertThrows(IllegalArgumentException.class, () -> metadata(List.of())).getMessage());
  }

  @Test
  void theLabelsAreCopied() {
    List<String> labels = new ArrayList<>(List.of("cat", "dog"));
    Metadata metadata = metadata(labels);
    labels.clear();
    assertEquals(List.of("cat", "dog"), metadata.labels());
  }
}
