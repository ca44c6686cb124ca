package dev.linnet.bench.gpu;

import dev.linnet.bench.cases.KernelCase;
import dev.linnet.bench.cases.NetworkCase;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be measured, and how well.
 *
 * @param parts which tables
 * @param mostCases how many cases of an operation are checked at most
 * @param kernels to be timed
 * @param networks to be timed
 * @param most multiply-accumulates of a case on a device that is no GPU: larger ones are left out
 * @param sampler for everything
 * @param torch how PyTorch is run
 * @param tf32 whether PyTorch also runs with TF32
 */
record Settings(
    Set<Part> parts,
    int mostCases,
    List<KernelCase> kernels,
    List<NetworkCase> networks,
    long most,
    Sampler sampler,
    Optional<Torch> torch,
    boolean tf32) {
  /** A table. */
  enum Part {
    CORRECTNESS,
    PEAKS,
    KERNELS,
    NETWORKS,
    PYTORCH
  }

  boolean has(Part part) {
    return parts.contains(part);
  }
}
