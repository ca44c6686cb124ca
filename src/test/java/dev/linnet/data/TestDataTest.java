package dev.linnet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files that the repository ships. */
final class TestDataTest {

  private static final Path TEST_DATA = Path.of("..", "test-data");

  private static Map<String, String> sums() throws IOException {
    Map<String, String> sums = new TreeMap<>();
    for (String line : Files.readAllLines(TEST_DATA.resolve("SHA256SUMS"))) {
      String[] parts = line.split("  ", 2);
      sums.put(parts[1], parts[0]);
    }
    return sums;
  }

  @Test
  void everyChecksumHolds() throws IOException, NoSuchAlgorithmException {
    Map<String, String> sums = sums();
    assertFalse(sums.isEmpty());
    for (String file : sums.keySet()) {
      byte[] content = Files.readAllBytes(TEST_DATA.resolve(file));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      assertEquals(sums.get(file), HexFormat.of().formatHex(digest), file);
    }
  }

  @Test
  void everyDataFileHasAChecksumAndARowInTheTable() throws IOException {
    Set<String> known = sums().keySet();
    List<String> table = Files.readAllLines(TEST_DATA.resolve("README.md"));
    Set<String> files;
    try (Stream<Path> walk = Files.walk(TEST_DATA)) {
      files =
          walk.filter(Files::isRegularFile)
              .map(f -> TEST_DATA.relativize(f).toString().replace('\\', '/'))
              .filter(f -> !f.matches("README\\.md|SHA256SUMS|.*/LICENSE[^/]*|.*/README\\.md"))
              .collect(Collectors.toSet());
    }
    assertEquals(files, known);
    for (String file : files) {
      String sum = sums().get(file);
      assertTrue(
          table.stream().anyMatch(l -> l.contains("`" + file + "`") && l.contains(sum)),
          file + " has no row with its checksum in README.md");
    }
  }
}
