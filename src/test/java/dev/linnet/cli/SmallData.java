package dev.linnet.cli;

import dev.linnet.core.data.ImageShape;
import dev.linnet.data.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two dozen images of 8×8 pixels in two classes that anything can tell apart. */
final class SmallData {
  private SmallData() {}

  /** Writes a folder with one folder of PNG images per class. */
  static Path write(Path folder) throws IOException {
    for (String name : new String[] {"black", "white"}) {
      Path images = Files.createDirectories(folder.resolve(name));
      for (int i = 0; i < 12; i++) {
        byte[] pixels = new byte[64];
        if (name.equals("white")) {
          java.util.Arrays.fill(pixels, (byte) 255);
        }
        pixels[i] = 77;
        ImageFiles.writePng(images.resolve(i + ".png"), pixels, new ImageShape(8, 8, 1));
      }
    }
    return folder;
  }
}
