package dev.linnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void aCpuIsKnownByItsVendorFamilyAndVectorWidth() {
    Machine machine =
        Machine.of(
            List.of(
                "processor\t: 0",
                "vendor_id\t: AuthenticAMD",
                "cpu family\t: 26",
                "model name\t: AMD EPYC",
                "",
                "processor\t: 1",
                "cpu family\t: 27"),
            "amd64");
    assertEquals("AMD EPYC", machine.model());
    assertEquals("authenticamd-26-512", machine.key(512));
  }

  @Test
  void anArmCpuIsKnownByItsImplementerAndPart() {
    List<String> lines = List.of("CPU implementer\t: 0x41", "CPU part\t: 0xd40");
    assertEquals("0x41-0xd40-128", Machine.of(lines, "aarch64").key(128));
  }

  @Test
  void whatSaysNothingIsKnownByItsArchitecture() {
    assertEquals("riscv64-32", Machine.of(List.of(), "riscv64").key(32));
  }
}
