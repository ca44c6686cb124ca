package dev.linnet.cli;

import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.BackendProvider.Probe;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.exec.Device;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what this machine can compute with. */
@Command(
    name = "devices",
    description = "Show each backend: usable, or why not; and the Java and processors it runs on.",
    footer = "  linnet devices")
final class DevicesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int processors = Runtime.getRuntime().availableProcessors();
    out.println(
        "Java "
            + Runtime.version()
            + ", "
            + System.getProperty("java.vm.name")
            + " of "
            + System.getProperty("java.vendor"));
    out.println(
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", "
            + processors
            + (processors == 1 ? " processor" : " processors")
            + ", Java heap at most "
            + Text.count(Runtime.getRuntime().maxMemory() >> 20)
            + " MB");
    out.println();
    List<List<String>> rows = new ArrayList<>();
    String best = null;
    for (BackendProvider provider : Backends.providers()) {
      if (provider.probe() instanceof Probe.Usable usable) {
        best = best == null && provider.rank() >= 0 ? provider.name() : best;
        rows.add(List.of(provider.name(), "usable", usable.description()));
        rows.addAll(devices(provider));
      } else if (provider.probe() instanceof Probe.Unusable unusable) {
        rows.add(List.of(provider.name(), "not usable", unusable.reason()));
      }
    }
    LeftOut.all().forEach((name, reason) -> rows.add(List.of(name, "not usable", reason)));
    Text.table(rows, 3).forEach(out::println);
    out.println();
    out.println(
        "--backend auto takes "
            + best
            + " with "
            + processors
            + (processors == 1 ? " thread" : " threads"));
    return 0;
  }

  /** A row for each device of a provider: what chooses it, its name, details and memory. */
  private static List<List<String>> devices(BackendProvider provider) {
    List<List<String>> rows = new ArrayList<>();
    for (Device device : provider.devices()) {
      String memory =
          device.bytes() == 0 ? "" : ", " + Text.count(device.bytes() >> 20) + " MB of memory";
      rows.add(
          List.of(
              "  " + provider.name() + ":" + rows.size(),
              "",
              device.name() + ", " + device.details() + memory));
    }
    return rows;
  }
}
