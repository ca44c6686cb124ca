package dev.linnet.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linnet.bench.gpu.StandInDriver;
import dev.linnet.core.exec.Layout;
import dev.linnet.core.exec.Precision;
import dev.linnet.core.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The loops do as much as is counted, and the assembly is that of their source. */
final class CudaCeilingsTest {
  private static final int ROUNDS = 3;
  private static final int THREADS = 256;
  private static final int SUMS = 16;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theAssemblyIsThatOfTheSource(Precision precision)
      throws IOException, NoSuchAlgorithmException {
    byte[] source = Files.readAllBytes(Path.of("src", "main", "cuda", "peaks.cu"));
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(source));
    assertEquals(
        "// source " + hash,
        CudaCeilings.assembly(precision).text().lines().findFirst().orElseThrow(),
        "the PTX of the peaks is stale: run bench/gpu/ptx");
  }

  @Test
  void aRoundHasTheMultiplyAddsThatAreCounted() {
    assertEquals(
        CudaCeilings.MULTIPLY_ADDS_A_ROUND, count(Precision.FP32, "multiplyAdds", "fma.rn.f32"));
    int instructions = count(Precision.TF32, "multiplyTensor", "mma.sync.aligned.m16n8k8.row.col");
    assertEquals(
        CudaCeilings.TENSOR_MULTIPLY_ADDS_A_ROUND, instructions * 16 * 8 * 8 / 32, "of a thread");
  }

  /** How many lines of a kernel have an instruction. */
  private static int count(Precision precision, String kernel, String instruction) {
    String text = CudaCeilings.assembly(precision).text();
    int from = text.indexOf(".entry " + kernel + "(");
    int to = text.indexOf(".entry ", from + 1);
    return (int)
        text.substring(from, to < 0 ? text.length() : to)
            .lines()
            .filter(line -> line.contains(instruction))
            .count();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 90})
  void aMultiprocessorHoldsAllThreadsOfTheLoop(int capability) {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the assembler is there for Linux on x86-64");
    Precision precision = capability < 80 ? Precision.FP32 : Precision.TF32;
    byte[] text = (CudaCeilings.assembly(precision).text() + "\0").getBytes(StandardCharsets.UTF_8);
    nvPTXCompilerHandle handle = new nvPTXCompilerHandle();
    assertEquals(0, JNvPTXCompiler.nvPTXCompilerCreate(handle, text.length, text));
    String[] options = {"--gpu-name=sm_" + capability, "--verbose"};
    assertEquals(0, JNvPTXCompiler.nvPTXCompilerCompile(handle, options.length, options));
    long[] size = new long[1];
    JNvPTXCompiler.nvPTXCompilerGetInfoLogSize(handle, size);
    byte[] info = new byte[(int) size[0] + 1];
    JNvPTXCompiler.nvPTXCompilerGetInfoLog(handle, info);
    JNvPTXCompiler.nvPTXCompilerDestroy(handle);
    String log = new String(info, StandardCharsets.UTF_8);
    Matcher loop =
        Pattern.compile("'multiplyAdds'.*?Used (\\d+) registers", Pattern.DOTALL).matcher(log);
    assertTrue(loop.find(), log);
    assertTrue(Integer.parseInt(loop.group(1)) <= 32, log); // 65,536 for 2,048 threads
    int kernels = capability < 80 ? 2 : 3;
    assertEquals(kernels, log.split(" 0 bytes spill stores", -1).length - 1, log);
  }

  @Test
  void everySumHasAllOfItsMultiplyAdds() throws IOException {
    StandInDriver.load();
    int blocks = 2;
    try (CudaCeilings ceilings = new CudaCeilings(0, Precision.FP32, ROUNDS, 1 << 20)) {
      DeviceBuffer y = ceilings.memory().allocate(blocks * THREADS);
      double seconds = ceilings.clock().seconds(ceilings.multiplyAdds(blocks, y));
      assertTrue(seconds > 0, seconds + " s");
      float[] sums = download(ceilings, y);
      for (int i = 0; i < sums.length; i++) {
        assertEquals(expected(i % THREADS), sums[i], "thread " + i);
      }
    }
  }

  @Test
  void everySumOfTensorCoresHasAllOfItsProducts() throws IOException {
    StandInDriver.load();
    try (CudaCeilings ceilings = new CudaCeilings(0, Precision.TF32, ROUNDS, 1 << 20)) {
      DeviceBuffer y = ceilings.memory().allocate(THREADS);
      ceilings.multiplyAdds(1, y).run();
      float product = CudaCeilings.LEFT * CudaCeilings.RIGHT;
      for (float sum : download(ceilings, y)) {
        assertEquals(ROUNDS * CudaCeilings.TENSOR_MULTIPLY_ADDS_A_ROUND * product, sum);
      }
    }
  }

  /** What a thread computes in {@link #ROUNDS} rounds. */
  private static float expected(int thread) {
    float sum = 0;
    for (int s = 0; s < SUMS; s++) {
      float value = thread + s;
      for (int i = 0; i < ROUNDS * CudaCeilings.MULTIPLY_ADDS_A_ROUND / SUMS; i++) {
        value = Math.fma(value, CudaCeilings.FACTOR, CudaCeilings.SUMMAND);
      }
      sum += value;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 149}) // less than a thread has in flight, and more
  void theCopyCopiesAll(int blocks) throws IOException {
    StandInDriver.load();
    try (CudaCeilings ceilings = new CudaCeilings(1, Precision.FP32, ROUNDS, 1 << 20)) {
      DeviceBuffer x = ceilings.memory().allocate(blocks * THREADS);
      DeviceBuffer y = ceilings.memory().allocate(blocks * THREADS);
      ceilings.multiplyAdds(blocks, x).run();
      ceilings.copy(x, y).run();
      float[] copied = download(ceilings, y);
      assertArrayEquals(download(ceilings, x), copied);
      assertEquals(expected(THREADS - 1), copied[copied.length - 1]);
    }
  }

  private static float[] download(CudaCeilings ceilings, DeviceBuffer buffer) {
    try (Staging staging = new Staging(ceilings.gpu(), ceilings.memory())) {
      float[] values = new float[buffer.floats()];
      staging.download(buffer, Layout.dense(Shape.of(values.length)), values, 0);
      return values;
    }
  }
}
