package dev.linnet.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/**
 * A file that was written when the format was made, with every operation in it. It is never written
 * anew: if it is no longer read, models of users are not either.
 */
final class FirstVersionTest {
  @Test
  void aFileOfTheFirstVersionIsStillReadAndPredictsTheSame() throws IOException {
    Model model;
    try (InputStream in = FirstVersionTest.class.getResourceAsStream("version-1.linnet")) {
      model = Model.read(in);
    }
    assertEquals(
        "c310d202dc5f3fe79401a963163d0bcb368fc50c3943cab2ddf535cabe7bf2c9",
        model.weightsChecksum());
    assertEquals("class 3", model.labels().get(3));
    assertEquals("conv:3f9a:0.2.1", model.genotype());
    assertEquals(1234567890123456789L, model.provenance().entries().get(Provenance.SEED));
    byte[] pixels = new byte[7 * 9 * 2];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (37 * i);
    }
    float[] image = new float[pixels.length];
    model.preprocessing().apply(pixels, image);
    float[] expected = {4.038276f, -7.530865f, -8.038105f, 4.091458f, -0.8686376f};
    assertArrayEquals(expected, model.predictor().logits(image), 1e-5f);
  }
}
