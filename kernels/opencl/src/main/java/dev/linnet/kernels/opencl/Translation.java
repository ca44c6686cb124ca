package dev.linnet.kernels.opencl;

import com.aparapi.internal.exception.AparapiException;
import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.model.Entrypoint;
import com.aparapi.internal.writer.KernelWriter;
import dev.linnet.kernels.opencl.device.DeviceKernel;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The kernels as one OpenCL program. Aparapi writes a program for each class; here all of them
 * share a context, and with it the memory, so every name that they declare gets the name of its
 * kernel in front.
 *
 * @param source OpenCL C
 * @param parameters those of each function, in order; the function has the simple name of its class
 */
record Translation(String source, Map<String, List<Parameter>> parameters) {
  private static final Pattern DECLARED =
      Pattern.compile("\\b(This_s|This|get_pass_id|\\w+__\\w+(?=\\())\\b");

  /**
   * A parameter of a function.
   *
   * @param name the field that it stands for
   */
  record Parameter(String name, Kind kind) {
    /** What Aparapi must know about it. */
    enum Kind {
      GLOBAL_FLOATS,
      LOCAL_FLOATS,
      LOCAL_INTS,
      INT,
      LONG,
      FLOAT
    }
  }

  /**
   * Translates kernels.
   *
   * @throws IllegalStateException if Aparapi cannot; it would run such a kernel on Java threads
   */
  static Translation of(List<DeviceKernel> kernels) {
    StringBuilder source = new StringBuilder();
    Map<String, List<Parameter>> parameters = new LinkedHashMap<>();
    for (DeviceKernel kernel : kernels) {
      String name = kernel.getClass().getSimpleName();
      try {
        Entrypoint entry =
            ClassModel.createClassModel(kernel.getClass()).getEntrypoint("run", kernel);
        String text = KernelWriter.writeToString(entry);
        source.append(
            DECLARED
                .matcher(text)
                .replaceAll(name + "_$1")
                .replace("void run(", "void " + name + "("));
        List<Parameter> all = new ArrayList<>();
        for (Field field : entry.getReferencedFields()) {
          all.add(new Parameter(field.getName(), kind(field)));
        }
        all.add(new Parameter("passid", Parameter.Kind.INT)); // Aparapi's own
        parameters.put(name, List.copyOf(all));
      } catch (AparapiException e) {
        throw new IllegalStateException(
            "Aparapi cannot translate the kernel " + name + ": " + e.getMessage(), e);
      }
    }
    return new Translation(source.toString(), Map.copyOf(parameters));
  }

  private static Parameter.Kind kind(Field field) {
    boolean local = field.isAnnotationPresent(com.aparapi.Kernel.Local.class);
    Class<?> type = field.getType();
    if (type == float[].class) {
      return local ? Parameter.Kind.LOCAL_FLOATS : Parameter.Kind.GLOBAL_FLOATS;
    } else if (type == int[].class && local) {
      return Parameter.Kind.LOCAL_INTS;
    } else if (type == int.class) {
      return Parameter.Kind.INT;
    } else if (type == long.class) {
      return Parameter.Kind.LONG;
    } else if (type == float.class) {
      return Parameter.Kind.FLOAT;
    }
    throw new IllegalStateException("a kernel cannot have the field " + field);
  }
}
