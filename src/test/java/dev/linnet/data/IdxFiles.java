package dev.linnet.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes pairs of IDX files as MNIST has them. */
final class IdxFiles {

  private IdxFiles() {}

  /** {@code count} square images with the labels 0, 1, 2, 0, 1, 2, … */
  static void write(Path folder, String split, int count, int side) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * side * side);
    images.putInt(0x803).putInt(count).putInt(side).putInt(side);
    while (images.hasRemaining()) {
      images.put((byte) (images.position() * 31));
    }
    Files.write(folder.resolve(split + "-images-idx3-ubyte"), images.array());
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      labels.put((byte) (i % 3));
    }
    Files.write(folder.resolve(split + "-labels-idx1-ubyte"), labels.array());
  }
}
