package dev.linnet.bench.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks git which state of the code is measured. */
public final class Checkout {
  private Checkout() {}

  /**
   * The commit that is checked out, twelve digits; with {@code +} behind it where files differ from
   * it. "unknown" outside of a checkout.
   *
   * @param folder within the checkout
   */
  public static String commit(Path folder) {
    String commit = git(folder, "rev-parse", "--short=12", "HEAD");
    if (commit.isEmpty()) {
      return "unknown";
    }
    return git(folder, "status", "--porcelain").isEmpty() ? commit : commit + "+";
  }

  private static String git(Path folder, String... args) {
    List<String> command =
        new ArrayList<>(List.of("git", "-C", folder.toAbsolutePath().toString()));
    command.addAll(List.of(args));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? out.trim() : "";
    } catch (IOException e) {
      return ""; // no git
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
