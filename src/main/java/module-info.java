/** The search layer and the command line of Linnet. */
module dev.linnet {
  requires dev.linnet.core;
  requires info.picocli;
  requires com.fasterxml.jackson.databind;

  opens dev.linnet.cli to
      info.picocli;
}
