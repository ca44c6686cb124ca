package dev.linnet.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linnet.bench.cases.NetworkCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TorchTest {
  private static final Sampler SAMPLER = new Sampler(2, 1e-6, 1e-6);
  private static final Path SCRIPT = Path.of("torch_peer.py").toAbsolutePath();
  private static final List<NetworkCase> CASES =
      Selection.networks(false, "/n1").stream().filter(each -> each.batch() == 1).toList();

  @TempDir private Path folder;

  /** A Python that prints what it is called with as what it runs on, then ends. */
  private Torch python(int status) throws IOException {
    Path python = folder.resolve("python");
    Files.writeString(
        python, "#!/bin/sh\nprintf '{\"about\": \"%s\"}\\n' \"$*\"\nexit " + status + "\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
    return new Torch(python.toString(), Path.of("script.py"), "");
  }

  @Test
  void theScriptIsToldDeviceSamplesAndNetworks() throws IOException {
    TorchResult result = python(0).measure(CASES.subList(0, 2), 3, SAMPLER, true);
    assertEquals(
        "script.py --device cuda:3 --samples 2 --budget 1.0E-6 --sample-seconds 1.0E-6 --tf32"
            + " resnet20@32x32/inference/n1 resnet20@32x32/training/n1",
        result.about());
    assertEquals(List.of(), result.failures());
  }

  @Test
  void aScriptThatFailsIsSaidToHaveFailed() throws IOException {
    TorchResult result = python(7).measure(CASES.subList(0, 1), 0, SAMPLER, false);
    assertEquals(
        List.of("PyTorch ended with 7 before it had measured everything"), result.failures());
  }

  @Test
  void aPythonThatIsNotThereIsOneLine() {
    TorchResult result = new Torch("no-such-python", SCRIPT, "").measure(CASES, 0, SAMPLER, false);
    assertFalse(result.measured());
    assertTrue(result.about().startsWith("no Python for PyTorch: "), result.about());
  }

  /** With PyTorch the networks have the zoo's parameters; without, one line says so. */
  @Test
  void theNetworksOfTheScriptAreThoseOfTheZoo() {
    TorchResult result = new Torch("python3", SCRIPT, "cpu").measure(CASES, 0, SAMPLER, false);
    assumeTrue(!result.about().startsWith("no Python for PyTorch"), result.about());
    if (!result.measured()) {
      assertTrue(result.about().startsWith("no PyTorch for "), result.about());
      return;
    }
    assertEquals(List.of(), result.failures());
    assertEquals(CASES.size(), result.runs().size());
    for (NetworkCase each : CASES) {
      long parameters = each.network().inference(1).parameters();
      assertTrue(
          result.runs().stream()
              .anyMatch(
                  run ->
                      run.network().equals(each.network().name())
                          && run.training() == each.training()
                          && run.parameters() == parameters),
          each.name());
    }
  }
}
