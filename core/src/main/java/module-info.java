/** The tensor engine of Linnet: needs java.base only and has no dependencies. */
module dev.linnet.core {
  exports dev.linnet.core.data;
  exports dev.linnet.core.graph;
  exports dev.linnet.core.tensor;
}
