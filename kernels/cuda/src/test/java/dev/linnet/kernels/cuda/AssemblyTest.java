package dev.linnet.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The driver's own assembler takes the kernels for every generation of chips, and nothing is
 * spilled. What it says of registers and memory is in {@code target/ptx}.
 */
final class AssemblyTest {
  private static final Path REPORTS = Path.of("target", "ptx");
  private static final int REGISTERS = 65_536; // of a multiprocessor
  private static final Pattern KERNEL =
      Pattern.compile(
          "Compiling entry function '(\\w+)'.*?(\\d+) bytes stack frame, (\\d+) bytes spill stores,"
              + " (\\d+) bytes spill loads.*?Used (\\d+) registers(?:, (\\d+) bytes smem)?",
          Pattern.DOTALL);

  /** What the assembler says of a kernel. */
  private record Usage(
      String name, int threads, int stack, int spilled, int registers, int shared) {
    /** Blocks that a multiprocessor's registers hold; warps take them in units of 256. */
    int blocks() {
      int perWarp = (registers * 32 + 255) / 256 * 256;
      return REGISTERS / (perWarp * (threads / 32));
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "| %s | %d | %d | %d | %d | %d | %d |%n",
          name,
          threads,
          registers,
          shared,
          spilled,
          stack,
          blocks() * threads);
    }
  }

  private static final List<Integer> CAPABILITIES = List.of(60, 70, 75, 80, 86, 89, 90);
  private static final Map<Integer, Future<String>> LOGS = new HashMap<>();

  /** All at the same time. */
  @BeforeAll
  static void assembleAll() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the assembler is there for Linux on x86-64");
    CAPABILITIES.forEach(
        c -> LOGS.put(c, CompletableFuture.supplyAsync(() -> assemble(Ptx.of(c), c))));
  }

  static List<Integer> capabilities() {
    return CAPABILITIES;
  }

  @ParameterizedTest
  @MethodSource("capabilities")
  void everyKernelIsAssembledWithoutSpills(int capability) throws Exception {
    Ptx ptx = Ptx.of(capability);
    List<Usage> kernels = usages(ptx, LOGS.get(capability).get());
    assertEquals(ptx.threads().size(), kernels.size());
    StringBuilder report =
        new StringBuilder(
            "| kernel | threads | registers | shared bytes | spilled bytes | stack | resident"
                + " threads |\n|---|---|---|---|---|---|---|\n");
    kernels.forEach(k -> report.append(k.row()));
    Files.createDirectories(REPORTS);
    Files.writeString(REPORTS.resolve("sm_" + capability + ".md"), report);
    for (Usage kernel : kernels) {
      assertEquals(0, kernel.spilled(), kernel + " spills");
      assertEquals(0, kernel.stack(), kernel + " has a stack");
      assertTrue(kernel.blocks() >= 1, kernel + " does not fit");
    }
  }

  private static List<Usage> usages(Ptx ptx, String log) {
    List<Usage> result = new ArrayList<>();
    Matcher m = KERNEL.matcher(log);
    while (m.find()) {
      int spilled = Integer.parseInt(m.group(3)) + Integer.parseInt(m.group(4));
      result.add(
          new Usage(
              m.group(1),
              ptx.threads().get(m.group(1)),
              Integer.parseInt(m.group(2)),
              spilled,
              Integer.parseInt(m.group(5)),
              m.group(6) == null ? 0 : Integer.parseInt(m.group(6))));
    }
    return result;
  }

  /** What the assembler says. */
  private static String assemble(Ptx ptx, int capability) {
    byte[] text = (ptx.text() + "\0").getBytes(StandardCharsets.UTF_8);
    nvPTXCompilerHandle handle = new nvPTXCompilerHandle();
    assertEquals(0, JNvPTXCompiler.nvPTXCompilerCreate(handle, text.length, text));
    try {
      String[] options = {"--gpu-name=sm_" + capability, "--verbose"};
      int result = JNvPTXCompiler.nvPTXCompilerCompile(handle, options.length, options);
      long[] size = new long[1];
      JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(handle, size);
      byte[] errors = new byte[(int) size[0] + 1];
      JNvPTXCompiler.nvPTXCompilerGetErrorLog(handle, errors);
      assertEquals(0, result, new String(errors, StandardCharsets.UTF_8));
      JNvPTXCompiler.nvPTXCompilerGetInfoLogSize(handle, size);
      byte[] info = new byte[(int) size[0] + 1];
      JNvPTXCompiler.nvPTXCompilerGetInfoLog(handle, info);
      return new String(info, StandardCharsets.UTF_8);
    } finally {
      JNvPTXCompiler.nvPTXCompilerDestroy(handle);
    }
  }
}
