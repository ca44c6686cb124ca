import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.ScalarBackendProvider;

/** The tensor engine of Linnet: needs java.base only and has no dependencies. */
module dev.linnet.core {
  exports dev.linnet.core.data;
  exports dev.linnet.core.exec;
  exports dev.linnet.core.graph;
  exports dev.linnet.core.model;
  exports dev.linnet.core.nn;
  exports dev.linnet.core.tensor;
  exports dev.linnet.core.train;

  uses BackendProvider;

  provides BackendProvider with
      ScalarBackendProvider;
}
