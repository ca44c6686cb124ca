package dev.linnet.bench.gpu;

import dev.linnet.bench.cases.Case;
import dev.linnet.bench.cases.Cases;
import dev.linnet.bench.cases.KernelCase;
import dev.linnet.bench.cases.NetworkCase;
import java.util.List;
import java.util.Set;

/** Which of the benchmark's cases a GPU is measured on. */
final class Selection {
  /** ResNet-20, and MobileNetV3-small on small and on large images. */
  static final List<String> NETWORKS =
      List.of("resnet20@32x32", "mobilenetv3small@32x32", "mobilenetv3small@224x224");

  private static final Set<String> QUICK_NETWORKS =
      Set.of("resnet20@32x32", "mobilenetv3small@32x32");
  private static final Set<Integer> QUICK_BATCHES = Set.of(1, 64);

  private Selection() {}

  /**
   * The kernels: all of the benchmark's, or with {@code quick} one of each kind.
   *
   * @param filter what their names have in them
   */
  static List<KernelCase> kernels(boolean quick, String filter) {
    List<Case> all = quick && filter.isEmpty() ? Cases.quick() : Cases.all();
    return all.stream()
        .filter(each -> each instanceof KernelCase && each.name().contains(filter))
        .map(each -> (KernelCase) each)
        .toList();
  }

  /** The networks at batch 1, 32 and 64; with {@code quick}, for small images at 1 and 64. */
  static List<NetworkCase> networks(boolean quick, String filter) {
    return Cases.all().stream()
        .filter(each -> each instanceof NetworkCase && each.name().contains(filter))
        .map(each -> (NetworkCase) each)
        .filter(each -> NETWORKS.contains(each.network().name()))
        .filter(
            each ->
                !quick
                    || !filter.isEmpty()
                    || QUICK_NETWORKS.contains(each.network().name())
                        && QUICK_BATCHES.contains(each.batch()))
        .toList();
  }
}
