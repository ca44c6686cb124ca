package dev.linnet.search;

import dev.linnet.core.exec.ParameterStore.Stored;
import dev.linnet.core.tensor.Shape;
import dev.linnet.core.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Tensors as they stood at a place of a run's log. It can only be used by a run whose log is the
 * same up to there.
 *
 * <p>The file: {@code LNCK}, version 1, the place, epochs and whether the training was ended early,
 * the tensors with name, kind, dimensions and little-endian values, and the CRC-32 of all that.
 *
 * @param place where in the log
 * @param epochs of the training that were done
 * @param ended whether the training was ended before its plan was done
 * @param tensors by name, in a fixed order
 */
record Checkpoint(Journal.Place place, int epochs, boolean ended, Map<String, Stored> tensors) {
  private static final int MAGIC = 0x4C4E434B; // LNCK
  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = 8;

  /** Writes the file; does not close the stream. */
  void writeTo(OutputStream to) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeInt(place.events());
    out.writeUTF(place.digest());
    out.writeInt(epochs);
    out.writeBoolean(ended);
    out.writeInt(tensors.size());
    for (Map.Entry<String, Stored> each : tensors.entrySet()) {
      out.writeUTF(each.getKey());
      out.writeBoolean(each.getValue().trainable());
      write(out, each.getValue().tensor());
    }
    out.writeLong(checked.getChecksum().getValue());
  }

  private static void write(DataOutputStream out, Tensor tensor) throws IOException {
    int[] dims = tensor.shape().dims();
    out.writeByte(dims.length);
    for (int dim : dims) {
      out.writeInt(dim);
    }
    byte[] bytes = new byte[Math.multiplyExact(4, tensor.values().length)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(tensor.values());
    out.write(bytes);
  }

  /** The checkpoint of a file's bytes; empty if they are not what {@link #writeTo} wrote. */
  static Optional<Checkpoint> read(byte[] bytes) {
    int end = bytes.length - CHECKSUM_BYTES;
    if (end < 0) {
      return Optional.empty();
    }
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, end);
    if (ByteBuffer.wrap(bytes, end, CHECKSUM_BYTES).getLong() != crc.getValue()) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end))) {
      if (in.readInt() != MAGIC || in.readInt() != VERSION) {
        return Optional.empty();
      }
      Journal.Place place = new Journal.Place(in.readInt(), in.readUTF());
      int epochs = in.readInt();
      boolean ended = in.readBoolean();
      Map<String, Stored> tensors = new LinkedHashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        String name = in.readUTF();
        boolean trainable = in.readBoolean();
        tensors.put(name, new Stored(tensor(in), trainable));
      }
      return Optional.of(new Checkpoint(place, epochs, ended, tensors));
    } catch (IOException e) {
      return Optional.empty(); // the checksum holds, so it is of another kind
    }
  }

  private static Tensor tensor(DataInputStream in) throws IOException {
    int[] dims = new int[in.readByte()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = in.readInt();
    }
    Tensor tensor = Tensor.zeros(Shape.of(dims));
    byte[] bytes = in.readNBytes(4 * tensor.values().length);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(tensor.values());
    return tensor;
  }
}
