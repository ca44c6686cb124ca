package dev.linnet.kernels.opencl;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Kernel;
import java.util.List;

/** An operation as launches, one after the other. */
final class DeviceOperation implements Kernel {
  private final DeviceMemory memory;
  private final Plan plan;

  /**
   * The launches of an operation.
   *
   * @param workspace floats of scratch memory that they need
   */
  record Plan(List<Step> steps, int workspace) {
    static Plan of(Step... steps) {
      return new Plan(List.of(steps), 0);
    }
  }

  private record Bound(DeviceFunction[] functions, Object[][] arguments) {}

  DeviceOperation(DeviceMemory memory, Plan plan) {
    this.memory = memory;
    this.plan = plan;
  }

  @Override
  public int workspace() {
    return plan.workspace();
  }

  @Override
  public void run(Args args) {
    if (args.bound() == null) {
      args.bind(bind(args));
    }
    Bound bound = (Bound) args.bound();
    for (int i = 0; i < bound.functions.length; i++) {
      memory.launch(bound.functions[i], bound.arguments[i]);
    }
  }

  private Bound bind(Args args) {
    List<Step> steps = plan.steps();
    DeviceFunction[] functions = new DeviceFunction[steps.size()];
    Object[][] arguments = new Object[steps.size()][];
    for (int i = 0; i < functions.length; i++) {
      functions[i] = memory.function(steps.get(i).kernel());
      arguments[i] = steps.get(i).bind(functions[i], args);
    }
    return new Bound(functions, arguments);
  }
}
