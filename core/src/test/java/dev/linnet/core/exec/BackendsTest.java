package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BackendsTest {
  private static final BackendProvider.Options TWO_THREADS = new BackendProvider.Options(2);

  @Test
  void theScalarBackendIsAlwaysThereAndTheLastThatAutoTakes() {
    List<BackendProvider> providers =
        Backends.providers().stream().filter(p -> p.rank() >= 0).toList();
    BackendProvider last = providers.get(providers.size() - 1);
    assertEquals("scalar", last.name());
    assertEquals(0, last.rank());
    assertTrue(last.probe() instanceof BackendProvider.Probe.Usable);
    assertEquals(1, providers.stream().filter(p -> p.name().equals("scalar")).count());
  }

  @Test
  void aBackendIsOpenedByName() {
    List<String> log = new ArrayList<>();
    try (Backend backend = Backends.open("scalar", TWO_THREADS, log::add)) {
      assertEquals("scalar", backend.name());
      assertEquals("scalar (plain Java loops), 2 threads", backend.description());
      assertEquals(List.of(), log);
    }
  }

  @Test
  void autoTakesTheBestAndLogsOneLine() {
    List<String> log = new ArrayList<>();
    try (Backend backend = Backends.open(Backends.AUTO, TWO_THREADS, log::add)) {
      assertEquals(1, log.size());
      assertTrue(log.get(0).startsWith("backend: " + backend.description()), log.get(0));
      assertEquals(1, log.get(0).lines().count());
    }
    try (Backend backend = Backends.auto()) {
      assertTrue(backend.description().length() > backend.name().length());
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Backends.open("scalr", TWO_THREADS, line -> {}))
            .getMessage();
    assertTrue(message.startsWith("unknown backend scalr; there are auto, "), message);
    assertTrue(message.endsWith("scalar"), message);
  }

  @Test
  void aDeviceOfABackendThatHasNoneIsRefused() {
    assertEquals(
        "backend scalar has no devices to choose among, got scalar:0", refused("scalar:0"));
    assertEquals(
        "a device or a precision belongs to a backend that is named, got auto:gpu",
        refused("auto:gpu"));
    assertTrue(refused("scalr:0").startsWith("unknown backend scalr; "), refused("scalr:0"));
  }

  @Test
  void aPrecisionThatABackendLacksIsRefused() {
    assertEquals("backend scalar has fp32 only, got tf32", refused("scalar/tf32"));
    assertEquals(
        "a device or a precision belongs to a backend that is named, got auto/tf32",
        refused("auto/tf32"));
    BackendProvider.Options tensorCores = new BackendProvider.Options(2, "", Precision.TF32);
    for (String name : List.of("scalar", Backends.AUTO)) {
      assertThrows(
          IllegalArgumentException.class, () -> Backends.open(name, tensorCores, line -> {}));
    }
    Backends.open("scalar/fp32", tensorCores, line -> {}).close();
  }

  private static String refused(String name) {
    String checked =
        assertThrows(IllegalArgumentException.class, () -> Backends.check(name)).getMessage();
    assertEquals(
        checked,
        assertThrows(
                IllegalArgumentException.class, () -> Backends.open(name, TWO_THREADS, line -> {}))
            .getMessage());
    return checked;
  }

  @Test
  void theCheckPassesWhatCanBeOpened() {
    Backends.check(Backends.AUTO);
    Backends.check("scalar");
  }

  @Test
  void optionsSayWhatOpensTheSameDeviceAgain() {
    assertEquals("gpu", TWO_THREADS.name("gpu"));
    assertEquals("gpu:1", new BackendProvider.Options(2, "1").name("gpu"));
    assertEquals("gpu:a/b/tf32", new BackendProvider.Options(2, "a/b", Precision.TF32).name("gpu"));
    assertEquals(
        new BackendProvider.Options(2, "a/b", Precision.TF32),
        BackendName.of("gpu:a/b/tf32").in(TWO_THREADS));
    assertEquals("a/b", BackendName.of("gpu:a/b").device());
    assertEquals("gpu", BackendName.of("gpu/tf32").provider());
  }

  @Test
  void fewerThreadsThanOneAreRefused() {
    assertEquals(
        "threads must be at least 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> new BackendProvider.Options(0))
            .getMessage());
  }
}
