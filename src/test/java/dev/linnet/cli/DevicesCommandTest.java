package dev.linnet.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.BackendProvider.Probe;
import dev.linnet.core.exec.Backends;
import org.junit.jupiter.api.Test;

class DevicesCommandTest {
  @Test
  void itShowsEveryBackendAndWhatItThinksOfThisMachine() {
    String out = Cli.run("devices").succeeded().out();
    for (BackendProvider provider : Backends.providers()) {
      String said =
          provider.probe() instanceof Probe.Usable usable
              ? usable.description()
              : ((Probe.Unusable) provider.probe()).reason();
      assertTrue(out.lines().anyMatch(l -> l.contains(provider.name()) && l.contains(said)), out);
    }
    assertTrue(out.contains("Java " + Runtime.version()), out);
    assertTrue(out.contains(Runtime.getRuntime().availableProcessors() + " processor"), out);
  }

  @Test
  void itShowsWhatTheLauncherHadToLeaveOut() {
    System.setProperty(
        "linnet.left-out", "vector: this Java has no module for it;tpu: no jar, see docs");
    try {
      String out = Cli.run("devices").succeeded().out();
      assertTrue(
          out.lines()
              .anyMatch(l -> l.matches(" *vector +not usable +this Java has no module for it")),
          out);
      assertTrue(out.lines().anyMatch(l -> l.matches(" *tpu +not usable +no jar, see docs")), out);
      Cli.run("search", "--backend", "tpu:1")
          .failed(1, "--backend: backend tpu is not usable: no jar, see docs");
    } finally {
      System.clearProperty("linnet.left-out");
    }
  }
}
