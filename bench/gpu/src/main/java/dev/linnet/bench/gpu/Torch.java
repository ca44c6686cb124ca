package dev.linnet.bench.gpu;

import dev.linnet.bench.cases.NetworkCase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs PyTorch on the same networks, in a Python that has it.
 *
 * @param python the interpreter
 * @param script {@code torch_peer.py}
 * @param device PyTorch's name of a device, such as {@code cpu}; empty for the GPU that is measured
 */
record Torch(String python, Path script, String device) {
  /**
   * Measures networks.
   *
   * @param tf32 whether also with tensor cores
   */
  TorchResult measure(List<NetworkCase> networks, int cudaDevice, Sampler sampler, boolean tf32) {
    List<String> command = new ArrayList<>(List.of(python, script.toString()));
    command.addAll(List.of("--device", device.isEmpty() ? "cuda:" + cudaDevice : device));
    command.addAll(List.of("--samples", Integer.toString(sampler.samples())));
    command.addAll(List.of("--budget", Double.toString(sampler.budget())));
    command.addAll(List.of("--sample-seconds", Double.toString(sampler.seconds())));
    if (tf32) {
      command.add("--tf32");
    }
    networks.forEach(each -> command.add(each.name()));
    try {
      return run(command);
    } catch (IOException e) {
      return TorchResult.missing("no Python for PyTorch: " + e.getMessage());
    }
  }

  private static TorchResult run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    List<String> lines;
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      lines = reader.lines().collect(Collectors.toList());
    }
    try {
      int status = process.waitFor();
      TorchResult result = TorchResult.parse(lines.stream());
      if (status == 0 || !result.measured()) {
        return result;
      }
      List<String> failures = new ArrayList<>(result.failures());
      failures.add("PyTorch ended with " + status + " before it had measured everything");
      return new TorchResult(result.about(), true, result.runs(), failures);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PyTorch was measured", e);
    }
  }
}
