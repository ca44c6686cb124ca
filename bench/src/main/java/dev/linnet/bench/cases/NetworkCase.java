package dev.linnet.bench.cases;

import dev.linnet.bench.zoo.ZooNetwork;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.train.Networks;

/**
 * Inference or a training step of a network.
 *
 * @param network which one
 * @param training whether a step is trained
 * @param batch images
 */
public record NetworkCase(ZooNetwork network, boolean training, int batch) implements Case {
  @Override
  public String name() {
    return network.name() + (training ? "/training/n" : "/inference/n") + batch;
  }

  @Override
  public Prepared prepare(Backend backend) {
    Graph graph = training ? network.training(batch) : network.inference(batch);
    ParameterStore store = new ParameterStore(backend);
    store.initialize(graph, 1);
    return new ProgramRun(graph, store, training ? Networks.LOSS : Networks.LOGITS);
  }
}
