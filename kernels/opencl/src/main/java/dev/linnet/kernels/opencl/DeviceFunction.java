package dev.linnet.kernels.opencl;

import com.aparapi.Range;
import com.aparapi.internal.opencl.OpenCLArgDescriptor;
import com.aparapi.internal.opencl.OpenCLKernel;
import com.aparapi.internal.opencl.OpenCLMem;
import com.aparapi.internal.opencl.OpenCLProgram;
import dev.linnet.kernels.opencl.Translation.Parameter;
import dev.linnet.kernels.opencl.device.DeviceKernel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One kernel on the device. Aparapi's arguments are an array: the range, then a boxed number or an
 * array for every parameter.
 */
final class DeviceFunction {
  private static final String MEMORY = "mem";
  private static final String STAGED = "staged";
  private static final long FLOATS =
      OpenCLArgDescriptor.ARG_ARRAY_BIT | OpenCLArgDescriptor.ARG_FLOAT_BIT;
  private static final long INTS =
      OpenCLArgDescriptor.ARG_ARRAY_BIT | OpenCLArgDescriptor.ARG_INT_BIT;
  private static final long NUMBER =
      OpenCLArgDescriptor.ARG_PRIMITIVE_BIT | OpenCLArgDescriptor.ARG_ISARG_BIT;

  private static final String PASS = "passid";
  private static final Integer ZERO = 0;
  private static final float[] LOCAL_FLOATS = new float[DeviceKernel.LOCAL_FLOATS];
  private static final int[] LOCAL_INTS = new int[DeviceKernel.LOCAL_INTS];

  private final String name;
  private final List<Parameter> parameters;
  private final OpenCLArgDescriptor[] descriptors;
  private final OpenCLKernel kernel;
  private final int memory;
  private boolean launched;
  private boolean moved;
  private final int staged; // below 0 where there is no staging array

  /**
   * Makes a function of a program.
   *
   * @param transfer how a staging array of the function goes: {@link
   *     OpenCLArgDescriptor#ARG_READONLY_BIT} to the device before each launch, {@link
   *     OpenCLArgDescriptor#ARG_WRITEONLY_BIT} back after it
   */
  DeviceFunction(OpenCLProgram program, String name, List<Parameter> parameters, long transfer) {
    this.name = name;
    this.parameters = parameters;
    this.descriptors = new OpenCLArgDescriptor[parameters.size()];
    int place = 0;
    int stage = -1;
    for (int i = 0; i < descriptors.length; i++) {
      Parameter parameter = parameters.get(i);
      long bits =
          switch (parameter.kind()) {
            case GLOBAL_FLOATS ->
                FLOATS
                    | OpenCLArgDescriptor.ARG_GLOBAL_BIT
                    | (parameter.name().equals(STAGED) ? transfer : 0);
            case LOCAL_FLOATS -> FLOATS | OpenCLArgDescriptor.ARG_LOCAL_BIT;
            case LOCAL_INTS -> INTS | OpenCLArgDescriptor.ARG_LOCAL_BIT;
            case INT -> NUMBER | OpenCLArgDescriptor.ARG_INT_BIT;
            case LONG -> NUMBER | OpenCLArgDescriptor.ARG_LONG_BIT;
            case FLOAT -> NUMBER | OpenCLArgDescriptor.ARG_FLOAT_BIT;
          };
      descriptors[i] = new OpenCLArgDescriptor(parameter.name(), bits);
      place = parameter.name().equals(MEMORY) ? i : place;
      stage = parameter.name().equals(STAGED) ? i : stage;
    }
    this.memory = place;
    this.staged = stage;
    this.kernel = OpenCLKernel.createKernel(program, name, Arrays.asList(descriptors));
    if (kernel == null) {
      throw new IllegalStateException("OpenCL did not make the kernel " + name);
    }
  }

  /**
   * The arguments of a launch; the memory is set when it is launched.
   *
   * @param values a number of the parameter's type for each, and the staging array if there is one
   */
  Object[] arguments(Range range, Map<String, Object> values) {
    Object[] arguments = new Object[parameters.size() + 1];
    arguments[0] = range;
    int used = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      Object value = values.get(parameter.name());
      used += value == null ? 0 : 1;
      arguments[i + 1] =
          switch (parameter.kind()) {
            case LOCAL_FLOATS -> LOCAL_FLOATS;
            case LOCAL_INTS -> LOCAL_INTS;
            case GLOBAL_FLOATS -> value;
            case INT -> parameter.name().equals(PASS) ? ZERO : (Integer) value;
            case LONG -> (Long) value;
            case FLOAT -> (Float) value;
          };
    }
    // the memory and Aparapi's own argument are not among the values
    if (used != values.size() || used != parameters.size() - locals() - 2) {
      throw new IllegalArgumentException(
          "kernel " + name + " takes " + parameters + ", got " + values.keySet());
    }
    return arguments;
  }

  private long locals() {
    return parameters.stream().filter(p -> p.kind().name().startsWith("LOCAL")).count();
  }

  /**
   * Launches it and waits.
   *
   * @param array the memory, as the host sees it
   * @param mem what stands for it on the device; null before the first launch with this array
   * @param fetch whether the host's array shall receive all of the memory
   * @return what stands for it now
   */
  OpenCLMem launch(Object[] arguments, float[] array, OpenCLMem mem, boolean fetch) {
    OpenCLArgDescriptor descriptor = descriptors[memory];
    long bits = descriptor.bits;
    OpenCLMem before = staged < 0 ? null : descriptors[staged].memVal;
    descriptor.memVal = mem;
    descriptor.bits = fetch ? bits | OpenCLArgDescriptor.ARG_WRITEONLY_BIT : bits;
    arguments[memory + 1] = array;
    kernel.invoke(arguments);
    launched = true;
    descriptor.bits = bits;
    moved |= mem != null && descriptor.memVal != mem;
    moved |= before != null && descriptors[staged].memVal != before;
    return descriptor.memVal;
  }

  /** Whether the garbage collector has moved an array between two launches. */
  boolean moved() {
    return moved;
  }

  /** Whether it was launched at all. */
  boolean launched() {
    return launched;
  }

  /** Frees the kernel, and a memory with it unless that is null. */
  void close(OpenCLMem mem) {
    descriptors[memory].memVal = mem;
    for (OpenCLArgDescriptor descriptor : descriptors) {
      if (descriptor.memVal == null) {
        descriptor.bits = NUMBER; // Aparapi frees what is marked as an array of the device
      }
    }
    kernel.dispose();
  }
}
