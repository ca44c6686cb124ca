package dev.linnet.core.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads image sets from NumPy's {@code .npz} files with the keys of MedMNIST.
 *
 * <p>{@code train_images}, {@code val_images} and {@code test_images} are uint8, {@code [N, H, W]}
 * or {@code [N, H, W, C]}; {@code train_labels} and so on are whole numbers, {@code [N]} or {@code
 * [N, 1]}. Validation and test may be missing. See Yang et al., <i>MedMNIST v2</i>, 2023.
 */
public final class NpzReader {

  private NpzReader() {}

  /**
   * Reads all splits of the file; classes are called {@code 0}, {@code 1}, … up to train's largest
   * label.
   *
   * @throws DataException if the file is not as it should be
   */
  public static GivenSplits read(Path file) {
    long size = BoundedInput.requireContent(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new Archive(file, zip, size).splits();
    } catch (ZipException e) {
      throw new DataException(
          file.toString(),
          "is not a zip archive, or a damaged one ("
              + e.getMessage()
              + "); an .npz file is a zip of .npy arrays",
          e);
    } catch (IOException e) {
      throw BoundedInput.unreadable(file.toString(), e);
    }
  }

  private record Archive(Path file, ZipFile zip, long size) {

    GivenSplits splits() throws IOException {
      if (zip.getEntry("train_images.npy") == null) {
        throw new DataException(file, "has no array train_images; it has " + names());
      }
      long[] trainLabels = labels("train");
      List<String> classes = Labels.numberedClasses(source("train_labels"), trainLabels);
      ImageSet train = split("train", trainLabels, classes, null);
      return new GivenSplits(
          train, optional("val", classes, train.shape()), optional("test", classes, train.shape()));
    }

    private Optional<ImageSet> optional(String split, List<String> classes, ImageShape shape)
        throws IOException {
      if (zip.getEntry(split + "_images.npy") == null) {
        return Optional.empty();
      }
      return Optional.of(split(split, labels(split), classes, shape));
    }

    private ImageSet split(String split, long[] labels, List<String> classes, ImageShape expected)
        throws IOException {
      int[] checked = Labels.toInts(source(split + "_labels"), labels, classes.size());
      try (Entry entry = open(split + "_images")) {
        NpyHeader header = NpyHeader.read(entry.in);
        List<Integer> dimensions = header.shape();
        if (!header.type().equals("|u1")) {
          throw entry.in.error(
              "holds values of type " + header.type() + "; images are uint8 (|u1)");
        }
        ImageShape shape = shape(entry.in, dimensions);
        if (expected != null && !shape.equals(expected)) {
          throw entry.in.error("has images of " + shape + ", train_images of " + expected);
        }
        if (dimensions.get(0) != labels.length) {
          throw entry.in.error(
              "has "
                  + dimensions.get(0)
                  + " images, but "
                  + split
                  + "_labels has "
                  + labels.length
                  + " labels");
        }
        byte[] pixels = entry.in.read(header.values(), labels.length + " images of " + shape);
        entry.finish();
        return ImageSet.adopt(split, shape, classes, pixels, checked);
      }
    }

    private static ImageShape shape(BoundedInput in, List<Integer> dimensions) {
      int rank = dimensions.size();
      if (rank != 3 && rank != 4 || rank == 4 && dimensions.get(3) != 1 && dimensions.get(3) != 3) {
        throw in.error(
            "has the shape " + dimensions + "; images are [N, H, W], [N, H, W, 1] or [N, H, W, 3]");
      }
      try {
        return new ImageShape(
            dimensions.get(1), dimensions.get(2), rank == 4 ? dimensions.get(3) : 1);
      } catch (IllegalArgumentException e) {
        throw in.error(e.getMessage());
      }
    }

    private long[] labels(String split) throws IOException {
      try (Entry entry = open(split + "_labels")) {
        NpyHeader header = NpyHeader.read(entry.in);
        List<Integer> dimensions = header.shape();
        if (dimensions.isEmpty()
            || dimensions.size() > 2
            || dimensions.size() == 2 && dimensions.get(1) != 1) {
          throw entry.in.error(
              "has the shape " + dimensions + "; one class per image is needed: [N] or [N, 1]");
        }
        int count = dimensions.get(0);
        if (count == 0) {
          throw entry.in.error("is empty: there are no labels");
        }
        int width = labelBytes(entry.in, header.type());
        byte[] bytes = entry.in.read((long) count * width, count + " labels");
        entry.finish();
        boolean signed = header.type().charAt(1) == 'i';
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
          labels[i] = littleEndian(bytes, i * width, width, signed);
        }
        return labels;
      }
    }

    private static int labelBytes(BoundedInput in, String type) {
      return switch (type) {
        case "|u1", "|i1" -> 1;
        case "<u2", "<i2" -> 2;
        case "<u4", "<i4" -> 4;
        case "<u8", "<i8" -> 8;
        case ">u2", ">i2", ">u4", ">i4", ">u8", ">i8" ->
            throw in.error("is big-endian (" + type + "); little-endian numbers are needed");
        default ->
            throw in.error(
                "holds values of type " + type + "; labels are whole numbers such as |u1 or <i8");
      };
    }

    private static long littleEndian(byte[] bytes, int at, int width, boolean signed) {
      long value = signed ? bytes[at + width - 1] : bytes[at + width - 1] & 0xFF;
      for (int i = width - 2; i >= 0; i--) {
        value = value << 8 | bytes[at + i] & 0xFF;
      }
      return value;
    }

    private Entry open(String array) throws IOException {
      ZipEntry entry = zip.getEntry(array + ".npy");
      if (entry == null) {
        throw new DataException(file, "has no array " + array + "; it has " + names());
      }
      // Both sizes are declared, so neither may exceed what the whole file can hold.
      long packed = Math.min(Math.max(0, entry.getCompressedSize()), size);
      long most = Math.min(Math.max(0, entry.getSize()), packed * BoundedInput.DEFLATE_RATIO);
      CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
      return new Entry(new BoundedInput(source(array), in, most), in, entry.getCrc());
    }

    private String source(String array) {
      return file + " (" + array + ")";
    }

    private String names() {
      List<String> names =
          zip.stream().limit(12).map(e -> e.getName().replaceAll("\\.npy$", "")).toList();
      return names.isEmpty() ? "none" : String.join(", ", names);
    }
  }

  private record Entry(BoundedInput in, CheckedInputStream checked, long crc)
      implements AutoCloseable {

    /** Checks that the array is at its end and undamaged. */
    void finish() {
      in.requireEnd("the last value");
      if (checked.getChecksum().getValue() != crc) {
        throw in.error("is damaged: its CRC-32 checksum does not match the archive's");
      }
    }

    @Override
    public void close() {
      in.close();
    }
  }
}
