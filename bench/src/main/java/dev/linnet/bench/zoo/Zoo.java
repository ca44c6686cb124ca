package dev.linnet.bench.zoo;

import java.util.List;

/** The networks that are measured. */
public final class Zoo {
  private static final int CLASSES = 10;
  private static final int IMAGENET_CLASSES = 1000;
  private static final int SMALL = 32;
  private static final int LARGE = 224;
  private static final int COLOURS = 3;

  private static final List<ZooNetwork> ALL =
      List.of(
          new ZooNetwork("resnet20@32x32", Resnet::build, SMALL, COLOURS, CLASSES),
          new ZooNetwork("inverted@32x32", InvertedResidual::build, SMALL, COLOURS, CLASSES),
          new ZooNetwork(
              "mobilenetv3small@32x32",
              MobileNetV3Small.forSmallImages(CLASSES),
              SMALL,
              COLOURS,
              CLASSES),
          new ZooNetwork(
              "mobilenetv3small@224x224",
              MobileNetV3Small.forLargeImages(IMAGENET_CLASSES),
              LARGE,
              COLOURS,
              IMAGENET_CLASSES),
          new ZooNetwork(
              "nasbench201@32x32",
              NasBench201.of(NasBench201.MEASURED, CLASSES),
              SMALL,
              COLOURS,
              CLASSES));

  private Zoo() {}

  /** All of them. */
  public static List<ZooNetwork> all() {
    return ALL;
  }

  /**
   * The network of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ZooNetwork named(String name) {
    return ALL.stream()
        .filter(network -> network.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no network "
                        + name
                        + "; there are "
                        + String.join(", ", ALL.stream().map(ZooNetwork::name).toList())));
  }
}
