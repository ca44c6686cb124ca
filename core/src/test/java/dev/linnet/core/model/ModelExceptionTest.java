package dev.linnet.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ModelExceptionTest {
  @Test
  void aMessageIsOneLineOfBoundedLength() {
    assertEquals(
        "file: a b c d e", new ModelException("file", "a\nb\r\n\tc\u2028d\u0085e").getMessage());
    assertEquals(601, new ModelException("file", "x".repeat(100_000)).getMessage().length());
  }
}
