package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class DataExceptionTest {

  @Test
  void theMessageIsOneLineThatBeginsWithTheSource() {
    DataException error = new DataException("a.npz", "is broken\n  in two places\r\n");
    assertEquals("a.npz: is broken in two places", error.getMessage());
    assertEquals("a.npz", error.source());
  }
}
