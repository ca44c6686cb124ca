package dev.linnet.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PtxTest {
  private static final Path CUDA = Path.of("src", "main", "cuda");

  @ParameterizedTest
  @ValueSource(ints = {60, 80})
  void theAssemblyIsThatOfTheSources(int target) throws IOException, NoSuchAlgorithmException {
    String first = Ptx.of(target).text().lines().findFirst().orElseThrow();
    assertEquals(
        "// sources " + hash(), first, "sm_" + target + ".ptx is stale: run kernels/cuda/ptx");
  }

  /** As the script {@code ptx} has it: of all .cu files in order, then of all .cuh files. */
  private static String hash() throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Stream<Path> files = Files.list(CUDA)) {
      List<Path> sources =
          files
              .sorted(
                  Comparator.comparing((Path p) -> p.toString().endsWith(".cuh"))
                      .thenComparing(p -> p.getFileName().toString()))
              .toList();
      for (Path source : sources) {
        digest.update(Files.readAllBytes(source));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "61, 60", "75, 60", "80, 80", "86, 80", "90, 80", "120, 80"})
  void aDeviceGetsTheNewestAssemblyThatItRuns(int capability, int target) {
    assertEquals(target, Ptx.of(capability).target());
    assertTrue(Ptx.of(capability).text().contains(".target sm_" + target));
  }

  @Test
  void everyKernelHasItsThreads() {
    Ptx ptx = Ptx.of(60);
    assertEquals(
        ptx.text().lines().filter(line -> line.contains(".entry")).count(), ptx.threads().size());
    assertEquals(64, ptx.threads().get("conv_32x32"));
  }

  @Test
  void tensorCoresAreForThoseThatHaveThem() {
    String mma = "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32";
    String rounding = "cvt.rna.tf32.f32";
    assertTrue(Ptx.of(80).text().contains(mma) && Ptx.of(80).text().contains(rounding));
    assertFalse(Ptx.of(60).text().contains("mma.sync") || Ptx.of(60).text().contains("tf32"));
    for (String kernel : Ptx.of(60).threads().keySet()) {
      if (kernel.matches("(conv|weights)_.*")) {
        assertTrue(Ptx.of(80).threads().containsKey(kernel + "_tf32"), kernel);
      }
    }
  }

  @Test
  void aDeviceThatIsTooOldIsRefused() {
    assertEquals(
        "the device has compute capability 5.2; the kernels need 6.0 or newer",
        assertThrows(CudaException.class, () -> Ptx.of(52)).getMessage());
  }
}
