package dev.linnet.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DeviceTest {
  private static final List<Device> DEVICES =
      List.of(
          new Device("Big 3000", 1L << 33, "GPU"),
          new Device("Small 1", 0, "GPU"),
          new Device("Small 30", 0, "CPU"));

  @Test
  void theFirstIsTakenWhereNoneIsChosen() {
    assertEquals(0, Device.choose("gpu", DEVICES, ""));
  }

  @Test
  void aPlaceOrAPartOfANameChooses() {
    assertEquals(1, Device.choose("gpu", DEVICES, "1"));
    assertEquals(0, Device.choose("gpu", DEVICES, "big"));
    assertEquals(2, Device.choose("gpu", DEVICES, "L 30"));
  }

  @Test
  void aChoiceOfNoneOrOfSeveralIsRefusedWithWhatThereIs() {
    String known = "; there are 0 Big 3000, 1 Small 1, 2 Small 30";
    assertEquals("no device of backend gpu is meant by 7" + known, refused(DEVICES, "7"));
    assertEquals(
        "more than one device of backend gpu is meant by small" + known, refused(DEVICES, "small"));
  }

  @Test
  void aBackendWithoutDevicesRefusesAny() {
    assertEquals("backend gpu has no devices to choose among, got gpu:0", refused(List.of(), "0"));
  }

  private static String refused(List<Device> devices, String choice) {
    return assertThrows(IllegalArgumentException.class, () -> Device.choose("gpu", devices, choice))
        .getMessage();
  }
}
