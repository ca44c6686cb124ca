package dev.linnet.kernels.opencl;

import dev.linnet.kernels.opencl.device.AdamStep;
import dev.linnet.kernels.opencl.device.AffineParts;
import dev.linnet.kernels.opencl.device.Average;
import dev.linnet.kernels.opencl.device.AvgPool;
import dev.linnet.kernels.opencl.device.AvgPoolGradient;
import dev.linnet.kernels.opencl.device.Binary;
import dev.linnet.kernels.opencl.device.ClipFactor;
import dev.linnet.kernels.opencl.device.ConvForward;
import dev.linnet.kernels.opencl.device.ConvInput;
import dev.linnet.kernels.opencl.device.ConvWeight;
import dev.linnet.kernels.opencl.device.Download;
import dev.linnet.kernels.opencl.device.Drop;
import dev.linnet.kernels.opencl.device.Fill;
import dev.linnet.kernels.opencl.device.GroupedForward;
import dev.linnet.kernels.opencl.device.GroupedInput;
import dev.linnet.kernels.opencl.device.GroupedWeight;
import dev.linnet.kernels.opencl.device.LossGradient;
import dev.linnet.kernels.opencl.device.LossMean;
import dev.linnet.kernels.opencl.device.LossRows;
import dev.linnet.kernels.opencl.device.MaxPool;
import dev.linnet.kernels.opencl.device.MaxPoolGradient;
import dev.linnet.kernels.opencl.device.MomentMerge;
import dev.linnet.kernels.opencl.device.MomentParts;
import dev.linnet.kernels.opencl.device.NormGradient;
import dev.linnet.kernels.opencl.device.Normalize;
import dev.linnet.kernels.opencl.device.SgdStep;
import dev.linnet.kernels.opencl.device.Slice;
import dev.linnet.kernels.opencl.device.SpatialSums;
import dev.linnet.kernels.opencl.device.SquareParts;
import dev.linnet.kernels.opencl.device.SumParts;
import dev.linnet.kernels.opencl.device.Unary;
import dev.linnet.kernels.opencl.device.Upload;
import java.util.List;

/** All kernels, translated once for all backends of this JVM. */
final class Kernels {
  /** The program. */
  static final Translation TRANSLATION =
      Translation.of(
          List.of(
              new AdamStep(),
              new AffineParts(),
              new Average(),
              new AvgPool(),
              new AvgPoolGradient(),
              new Binary(),
              new ClipFactor(),
              new ConvForward(),
              new ConvInput(),
              new ConvWeight(),
              new Download(),
              new Drop(),
              new Fill(),
              new GroupedForward(),
              new GroupedInput(),
              new GroupedWeight(),
              new LossGradient(),
              new LossMean(),
              new LossRows(),
              new MaxPool(),
              new MaxPoolGradient(),
              new MomentMerge(),
              new MomentParts(),
              new NormGradient(),
              new Normalize(),
              new SgdStep(),
              new Slice(),
              new SpatialSums(),
              new SquareParts(),
              new SumParts(),
              new Unary(),
              new Upload()));

  private Kernels() {}
}
