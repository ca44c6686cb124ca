package dev.linnet.bench.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linnet.bench.cases.KernelCase;
import dev.linnet.bench.cases.NetworkCase;
import dev.linnet.core.exec.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks and measures the GPU backends. */
@Command(
    name = "bench/gpu/run",
    sortOptions = false,
    description = {
      "Checks every kernel of the GPU backends against the scalar one, then measures kernels and"
          + " networks, and PyTorch beside them. Ends with 1 where a result is wrong."
    },
    footer = {
      "",
      "Options of the script:",
      "      --java=HOME          the Java to run on; else JAVA_HOME's, else the PATH's",
      "      --vm=OPTION          one more option for the JVM; may be repeated"
    })
public final class Main implements Callable<Integer> {
  private static final int WRONG = 1;
  private static final int USAGE = 2;
  private static final int QUICK_CASES = 12;
  private static final long QUICK_MACS = 150_000_000;
  private static final long MOST_MACS = 3_000_000_000L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--backend",
      split = ",",
      paramLabel = "NAME",
      description =
          "cuda, opencl, either with :DEVICE, a number or a part of its name. Default: every"
              + " backend that finds a GPU.")
  private List<String> backends = List.of();

  @Option(
      names = "--precision",
      paramLabel = "fp32|tf32",
      description =
          "What CUDA multiplies: float, or on tensor cores TF32, which PyTorch then may as well."
              + " Default: fp32.")
  private String precision = Precision.FP32.toString();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "Of correctness, peaks, kernels, networks, pytorch. Default: all.")
  private List<Settings.Part> parts = List.of(Settings.Part.values());

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      description = "Only the kernels and networks with this in their names.")
  private String filter = "";

  @Option(names = "--quick", description = "Fewer cases, fewer and shorter samples.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures there.")
  private Path json;

  @Option(
      names = "--python",
      paramLabel = "PYTHON",
      description = "The Python that has PyTorch. Default: ${DEFAULT-VALUE}.")
  private String python = "python3";

  @Option(
      names = "--torch-device",
      paramLabel = "NAME",
      description = "Another device for PyTorch, such as cpu, to try the comparison itself.")
  private String torchDevice = "";

  @Option(
      names = "--driver",
      paramLabel = "DIR",
      defaultValue = "${env:LINNET_CUDA_DRIVER}",
      description =
          "Takes the CUDA driver from DIR/libcuda.so.1, such as the stand-in for tests. Also"
              + " LINNET_CUDA_DRIVER.")
  private Path driver;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  private Main() {}

  /** Runs the command line. */
  public static void main(String... args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, ready to execute. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              if (!(e instanceof IllegalArgumentException || e instanceof IOException)) {
                throw e;
              }
              line.getErr().println("bench/gpu/run: " + e.getMessage());
              return USAGE;
            });
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Settings settings = settings();
    if (driver != null) {
      GpuDevices.loadDriver(driver);
    }
    Precision chosen = precision();
    List<String> names = backends.isEmpty() ? GpuDevices.found(out::println) : backends;
    if (names.isEmpty()) {
      out.println(
          "no GPU found: nothing is measured. --backend opencl:pocl tries the command itself.");
      out.flush();
      return USAGE;
    }
    out.println(
        "Java "
            + Runtime.version()
            + "; "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + "; "
            + Instant.now());
    return measure(names, name -> GpuDevices.open(name, chosen), settings, json, out);
  }

  /**
   * Measures devices one after the other.
   *
   * @param json the file for the figures, written again after each device; null for none
   * @return the exit status: 1 where a result is wrong
   */
  static int measure(
      List<String> names,
      Function<String, MeasuredDevice> open,
      Settings settings,
      Path json,
      PrintWriter out)
      throws IOException {
    boolean right = true;
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = mapper.createObjectNode();
    root.put("date", Instant.now().toString()).put("java", Runtime.version().toString());
    ArrayNode devices = root.putArray("devices");
    for (String name : names) {
      out.println();
      try (MeasuredDevice device = open.apply(name)) {
        Bench bench = new Bench(device, settings, out);
        right &= bench.run();
        devices.add(bench.json());
      }
      if (json != null) {
        Files.write(json, mapper.writeValueAsBytes(root));
      }
    }
    return right ? 0 : WRONG;
  }

  private Precision precision() {
    for (Precision each : Precision.values()) {
      if (each.toString().equals(precision)) {
        return each;
      }
    }
    throw new ParameterException(
        spec.commandLine(), "--precision must be fp32 or tf32, got " + precision);
  }

  private Settings settings() {
    List<KernelCase> kernels = Selection.kernels(quick, filter);
    List<NetworkCase> networks = Selection.networks(quick, filter);
    if (kernels.isEmpty() && networks.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--filter: no kernel and no network has '" + filter + "' in its name");
    }
    Set<Settings.Part> chosen = EnumSet.noneOf(Settings.Part.class);
    chosen.addAll(parts);
    Path script = Path.of(System.getProperty("linnet.bench.gpu", "."), "torch_peer.py");
    return new Settings(
        chosen,
        quick ? QUICK_CASES : Integer.MAX_VALUE,
        kernels,
        networks,
        quick ? QUICK_MACS : MOST_MACS,
        quick ? Sampler.quick() : Sampler.thorough(),
        Optional.of(new Torch(python, script, torchDevice)),
        precision() == Precision.TF32);
  }
}
