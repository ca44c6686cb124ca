package dev.linnet.kernels.cuda;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.Kernel;
import java.util.List;

/** An operation as launches in a row. */
final class CudaKernel implements Kernel {
  private final Stage[] stages;
  private final Stage[] preparation;
  private final List<Integer> prepares;
  private final int prepared;
  private final int workspace;

  private CudaKernel(
      Stage[] stages, Stage[] preparation, List<Integer> prepares, int prepared, int workspace) {
    this.stages = stages;
    this.preparation = preparation;
    this.prepares = prepares;
    this.prepared = prepared;
    this.workspace = workspace;
  }

  /** An operation that needs nothing beside its operands. */
  static CudaKernel of(Stage... stages) {
    return new CudaKernel(stages, new Stage[0], List.of(), 0, 0);
  }

  /** An operation with {@code workspace} floats of scratch memory. */
  static CudaKernel withWorkspace(int workspace, Stage... stages) {
    return new CudaKernel(stages, new Stage[0], List.of(), 0, workspace);
  }

  /** The same operation with {@code floats} prepared from input {@code index} beforehand. */
  CudaKernel prepared(int index, int floats, Stage stage) {
    return new CudaKernel(stages, new Stage[] {stage}, List.of(index), floats, workspace);
  }

  @Override
  public List<Integer> prepares() {
    return prepares;
  }

  @Override
  public int prepared() {
    return prepared;
  }

  @Override
  public int workspace() {
    return workspace;
  }

  @Override
  public void prepare(Args args) {
    for (Stage stage : preparation) {
      stage.launch(args);
    }
  }

  @Override
  public void run(Args args) {
    for (Stage stage : stages) {
      stage.launch(args);
    }
  }
}
