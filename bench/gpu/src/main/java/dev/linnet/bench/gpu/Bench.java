package dev.linnet.bench.gpu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.bench.cases.Case;
import dev.linnet.bench.cases.KernelCase;
import dev.linnet.bench.cases.NetworkCase;
import dev.linnet.core.exec.ContractReport;
import dev.linnet.core.exec.DeviceMemoryException;
import dev.linnet.core.exec.Precision;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Measures one device, and prints what it finds as it goes. */
final class Bench {
  private static final double DRIFT = 0.05;
  private static final String MISSING = "; not measured";

  private final MeasuredDevice device;
  private final Settings settings;
  private final PrintWriter out;
  private final DeviceReport report;
  private final List<NetworkRow> rows = new ArrayList<>();

  Bench(MeasuredDevice device, Settings settings, PrintWriter out) {
    this.device = device;
    this.settings = settings;
    this.out = out;
    this.report = new DeviceReport(device);
  }

  /**
   * Measures.
   *
   * @return whether every kernel computes what it should
   */
  boolean run() {
    say("== " + device.name() + " ==");
    device.facts().forEach(this::say);
    warn();
    boolean right = !settings.has(Settings.Part.CORRECTNESS) || correctness();
    boolean times =
        settings.has(Settings.Part.PEAKS)
            || settings.has(Settings.Part.KERNELS)
            || settings.has(Settings.Part.NETWORKS);
    if (times) {
      times();
    }
    if (settings.has(Settings.Part.PYTORCH)) {
      settings.torch().ifPresent(this::torch);
    }
    warn();
    if (!right) {
      say(device.name() + ": SOME RESULTS ARE WRONG, see above; its times are worth nothing.");
    }
    return right;
  }

  /** Everything that was found out. */
  ObjectNode json() {
    return report.json();
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private void warn() {
    if (!device.kind().warning().isEmpty()) {
      say(device.kind().warning());
    }
  }

  private boolean correctness() {
    say("");
    say(
        "Correctness against the scalar backend: the largest error relative to the largest value of"
            + " a result, and as a part of what is tolerated.");
    say(Table.correctnessHead());
    List<ContractReport.Line> lines = new ArrayList<>();
    ContractReport.operations(
        device.backend(), device.precision(), settings.mostCases(), line -> add(lines, line, true));
    ContractReport.promises(
        device::another, device.precision(), settings.mostCases(), line -> add(lines, line, false));
    int cases = lines.stream().mapToInt(ContractReport.Line::cases).sum();
    int failed = lines.stream().mapToInt(ContractReport.Line::failed).sum();
    say(cases + " cases, " + (failed == 0 ? "all of them right" : failed + " WRONG"));
    return failed == 0;
  }

  private void add(List<ContractReport.Line> lines, ContractReport.Line line, boolean figures) {
    lines.add(line);
    report.add(line);
    say(Table.correctness(line, figures));
  }

  private void times() {
    say("");
    Peaks peaks = new Peaks(device.ceilings(), settings.sampler());
    say("Peaks, timed by " + device.ceilings().clock().name());
    say(peaks(peaks));
    if (settings.has(Settings.Part.KERNELS)) {
      kernels(peaks);
    }
    if (settings.has(Settings.Part.NETWORKS)) {
      networks(peaks);
    }
    report.add(peaks);
    Peaks again = new Peaks(device.ceilings(), settings.sampler());
    double drift = Math.abs(again.gflops() / peaks.gflops() - 1);
    say("");
    say(
        "At the end again: "
            + peaks(again)
            + (drift > DRIFT ? "; THE CLOCK HAS CHANGED: percentages are of the first" : ""));
  }

  private String peaks(Peaks peaks) {
    return Table.format(
        "multiply-adds %s %.1f GFLOP/s, copy %.1f GB/s",
        device.precision() == Precision.FP32 ? "in registers" : "on tensor cores",
        peaks.gflops(),
        peaks.copy());
  }

  private void kernels(Peaks peaks) {
    say("");
    say("Kernels, timed by " + device.clock().name());
    List<KernelCase> cases = small(settings.kernels(), each -> fits(KernelRow.macs(each)));
    int width = width(cases);
    say(Table.kernelHead(width));
    for (KernelCase each : cases) {
      measured(each, () -> KernelRow.of(device, each, peaks, settings.sampler()))
          .ifPresent(
              row -> {
                report.add(row);
                say(Table.kernel(width, row));
              });
    }
  }

  private void networks(Peaks peaks) {
    say("");
    say("Networks, timed by " + device.networkClock().name());
    List<NetworkCase> cases = small(settings.networks(), each -> fits(NetworkRow.macs(each)));
    int width = width(cases);
    say(Table.networkHead(width));
    for (NetworkCase each : cases) {
      measured(each, () -> NetworkRow.of(device, each, peaks, settings.sampler()))
          .ifPresent(
              row -> {
                rows.add(row);
                report.add(row);
                say(Table.network(width, row));
              });
    }
  }

  private static int width(List<? extends Case> cases) {
    return cases.stream().mapToInt(each -> each.name().length()).max().orElse(1);
  }

  private boolean fits(long macs) {
    return device.kind() == MeasuredDevice.Kind.GPU || macs <= settings.most();
  }

  /** What a device that is no GPU can do in reasonable time. */
  private <T> List<T> small(List<T> all, Predicate<T> fits) {
    List<T> chosen = all.stream().filter(fits).toList();
    if (chosen.size() < all.size()) {
      say(
          Table.format(
              "%d of %d are left out here: more than %.0f million multiply-accumulates",
              all.size() - chosen.size(), all.size(), settings.most() / 1e6));
    }
    return chosen;
  }

  /** A row; one line instead where the device has no room. */
  private <T> Optional<T> measured(Case each, Supplier<T> measure) {
    try {
      return Optional.of(measure.get());
    } catch (DeviceMemoryException e) {
      say(each.name() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void torch(Torch torch) {
    say("");
    if (rows.isEmpty()) {
      say("PyTorch: no network was timed to compare it with" + MISSING);
      return;
    }
    List<NetworkCase> cases =
        settings.networks().stream()
            .filter(each -> rows.stream().anyMatch(row -> row.name().equals(each.name())))
            .toList();
    TorchResult result =
        device.kind() == MeasuredDevice.Kind.GPU || !torch.device().isEmpty()
            ? torch.measure(cases, device.torchDevice(), settings.sampler(), settings.tf32())
            : TorchResult.missing("PyTorch: this device is no GPU" + MISSING);
    say(result.about());
    report.add(result);
    if (!result.measured()) {
      return;
    }
    int width = width(cases);
    say(Table.torchHead(width));
    for (String variant : result.variants()) {
      for (NetworkRow row : rows) {
        result
            .find(row, variant)
            .ifPresent(
                run -> {
                  report.addRatio(row, run);
                  say(Table.torch(width, row, run));
                });
      }
    }
    result.failures().forEach(this::say);
  }
}
