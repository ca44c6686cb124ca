package dev.linnet.bench.cases;

import dev.linnet.core.exec.Backend;

/** Something that can be measured on any backend. */
public interface Case {
  /** Unique, without blanks; its parts lie between slashes. */
  String name();

  /** Makes it ready on a backend, with random values. */
  Prepared prepare(Backend backend);
}
