package dev.linnet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ScalarBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GemmTest {
  @ParameterizedTest
  @EnumSource
  void openBlasComputesWhatTheScalarBackendDoes(Gemm.Kind kind) {
    Gemm gemm = new Gemm(kind, 37);
    Network network = Network.random(gemm.graph());
    try (Backend scalar = new ScalarBackend(1);
        Contender linnet = new LinnetRun(network, scalar);
        Contender peer = new OpenBlasRun(network, gemm, 1)) {
      linnet.run();
      peer.run();
      Agreement.Difference difference = Agreement.of(linnet.results(), peer.results());
      assertTrue(difference.error() < 1e-5, difference::toString);
    }
  }
}
