package dev.linnet.core.graph;

/** An operation that occurs only in a backward pass, and is not differentiated again. */
public sealed interface Derivative extends Op
    permits Activation.InputGradient,
        AvgPool2d.InputGradient,
        BatchNorm.AffineGradient,
        BatchNorm.InputGradient,
        BiasAdd.BiasGradient,
        Concat.InputGradient,
        Conv2d.InputGradient,
        Conv2d.WeightGradient,
        Dense.InputGradient,
        Dense.WeightGradient,
        Dropout.InputGradient,
        Flatten.InputGradient,
        GlobalAvgPool.InputGradient,
        GradientScale,
        LeadingSlice.InputGradient,
        MaxPool2d.InputGradient,
        Multiply.GateGradient,
        SoftmaxCrossEntropy.LogitsGradient {
  /** Weight gradients sum over the batch, so no backward pass is computed part by part. */
  @Override
  default boolean imagewise(int index) {
    return false;
  }
}
