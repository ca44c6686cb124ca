package dev.linnet.bench.cases;

import dev.linnet.core.exec.Backend;
import dev.linnet.core.model.Model;
import dev.linnet.core.train.Networks;
import java.nio.file.Path;

/**
 * Inference of a model in a file.
 *
 * @param file the model
 * @param batch images
 */
public record ModelCase(Path file, int batch) implements Case {
  @Override
  public String name() {
    return "model/inference/n" + batch;
  }

  @Override
  public Prepared prepare(Backend backend) {
    Model model = Model.read(file);
    return new ProgramRun(model.graph().withBatch(batch), model.store(backend), Networks.LOGITS);
  }
}
