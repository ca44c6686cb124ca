package dev.linnet.data;

import dev.linnet.core.data.DataException;
import dev.linnet.core.data.GivenSplits;
import dev.linnet.core.data.ImageSet;
import dev.linnet.core.data.ImageShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder with one folder of PNG and JPEG images per class, or with such folders for each split.
 *
 * <p>The sorted names of the class folders are the classes. Where all folders are called {@code
 * train}, {@code val} (or {@code valid}, {@code validation}) and {@code test} and {@code train}
 * holds folders, they are splits. All images need one size. They become grey if every one is, else
 * RGB. Hidden files and files of other kinds are left alone.
 */
final class ImageFolder {

  private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");

  private ImageFolder() {}

  /** Reads all splits of the folder. */
  static GivenSplits read(Path folder) {
    List<Path> folders = list(folder, Files::isDirectory);
    boolean split =
        folders.stream().allMatch(f -> isSplit(name(f)))
            && folders.stream()
                .anyMatch(f -> name(f).equals("train") && !list(f, Files::isDirectory).isEmpty());
    if (!split) {
      List<String> classes = classes(folder, folders);
      return GivenSplits.ofTrain(new Loader(List.of(part(folder, classes))).load().get(0));
    }
    Path train = folder.resolve("train");
    List<Path> validation = folders.stream().filter(f -> VALIDATION.contains(name(f))).toList();
    List<Path> test = folders.stream().filter(f -> name(f).equals("test")).toList();
    if (validation.size() > 1) {
      throw new DataException(
          folder,
          "has more than one validation folder: "
              + name(validation.get(0))
              + " and "
              + name(validation.get(1)));
    }
    List<String> classes = classes(train, list(train, Files::isDirectory));
    List<Part> parts = new ArrayList<>();
    parts.add(part(train, classes));
    validation.forEach(f -> parts.add(part(f, classes)));
    test.forEach(f -> parts.add(part(f, classes)));
    List<ImageSet> sets = new Loader(parts).load();
    return new GivenSplits(
        sets.get(0),
        validation.isEmpty() ? Optional.empty() : Optional.of(sets.get(1)),
        test.isEmpty() ? Optional.empty() : Optional.of(sets.get(sets.size() - 1)));
  }

  /** The image files of one split with their labels. */
  private record Part(Path folder, List<String> classes, List<Path> files, List<Integer> labels) {}

  private static List<String> classes(Path folder, List<Path> folders) {
    if (folders.isEmpty()) {
      int images = list(folder, ImageFolder::isImage).size();
      throw new DataException(
          folder,
          images == 0
              ? "is empty: neither IDX files nor a folder of PNG or JPEG images per class"
              : "has "
                  + images
                  + " images but no class folders; put the images of each class into"
                  + " a folder of its name");
    }
    if (folders.size() == 1) {
      throw new DataException(
          folder,
          "has one class folder, " + name(folders.get(0)) + "; at least 2 classes are needed");
    }
    return folders.stream().map(ImageFolder::name).toList();
  }

  private static Part part(Path folder, List<String> classes) {
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path classFolder : list(folder, Files::isDirectory)) {
      int label = classes.indexOf(name(classFolder));
      if (label < 0) {
        throw new DataException(
            classFolder,
            "is a class that train does not have; train has " + String.join(", ", classes));
      }
      List<Path> images = list(classFolder, ImageFolder::isImage);
      if (images.isEmpty()) {
        throw new DataException(classFolder, "has no PNG or JPEG image");
      }
      for (Path image : images) {
        files.add(image);
        labels.add(label);
      }
    }
    if (files.isEmpty()) {
      throw new DataException(folder, "has no class folders");
    }
    return new Part(folder, classes, files, labels);
  }

  /** Decodes the images of all parts, which share one size and one number of channels. */
  private static final class Loader {

    private final List<Part> parts;
    private Path first;
    private int height;
    private int width;
    private int channels = 1; // until an image has colour

    Loader(List<Part> parts) {
      this.parts = parts;
    }

    List<ImageSet> load() {
      List<byte[]> pixels = new ArrayList<>();
      List<Integer> partChannels = new ArrayList<>();
      for (Part part : parts) {
        pixels.add(decode(part));
        partChannels.add(channels);
      }
      ImageShape shape = new ImageShape(height, width, channels);
      List<ImageSet> sets = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        byte[] values = pixels.set(i, null);
        if (partChannels.get(i) != channels) {
          values = toColour(values, values.length, room(part, 3));
        }
        int[] labels = part.labels.stream().mapToInt(Integer::intValue).toArray();
        sets.add(ImageSet.of(name(part.folder), shape, part.classes, values, labels));
      }
      return sets;
    }

    private byte[] decode(Part part) {
      byte[] pixels = null;
      for (int i = 0; i < part.files.size(); i++) {
        Path file = part.files.get(i);
        Picture picture = Picture.read(file, (h, w) -> requireSize(file, h, w));
        if (pixels == null) {
          pixels = new byte[room(part, channels)];
        }
        int perImage = height * width;
        if (!picture.grey() && channels == 1) {
          pixels = toColour(pixels, i * perImage, room(part, 3));
          channels = 3;
        }
        picture.copyTo(pixels, i * perImage * channels, channels);
      }
      return pixels;
    }

    private void requireSize(Path file, int fileHeight, int fileWidth) {
      if (first == null) {
        first = file;
        height = fileHeight;
        width = fileWidth;
      } else if (fileHeight != height || fileWidth != width) {
        throw new DataException(
            file,
            "is "
                + fileHeight
                + "×"
                + fileWidth
                + " pixels (height×width), "
                + first
                + " is "
                + height
                + "×"
                + width
                + "; all images need one size (ImageMagick: mogrify -resize "
                + width
                + "x"
                + height
                + "! FILE)");
      }
    }

    private int room(Part part, int wantedChannels) {
      double bytes = (double) part.files.size() * height * width * wantedChannels;
      long heap = Runtime.getRuntime().maxMemory();
      if (bytes > Integer.MAX_VALUE - 8 || bytes > heap / 3.0) {
        throw new DataException(
            part.folder,
            part.files.size()
                + " images of "
                + height
                + "×"
                + width
                + "×"
                + wantedChannels
                + " take "
                + Math.round(bytes / 1e6)
                + " MB, too much for a Java heap of "
                + heap / 1_000_000
                + " MB and for one array of 2147 MB; use smaller or fewer images or a larger heap"
                + " (-Xmx)");
      }
      return (int) bytes;
    }

    private static byte[] toColour(byte[] greys, int count, int size) {
      byte[] colours = new byte[size];
      Picture.repeat(greys, 0, count, colours, 0);
      return colours;
    }
  }

  private static boolean isSplit(String name) {
    return name.equals("train") || name.equals("test") || VALIDATION.contains(name);
  }

  private static boolean isImage(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && (name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg"));
  }

  /** What is in the folder and not hidden, sorted by name. */
  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(f -> !name(f).startsWith("."))
          .filter(wanted)
          .sorted((a, b) -> name(a).compareTo(name(b)))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(folder.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
