package dev.linnet.core.exec;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One of the devices that a provider can choose among.
 *
 * @param name as its driver calls it
 * @param bytes its memory; 0 where the driver does not say
 * @param details what else tells it apart, such as its kind and compute capability or version
 */
public record Device(String name, long bytes, String details) {
  /**
   * The place of the chosen device among all.
   *
   * @param backend the provider's name, for messages
   * @param choice a place, counted from 0, or a part of a name in upper or lower case; empty for
   *     the first device
   * @throws IllegalArgumentException if no device is meant, or several are
   */
  public static int choose(String backend, List<Device> devices, String choice) {
    if (devices.isEmpty()) {
      throw new IllegalArgumentException(
          "backend " + backend + " has no devices to choose among, got " + backend + ":" + choice);
    }
    if (choice.isEmpty()) {
      return 0;
    }
    String part = choice.toLowerCase(Locale.ROOT);
    List<Integer> meant =
        IntStream.range(0, devices.size())
            .filter(i -> devices.get(i).name().toLowerCase(Locale.ROOT).contains(part))
            .boxed()
            .toList();
    int place = place(choice, devices.size());
    if (place >= 0) {
      return place;
    } else if (meant.size() != 1) {
      String devicesFound =
          IntStream.range(0, devices.size())
              .mapToObj(i -> i + " " + devices.get(i).name())
              .collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          (meant.isEmpty() ? "no device of backend " : "more than one device of backend ")
              + backend
              + " is meant by "
              + choice
              + "; there are "
              + devicesFound);
    }
    return meant.get(0);
  }

  /** The place that a text writes; below 0 where it writes none of them. */
  private static int place(String choice, int count) {
    return IntStream.range(0, count)
        .filter(i -> choice.equals(Integer.toString(i)))
        .findFirst()
        .orElse(-1);
  }
}
