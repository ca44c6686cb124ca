package dev.linnet.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NpyHeaderTest {

  private static NpyHeader read(byte[] bytes) {
    return NpyHeader.read(new BoundedInput("array", new ByteArrayInputStream(bytes), bytes.length));
  }

  private static NpyHeader parse(String header) {
    return read(Fixtures.npy(header, new byte[0]));
  }

  private static void assertRefused(String reason, byte[] bytes) {
    Exception error = assertThrows(DataException.class, () -> read(bytes));
    assertEquals("array: " + reason, error.getMessage());
  }

  private static void assertHeaderRefused(String reason, String header) {
    assertRefused(reason, Fixtures.npy(header, new byte[0]));
  }

  @Test
  void numpysOwnHeaderIsUnderstood() {
    NpyHeader header =
        parse("{'descr': '|u1', 'fortran_order': False, 'shape': (4708, 28, 28), }          ");
    assertEquals(new NpyHeader("|u1", List.of(4708, 28, 28)), header);
    assertEquals(4708L * 28 * 28, header.values());
  }

  @Test
  void otherOrdersSpacesAndRanksAreUnderstood() {
    assertEquals(
        new NpyHeader("<i8", List.of(3)),
        parse("{'shape':(3,),'fortran_order':False,'descr':'<i8'}"));
    assertEquals(
        new NpyHeader("<f4", List.of()),
        parse("{'descr': '<f4', 'fortran_order': False, 'shape': ()}"));
    assertEquals(
        new NpyHeader("<f4", List.of(2, 3)),
        parse("{ 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 2L , 3L ) , }"));
  }

  @Test
  void versionsTwoAndThreeHaveALongerLength() {
    byte[] text =
        "{'descr': '|u1', 'fortran_order': False, 'shape': (7,)}".getBytes(StandardCharsets.UTF_8);
    for (byte version = 2; version <= 3; version++) {
      ByteBuffer buffer = ByteBuffer.allocate(12 + text.length).order(ByteOrder.LITTLE_ENDIAN);
      buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
      buffer.put(version).put((byte) 0).putInt(text.length).put(text);
      assertEquals(List.of(7), read(buffer.array()).shape());
    }
  }

  @Test
  void otherVersionsMagicAndLengthsAreRefused() {
    byte[] good = Fixtures.npy("|u1", "(7,)", new byte[0]);
    byte[] magic = good.clone();
    magic[1] = 'X';
    assertRefused("is not a NumPy array: it does not begin with \\x93NUMPY", magic);
    byte[] version = good.clone();
    version[6] = 4;
    assertRefused("has npy version 4; 1, 2 and 3 are known", version);
    byte[] length = good.clone();
    length[6] = 2;
    length[10] = 0x7F;
    length[11] = 0x7F;
    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 1 << 30);
    assertRefused("has an npy header of 1073741824 bytes; at most 65536 are read", length);
    length[6] = 1;
    length[9] = 0x7F;
    assertRefused(
        "is truncated or its header is wrong: the npy header should take 32512 bytes, the file"
            + " ends before",
        length);
  }

  @Test
  void fortranOrderAndRecordsAreRefused() {
    assertHeaderRefused(
        "is stored in Fortran order; C order is needed (numpy.ascontiguousarray)",
        "{'descr': '|u1', 'fortran_order': True, 'shape': (7, 2)}");
    assertHeaderRefused(
        "holds records of type [('a', '<i4')]; plain numbers are needed",
        "{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (7, 2)}");
  }

  @Test
  void whatIsNoHeaderIsRefused() {
    assertHeaderRefused("has an npy header that is no dictionary: hello", "hello");
    assertHeaderRefused(
        "has an npy header that cannot be understood: {'descr': open('x')}",
        "{'descr': open('x')}");
    assertHeaderRefused("has an unknown npy header entry 'extra'", "{'extra': True}");
    assertHeaderRefused(
        "has an npy header without descr, fortran_order or shape: {'descr': '|u1'}",
        "{'descr': '|u1'}");
    assertHeaderRefused(
        "has the npy shape (-1, 2), which is not made of numbers",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 2)}");
    assertHeaderRefused(
        "has the npy shape (3000000000,), larger than an array can be",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (3000000000,)}");
    assertHeaderRefused(
        "has the npy shape 5, which is no tuple",
        "{'descr': '|u1', 'fortran_order': False, 'shape': 5}");
  }

  @Test
  void theNumberOfValuesDoesNotOverflow() {
    int most = Integer.MAX_VALUE;
    assertEquals(Long.MAX_VALUE, new NpyHeader("|u1", List.of(most, most, most, most)).values());
    assertEquals(0, new NpyHeader("|u1", List.of(most, most, 0)).values());
  }
}
