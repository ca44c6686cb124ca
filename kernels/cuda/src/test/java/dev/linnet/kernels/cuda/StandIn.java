package dev.linnet.kernels.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A driver of our own in place of NVIDIA's: {@code src/test/native}, compiled with the kernels'
 * sources by the machine's C++ compiler. JCuda takes it because it is loaded first.
 */
final class StandIn {
  /** How many devices it has: each runs the threads of a block in another order. */
  static final int DEVICES = 3;

  /** Every driver call. */
  static final int ANY_CALL = 0;

  private static final Path NATIVE = Path.of("src", "test", "native");
  private static final Path CUDA = Path.of("src", "main", "cuda");
  private static final Path BUILT = Path.of("target", "stand-in");
  private static final List<String> COMPILERS = List.of("c++", "g++", "clang++");
  private static final long MEMORY = 4L << 30;

  /** Loaded once in a JVM; what kept it from that otherwise. */
  private static final Optional<String> MISSING = load();

  private StandIn() {}

  /** Loads the stand-in, or skips the test where there is no C++ compiler for it. */
  static void assumeLoaded() {
    assumeTrue(MISSING.isEmpty(), () -> MISSING.orElse(""));
    inject(ANY_CALL, 0, 0);
    memory(MEMORY);
    forget();
  }

  /** The number by which the stand-in knows a call; {@code cuMemAlloc}, without its version. */
  static int call(String name) {
    return name.hashCode();
  }

  /**
   * Makes a call fail once.
   *
   * @param call which, or {@link #ANY_CALL}
   * @param after so many more that succeed
   * @param error what it returns; 0 for none
   */
  static native void inject(int call, int after, int error);

  /** How often a call was made; all calls for {@link #ANY_CALL}. */
  static native int calls(int call);

  /** Handles and pieces of memory that are not given back. */
  static native long live();

  /** How many barriers blocks have passed since it was loaded. */
  static native long barriers();

  /** How many bytes the device has. */
  static native void memory(long bytes);

  /** Forgets a fault, which otherwise makes every later wait fail. */
  static native void forget();

  private static Optional<String> load() {
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").equals("amd64")) {
      return Optional.of("the stand-in for the CUDA driver is for Linux on x86-64");
    }
    Optional<String> compiler = COMPILERS.stream().filter(StandIn::runs).findFirst();
    if (compiler.isEmpty()) {
      return Optional.of("no C++ compiler (c++, g++, clang++): no stand-in for the CUDA driver");
    }
    System.load(library(compiler.get()).toAbsolutePath().toString());
    return Optional.empty();
  }

  private static boolean runs(String compiler) {
    try {
      return run(List.of(compiler, "--version")).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** The compiled library, from an earlier run if its sources are the same. */
  private static Path library(String compiler) {
    try {
      Path folder = BUILT.resolve(hash(sources()));
      Path library = folder.resolve("libcuda.so.1");
      if (!Files.exists(library)) {
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "libcuda", ".so");
        List<String> command = new ArrayList<>(List.of(compiler, "-std=c++17", "-O2"));
        command.addAll(List.of("-march=native", "-fPIC", "-shared", "-w"));
        command.addAll(List.of("-Wl,-soname,libcuda.so.1", "-I" + CUDA, "-I" + NATIVE));
        for (String part : List.of("machine.cpp", "driver.cpp", "streams.cpp", "kernels.cpp")) {
          command.add(NATIVE.resolve(part).toString());
        }
        command.addAll(List.of("-o", fresh.toString()));
        Optional<String> failed = run(command);
        if (failed.isPresent()) {
          throw new IllegalStateException(String.join(" ", command) + ":\n" + failed.get());
        }
        Files.move(fresh, library);
      }
      return library;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command said, if it failed. */
  private static Optional<String> run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return process.waitFor() == 0 ? Optional.empty() : Optional.of(said);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> cuda = Files.list(CUDA);
        Stream<Path> natives = Files.list(NATIVE)) {
      return Stream.concat(cuda, natives).sorted().toList();
    }
  }

  private static String hash(List<Path> files) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
