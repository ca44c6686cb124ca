package dev.linnet.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.kernels.opencl.Translation.Parameter;
import dev.linnet.kernels.opencl.Translation.Parameter.Kind;
import dev.linnet.kernels.opencl.device.DeviceKernel;
import dev.linnet.kernels.opencl.device.Fill;
import dev.linnet.kernels.opencl.device.SumParts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class TranslationTest {
  @Test
  void everyKernelIsAFunctionOfTheProgram() {
    Translation all = Kernels.TRANSLATION;
    for (String name : all.parameters().keySet()) {
      assertTrue(all.source().contains("__kernel void " + name + "("), name);
    }
    assertTrue(all.parameters().size() > 30, all.parameters().keySet().toString());
  }

  @Test
  void noNameIsDeclaredTwice() {
    Set<String> names = new HashSet<>();
    Matcher declared = Pattern.compile("(?m)^\\w+ (\\w+)\\(|^\\}(\\w+);").matcher(source());
    while (declared.find()) {
      String name = declared.group(1) == null ? declared.group(2) : declared.group(1);
      assertTrue(names.add(name), name);
    }
    assertTrue(names.size() >= 6, names.toString());
  }

  private static String source() {
    return Translation.of(List.of(new Fill(), new SumParts())).source();
  }

  @Test
  void parametersAreTheFieldsThatAKernelReads() {
    List<Parameter> parameters = Translation.of(List.of(new Fill())).parameters().get("Fill");
    assertEquals(
        Set.of(
            new Parameter("mem", Kind.GLOBAL_FLOATS),
            new Parameter("y", Kind.INT),
            new Parameter("size", Kind.INT),
            new Parameter("value", Kind.FLOAT),
            new Parameter("passid", Kind.INT)),
        new HashSet<>(parameters));
  }

  @Test
  void aKernelThatWouldRunInJavaIsAnError() {
    String message =
        assertThrows(
                IllegalStateException.class, () -> Translation.of(List.of(new Untranslatable())))
            .getMessage();
    assertTrue(message.startsWith("Aparapi cannot translate the kernel Untranslatable"), message);
  }

  /** Makes an object, for which OpenCL has no word. */
  static final class Untranslatable extends DeviceKernel {
    @Override
    public void run() {
      String text = "a".repeat(getGlobalId(0));
      if (text.isEmpty()) {
        throw new IllegalStateException(text);
      }
    }
  }
}
